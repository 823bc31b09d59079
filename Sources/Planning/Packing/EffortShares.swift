internal import Partitioning

/// Solves problems one after the other, sharing a time limit by their sizes and reporting progress on the whole.
struct EffortShares {
  private let partitioner: Partitioner
  private let deadline: ContinuousClock.Instant?
  private let total: Int
  private var done = 0
  private var cost = 0

  /// Shares the effort of a partitioner whose options hold for all problems together.
  init(_ problems: [PackingProblem], of partitioner: Partitioner) {
    self.partitioner = partitioner
    deadline = partitioner.options.timeLimit.map { ContinuousClock.now + $0 }
    total = problems.reduce(0) { $0 + $1.computers.count }
  }

  /// Solves the next problem.
  mutating func solve(_ problem: PackingProblem) -> PartitioningOutcome {
    let size = problem.computers.count
    var partitioner = partitioner
    if let deadline {
      let left = max(.zero, deadline - ContinuousClock.now)
      partitioner.options.timeLimit = left * size / (total - done)
    }
    if let report = partitioner.options.progress {
      partitioner.options.progress = { [done, total, cost] progress in
        let fraction = (Double(done) + progress.fraction * Double(size)) / Double(total)
        report(PartitioningProgress(fraction: fraction, cost: progress.cost.map { $0 + cost }))
      }
    }
    let outcome = partitioner.solve(problem.problem)
    if case .partition(let answer) = outcome { cost += answer.cost }
    done += size
    return outcome
  }
}
