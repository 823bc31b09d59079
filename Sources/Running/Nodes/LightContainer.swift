internal import CLinux
internal import Glibc
internal import HostManifests
internal import Synchronization
internal import SystemPackage

/// A node made of namespaces; or the host itself as a node, which has all but a network of its own.
final class LightContainer: HostNode {
  /// What has become of it.
  struct Life {
    var state = NodeStatus.State.running
    var exitCode: Int?
    var isStartCommandRunning = false
    var notes: [String] = []
    /// Whether nobody listens to it any more.
    var isForgotten = false
  }

  let node: ManifestNode
  /// Its first process.
  let process: SystemProcess
  /// Its network namespace.
  let network: FileDescriptor
  /// Its end of the socket to the first process.
  let socket: FileDescriptor
  private let life = Mutex(Life())

  /// Starts its first process.
  ///
  /// - Parameters:
  ///   - node: What it is.
  ///   - initProgram: The program of its first process.
  ///   - layers: Where its files are, and those of its template; `nil` where it sees the host's.
  ///   - configuration: The directory that is seen as `/var/containers/config`; empty for none.
  ///   - group: The control group that its processes are in.
  ///   - environment: Its variables: whose it is, and those of its start command.
  ///   - network: The network namespace that it has already, as it boots once more; `nil` for one that is to be made.
  /// - Throws: What the kernel refuses.
  init(
    _ node: ManifestNode, initProgram: String, layers: (all: NodeLayers, template: String?), configuration: String,
    group: ControlGroup,
    environment: [String], network: FileDescriptor? = nil
  ) throws(RunningError) {
    self.node = node
    var ends: [CInt] = [-1, -1]
    guard unsafe clinux_socket_pair(&ends) == 0 else { throw RunningError(kernel: "can't make a socket") }
    socket = FileDescriptor(rawValue: ends[0])
    let other = FileDescriptor(rawValue: ends[1])
    defer { try? other.close() }
    var namespaces: SystemProcess.Namespaces = [.mounts, .hostName, .processes, .communication]
    if node.kind != .embedded, network == nil { namespaces.insert(.network) }
    process = try SystemProcess(
      initProgram,
      [node.name] + layers.all.make(for: node, template: layers.template) + [configuration, node.startCommand ?? ""],
      environment: SystemCommand.environment + environment,
      descriptors: [nil, nil, FileDescriptor.standardError, other], namespaces: namespaces, network: network)
    if let network {
      self.network = network
    } else {
      self.network = try SystemProcess.networkNamespace(of: process.number)
    }
    try group.make()
    try group.limit(memoryMegabytes: node.memoryMegabytes)
    try group.add(process.number)
  }

  /// Waits until its file system and kernel settings are made.
  ///
  /// - Throws: Why they can't be.
  func waitUntilReady() throws(RunningError) {
    while true {
      switch message() {
      case .ready:
        life.withLock { $0.state = node.isGhost ? .ghost : .booted }
        return
      case .note(let text): life.withLock { $0.notes.append(text) }
      case .failed(let reason): throw RunningError("\(node.name): \(reason)")
      case .started, .ended: continue
      case .gone: throw RunningError("\(node.name): its first process ended")
      }
    }
  }

  private enum Message {
    case ready
    case failed(String)
    case note(String)
    case started
    case ended(Int)
    case gone
  }

  /// The next that its first process says.
  private func message() -> Message {
    let bytes =
      (try? unsafe [UInt8](unsafeUninitializedCapacity: 512) { buffer, count in
        count = try unsafe socket.read(into: UnsafeMutableRawBufferPointer(buffer))
      }) ?? []
    let text = String(decoding: bytes, as: UTF8.self)
    let rest = String(text.drop { $0 != " " }.dropFirst())
    switch text.prefix(while: { $0 != " " }) {
    case "ready": return .ready
    case "failed": return .failed(rest)
    case "note": return .note(rest)
    case "started": return .started
    case "ended": return .ended(Int(rest) ?? -1)
    default: return .gone
    }
  }

  /// Takes in what its first process says.
  ///
  /// - Returns: Whether it may say more.
  func listen() -> Bool {
    let message = message()
    return life.withLock { life in
      switch message {
      case .ready: break
      case .failed(let reason), .note(let reason): life.notes.append(reason)
      case .started: (life.isStartCommandRunning, life.exitCode) = (true, nil)
      case .ended(let code): (life.isStartCommandRunning, life.exitCode) = (false, code)
      case .gone:
        life.state = .dead
        life.isStartCommandRunning = false
        life.exitCode = Int(process.wait())
        return false
      }
      return true
    }
  }

  /// Waits until its processes are gone, after its first one was ended.
  func waitUntilGone() { if life.withLock({ $0.state != .dead }) { process.wait() } }

  /// Ends it.
  func kill() { life.withLock { if $0.state != .dead { process.kill() } } }

  /// Ends it, and waits until whoever listens to it does so no more.
  func shutDown() {
    kill()
    while life.withLock({ !$0.isForgotten }) { usleep(1000) }
  }

  /// Says that nobody listens to it any more.
  func forget() {
    try? socket.close()
    life.withLock { $0.isForgotten = true }
  }

  /// Runs the start command.
  func start() {
    life.withLock { life in
      guard life.state != .dead else { return }
      life.state = .booted
      let word = Array("start".utf8)
      _ = unsafe word.withUnsafeBytes { unsafe clinux_write(socket.rawValue, $0.baseAddress, $0.count) }
    }
  }

  /// What its start command has written, whether it is alive or not.
  func startCommandRecord(limit: Int) -> StartCommandRecord {
    StartCommandRecord(NodeLayers.logs(of: node.name), limit: limit)
  }

  /// Whether it is there and hasn't been started.
  var isGhost: Bool { life.withLock { $0.state == .ghost } }

  /// How it is.
  var status: NodeStatus {
    life.withLock { life in
      NodeStatus(
        node: node.name, kind: node.kind.rawValue, state: life.state, exitCode: life.exitCode,
        isStartCommandRunning: life.isStartCommandRunning, process: process.number, notes: life.notes)
    }
  }
}
