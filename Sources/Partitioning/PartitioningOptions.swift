/// How hard to look for a good partition.
public enum Effort: String, Sendable, CaseIterable {
  /// Near-linear time.
  case fast
  /// The default.
  case balanced
  /// Until proven optimal, or until the effort is spent.
  case thorough
}

/// How the partitioner works; none of it changes what is asked.
///
/// Effort is counted in work, not in seconds, so that the same problem, effort and seed give the same answer on any
/// machine and with any number of threads. Only a time limit trades that for a deadline.
public struct PartitioningOptions: Sendable {
  /// How hard to look.
  public var effort: Effort
  /// Where random choices start from.
  public var seed: UInt64
  /// How many threads to work on at most; `nil` for as many as there are processors. It doesn't change the answer.
  public var threads: Int?
  /// Whether small problems, and regions of larger ones, are also stated as integer programs, which improve partitions
  /// and bound what any can cost. Without, the search is all there is, and bounds come from the structure.
  public var usesIntegerPrograms: Bool
  /// When to stop looking and give the best answer so far; `nil` for never.
  public var timeLimit: Duration?
  /// Asked now and then; once it is true, the best answer so far is given.
  public var isCancelled: @Sendable () -> Bool
  /// Told now and then how far the work is.
  public var progress: (@Sendable (PartitioningProgress) -> Void)?

  /// Options.
  public init(
    effort: Effort = .balanced, seed: UInt64 = 1, threads: Int? = nil, usesIntegerPrograms: Bool = true,
    timeLimit: Duration? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: (@Sendable (PartitioningProgress) -> Void)? = nil
  ) {
    self.effort = effort
    self.seed = seed
    self.threads = threads
    self.usesIntegerPrograms = usesIntegerPrograms
    self.timeLimit = timeLimit
    self.isCancelled = isCancelled
    self.progress = progress
  }
}

/// How far the partitioner is.
public struct PartitioningProgress: Sendable, Equatable {
  /// The part of the effort that is spent, 0 to 1.
  public var fraction: Double
  /// The cost of the best partition so far; `nil` until there is one.
  public var cost: Int?

  /// A state of progress.
  public init(fraction: Double, cost: Int?) {
    self.fraction = fraction
    self.cost = cost
  }
}
