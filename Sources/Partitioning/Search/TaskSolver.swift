/// Solves a task: one class of vertices, with its blocks.
struct TaskSolver {
  let options: PartitioningOptions
  let clock: SearchClock

  /// A feasible partition, and what is known of the best.
  struct Answer {
    var blocks: [Int32]
    var cost: Int
    /// No feasible partition costs less.
    var lowerBound: Int
    var boundSource: Partition.BoundSource
  }

  /// Solves a task.
  ///
  /// - Parameter task: Its partition need only be feasible.
  /// - Returns: The best partition found.
  func solve(_ task: SearchTask) -> Answer {
    guard task.capacities.count > 1, task.isFixed.contains(false) else {
      let cost = BlockState(task.graph, blocks: task.blocks, capacities: task.capacities).cost
      return Answer(blocks: task.blocks, cost: cost, lowerBound: cost, boundSource: cost == 0 ? .trivial : .enumeration)
    }
    let bound = StructuralBound.bound(task)
    let task = started(task)
    if task.blocks.count <= Self.tiny, let answer = enumerated(task, stepLimit: 100_000) { return answer }
    let schedule = SearchSchedule(options.effort, vertexCount: task.blocks.count)
    let search = LocalSearch(schedule: schedule, seed: options.seed, lowerBound: bound, clock: clock)
    let found = search.improve(task)
    var improved = task
    improved.blocks = found.blocks
    if found.cost > bound, !clock.shouldStop(), let answer = enumerated(improved, stepLimit: enumerationSteps) {
      return answer
    }
    return Answer(
      blocks: found.blocks, cost: found.cost, lowerBound: bound, boundSource: bound == 0 ? .trivial : .structure)
  }

  /// Tasks up to this size are enumerated before anything else, as that takes no longer than searching.
  private static let tiny = 14

  /// The best of all partitions; `nil` where there are too many.
  private func enumerated(_ task: SearchTask, stepLimit: Int) -> Answer? {
    Enumeration.best(task, stepLimit: stepLimit).map {
      Answer(blocks: $0.blocks, cost: $0.cost, lowerBound: $0.cost, boundSource: .enumeration)
    }
  }

  /// The task with the partition that search starts from.
  private func started(_ task: SearchTask) -> SearchTask {
    if clock.shouldStop() { return task }
    let start =
      task.isFixed.contains(true)
      ? GreedyGrowth.blocks(of: task, shouldStop: clock.shouldStop)
      : RecursiveBisection.blocks(
        of: task.graph, capacities: task.capacities, seed: options.seed, shouldStop: clock.shouldStop)
    guard let feasible = Repair.feasible(start, task) else { return task }
    var task = task
    task.blocks = feasible
    return task
  }

  private var enumerationSteps: Int {
    switch options.effort {
    case .fast: 20_000
    case .balanced: 500_000
    case .thorough: 20_000_000
    }
  }
}
