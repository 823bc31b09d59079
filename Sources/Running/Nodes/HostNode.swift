internal import HostManifests
internal import SystemPackage

/// A node that an agent holds by its first process.
protocol HostNode: Sendable {
  /// What it is.
  var node: ManifestNode { get }
  /// Its first process.
  var process: SystemProcess { get }
  /// Its network namespace; that which the cards of a virtual machine end in.
  var network: FileDescriptor { get }
  /// Our end of the socket to the first process, which is at its end when the process is.
  var socket: FileDescriptor { get }

  /// Waits until networks can be made in its namespace.
  ///
  /// - Throws: Why they never can.
  func waitUntilReady() throws(RunningError)
  /// Takes in what its first process says.
  ///
  /// - Returns: Whether it may say more.
  func listen() -> Bool
  /// Runs the start command; of a ghost that isn't up, when it is.
  func start()
  /// Ends it, where it hasn't ended.
  func kill()
  /// Waits until its processes are gone, after its first one was ended.
  func waitUntilGone()
  /// Whether it is there and hasn't been started.
  var isGhost: Bool { get }
  /// How it is.
  var status: NodeStatus { get }
  /// What its start command has written.
  ///
  /// - Parameter limit: The most bytes of each file: its end.
  /// - Returns: What there is.
  /// - Throws: Why that can't be told.
  func startCommandRecord(limit: Int) throws(RunningError) -> StartCommandRecord
}
