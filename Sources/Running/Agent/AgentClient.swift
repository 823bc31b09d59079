internal import CLinux
internal import Glibc
internal import SystemPackage

/// A connection to the agent of a host.
public struct AgentClient {
  /// The longest answer in bytes.
  private static let limit = 1 << 28
  /// How long an agent has to say how nodes are, in ms.
  private static let patience: Int32 = 3000
  /// How long it has to say what a start command has written, for which it may have to ask a virtual machine, in ms.
  private static let recordPatience: Int32 = 8000

  private let directory: String
  private let name: String

  /// The agent with that socket.
  public init(directory: String, name: String) {
    self.directory = directory
    self.name = name
  }

  /// Asks the agent.
  ///
  /// - Throws: If it isn't there, goes away, or can't do what it is asked.
  public func ask(_ request: AgentRequest) throws(RunningError) -> AgentReply {
    let number = unsafe clinux_connect(directory, name)
    guard number >= 0 else { throw RunningError(kernel: "the agent doesn't answer") }
    let socket = FileDescriptor(rawValue: number)
    defer { try? socket.close() }
    // An agent that was stopped doesn't hold up those who want to know how it is.
    switch request {
    case .status: _ = clinux_set_patience(number, Self.patience)
    case .startCommandRecord: _ = clinux_set_patience(number, Self.recordPatience)
    case .ready, .measure, .start, .startGhost, .reboot: break
    }
    try JSONLine.write(request, to: socket)
    guard let reply = try JSONLine.read(AgentReply.self, from: socket, limit: Self.limit) else {
      throw RunningError("the agent ended")
    }
    if case .failed(let reason) = reply { throw RunningError(reason) }
    return reply
  }

  /// Whether there is an agent.
  public var isThere: Bool {
    let number = unsafe clinux_connect(directory, name)
    if number >= 0 { close(number) }
    return number >= 0
  }
}
