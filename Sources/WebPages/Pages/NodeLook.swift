internal import Swapping

/// What a node looks like in pictures and tables: the class of its elements.
enum NodeLook: String, Sendable, CaseIterable {
  /// Its system is up.
  case booted
  /// It is up, and its start command ended with an exit code other than 0.
  case failed
  /// It boots.
  case running
  /// It is there and hasn't been started.
  case ghost
  /// It has ended.
  case dead
  /// Nobody knows, as while the experiment is swapped out.
  case unknown

  /// How a node looks.
  init(_ node: NodeReport) {
    switch node.state {
    case "dead": self = .dead
    case "running": self = .running
    case "ghost": self = .ghost
    case "booted": self = node.exitCode ?? 0 == 0 ? .booted : .failed
    default: self = .unknown
    }
  }

  /// How a host looks by its nodes: the one that needs a person most.
  init(host nodes: some Sequence<Self>) {
    let order: [Self] = [.dead, .failed, .running, .unknown, .booted, .ghost]
    let found = Set(nodes)
    self = order.first { found.contains($0) } ?? .unknown
  }

  /// What it is called.
  var words: String {
    switch self {
    case .booted, .running, .ghost, .dead: rawValue
    case .failed: "start command failed"
    case .unknown: "not up"
    }
  }
}
