/// What has become of an experiment, in Emulab's words.
public enum ExperimentState: String, Codable, Sendable, CaseIterable {
  /// It is on no machine.
  case swapped
  /// It is being swapped in.
  case activating
  /// Its nodes are up, and were found to be as asked.
  case active
  /// It is being swapped out.
  case swapping
  /// It is being removed.
  case terminating

  /// Whether someone is at work on it, or was broken off.
  public var isUnderWay: Bool {
    switch self {
    case .swapped, .active: false
    case .activating, .swapping, .terminating: true
    }
  }
}
