internal import Synchronization

/// When to stop, and how far the search is.
final class SearchClock: Sendable {
  private struct State {
    var stepsDone = 0
    var stepsPlanned = 1
    var cost: Int?
    var lastReport: ContinuousClock.Instant
  }

  /// The best answer so far.
  let incumbent = Incumbent()
  let begin: ContinuousClock.Instant
  let deadline: ContinuousClock.Instant?
  private let isCancelled: @Sendable () -> Bool
  private let progress: (@Sendable (PartitioningProgress) -> Void)?
  private let state: Mutex<State>
  private let stopped = Atomic(false)
  private let hurried = Atomic(false)

  init(_ options: PartitioningOptions) {
    begin = .now
    deadline = options.timeLimit.map { ContinuousClock.now + $0 }
    isCancelled = options.isCancelled
    progress = options.progress
    state = Mutex(State(lastReport: begin))
  }

  /// Whether to give the best answer so far; once true, always true.
  func shouldStop() -> Bool {
    if stopped.load(ordering: .relaxed) { return true }
    guard isCancelled() || deadline.map({ ContinuousClock.now >= $0 }) == true else { return false }
    stopped.store(true, ordering: .relaxed)
    return true
  }

  /// Whether the search was told to stop.
  var isStopped: Bool { stopped.load(ordering: .relaxed) }

  /// Whether the search did less than it would have done without a time limit and without being cancelled.
  var isCutShort: Bool { isStopped || hurried.load(ordering: .relaxed) }

  /// Says that a part of the search was cut short so that all of it keeps to the time limit.
  func hurry() { hurried.store(true, ordering: .relaxed) }

  /// The moment that lies between now and the deadline by a part of that time.
  func moment(_ part: Double) -> ContinuousClock.Instant? {
    guard let deadline else { return nil }
    let now = ContinuousClock.now
    return now + (deadline - now) * part
  }

  /// Says how many steps there will be.
  func plan(steps: Int) {
    state.withLock { $0.stepsPlanned = max(1, steps) }
  }

  /// Says how many steps more there will be than was said before; fewer where it is negative.
  func plan(more steps: Int) {
    state.withLock { $0.stepsPlanned = max(1, $0.stepsPlanned + steps) }
  }

  /// Tells the progress, a few times a second.
  func report(steps: Int) {
    guard let progress else { return }
    let news: PartitioningProgress? = state.withLock { state in
      state.stepsDone += steps
      let now = ContinuousClock.now
      guard now - state.lastReport > .milliseconds(100) else { return nil }
      state.lastReport = now
      return PartitioningProgress(
        fraction: min(1, Double(state.stepsDone) / Double(state.stepsPlanned)), cost: state.cost)
    }
    if let news { progress(news) }
  }

  /// Says what the best partition is so far.
  func found(_ blocks: [Int32], cost: Int) {
    incumbent.improve(blocks, cost: cost)
    guard progress != nil else { return }
    state.withLock { $0.cost = min($0.cost ?? cost, cost) }
  }
}
