/// What a host's agent is asked, over its socket: a line of JSON each, and a line of JSON in return.
public enum AgentRequest: Codable, Sendable, Equatable {
  /// Wait until the nodes are there, or can't be.
  case ready
  /// Answer probes.
  case measure([Probe])
  /// Run the start commands of all nodes but ghosts.
  case start
  /// Start a ghost.
  case startGhost(String)
  /// Boot a node once more.
  case reboot(String)
  /// Say how nodes are.
  case status
  /// Say what the start command of a node has written: of each file, so many bytes of its end.
  case startCommandRecord(node: String, limit: Int)
}

/// What a host's agent answers.
public enum AgentReply: Codable, Sendable, Equatable {
  /// The nodes are there; what the host does in place of what it can't.
  case ready(fallbacks: [String])
  /// The answers to probes, in their order.
  case measured([Measurement])
  /// It is done.
  case done
  /// How the nodes are.
  case status([NodeStatus])
  /// What a start command has written.
  case startCommandRecord(StartCommandRecord)
  /// What was asked can't be done.
  case failed(String)
}

/// How a node is.
public struct NodeStatus: Codable, Sendable, Equatable {
  /// What has become of a node.
  public enum State: String, Codable, Sendable {
    /// It is being made, or it boots.
    case running
    /// Its system is up.
    case booted
    /// It has ended.
    case dead
    /// It is there and hasn't been started.
    case ghost
  }

  /// Its name.
  public var node: String
  /// What realises it.
  public var kind: String
  /// What has become of it.
  public var state: State
  /// The exit code of its start command; `nil` while that runs, or where there is none. Of a dead node, its own.
  public var exitCode: Int?
  /// Whether the start command runs.
  public var isStartCommandRunning: Bool
  /// Its first process.
  public var process: Int32
  /// What it said is wrong.
  public var notes: [String]
}
