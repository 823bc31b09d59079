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
    /// What the bound rests on, where it comes from a linear or integer program.
    var prices: BoundCertificate.BlockPrices?
    /// What the bound adds up from, where it comes from regions.
    var regions: [BoundCertificate.Region]?
  }

  /// Solves a task.
  ///
  /// - Parameter task: Its partition need only be feasible.
  /// - Returns: The best partition found.
  func solve(_ task: SearchTask) -> Answer {
    guard task.capacities.count > 1, task.isFixed.contains(false) else {
      let cost = task.cost
      return Answer(blocks: task.blocks, cost: cost, lowerBound: cost, boundSource: cost == 0 ? .trivial : .enumeration)
    }
    let bound = StructuralBound.bound(task)
    let task = started(task)
    if task.blocks.count <= Self.tiny, let answer = enumerated(task, stepLimit: 100_000) { return answer }
    var answer = Answer(
      blocks: task.blocks, cost: task.cost,
      lowerBound: bound, boundSource: bound == 0 ? .trivial : .structure)
    let integerProgram =
      options.usesIntegerPrograms ? SetPartitioning(options.effort, task, shouldStop: clock.shouldStop) : nil
    clock.incumbent.improve(answer)
    let isQuick = integerProgram?.isQuick ?? false
    search(task, isQuick ? .fast : options.effort, &answer)
    if let integerProgram {
      // What is likely to be quick may be not: some time is kept for the search.
      let end = isQuick && options.effort != .fast ? clock.moment(0.5) : nil
      let other = decide(task, integerProgram, from: answer.blocks, until: end, &answer)
      clock.incumbent.improve(answer)
      if isQuick, options.effort != .fast {
        let cost = answer.cost
        search(task, options.effort, &answer)
        if options.effort == .thorough || task.blocks.count <= Self.middling {
          // From another partition come other columns, of which there may be a better choice.
          var again = integerProgram
          again.workLimit /= 2
          decide(task, again, from: answer.cost < cost ? answer.blocks : other, until: nil, &answer)
        }
      }
    }
    if options.usesIntegerPrograms { boundByRegions(task, &answer) }
    return answer
  }

  /// Searches for a better answer.
  private func search(_ task: SearchTask, _ effort: Effort, _ answer: inout Answer) {
    if answer.cost <= answer.lowerBound || clock.shouldStop() { return }
    var task = task
    task.blocks = answer.blocks
    let schedule = SearchSchedule(
      effort, vertexCount: task.blocks.count, degree: task.graph.meanDegree, cut: CutNets(task),
      expander: Expansion.isHigh(task, seed: options.seed)
        ? Double(task.blocks.count) / Double(task.capacities.count) : nil)
    if effort == options.effort {
      let usual = SearchSchedule(effort, vertexCount: task.blocks.count, degree: task.graph.meanDegree)
      clock.plan(more: schedule.allSteps - usual.allSteps)
    }
    let spare = SpareVertices(task)
    let search = LocalSearch(
      schedule: schedule, seed: options.seed, lowerBound: answer.lowerBound, clock: clock,
      report: { clock.found(spare?.filled($0) ?? $0, cost: $1) })
    let found = search.improve(spare?.task ?? task)
    if found.cost < answer.cost {
      (answer.blocks, answer.cost) = (spare?.filled(found.blocks) ?? found.blocks, found.cost)
    }
  }

  /// Improves the answer and its bound by integer programming, which begins with the columns of a partition.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - integerProgram: How much to do.
  ///   - blocks: The partition to begin with.
  ///   - end: When to end at the latest, if before the deadline.
  ///   - answer: What is known, and is improved.
  /// - Returns: A partition near the linear relaxation's solution, good or not.
  @discardableResult
  private func decide(
    _ task: SearchTask, _ integerProgram: SetPartitioning, from blocks: [Int32], until end: ContinuousClock.Instant?,
    _ answer: inout Answer
  ) -> [Int32] {
    if answer.cost <= answer.lowerBound || clock.shouldStop() { return blocks }
    var task = task
    task.blocks = blocks
    let found = integerProgram.solve(task) {
      if let end, ContinuousClock.now >= end {
        clock.hurry()
        return true
      }
      return clock.shouldStop()
    }
    MasterProgram.leaveThread()
    if found.cost < answer.cost { (answer.blocks, answer.cost) = (found.blocks, found.cost) }
    if found.lowerBound > answer.lowerBound {
      answer.lowerBound = found.lowerBound
      answer.boundSource = found.usedIntegerProgram ? .integerProgram : .linearProgram
      answer.prices = found.prices
    }
    // Fixed vertices may be in none of the blocks that were taken.
    guard answer.cost > answer.lowerBound, let rounded = found.rounded, !task.isFixed.contains(true),
      let start = Repair.feasible(rounded, task)
    else { return blocks }
    var near = answer
    near.blocks = start
    task.blocks = start
    near.cost = task.cost
    search(task, .fast, &near)
    if near.cost < answer.cost { answer = near }
    return near.blocks
  }

  /// Improves the bound by adding up what regions cost, where it is further off than the nets between regions count.
  private func boundByRegions(_ task: SearchTask, _ answer: inout Answer) {
    if Double(answer.lowerBound) > 0.8 * Double(answer.cost) || clock.shouldStop() { return }
    var task = task
    task.blocks = answer.blocks
    guard let bound = RegionBound(options.effort, task, clock)?.bound(), bound.value > answer.lowerBound else { return }
    (answer.lowerBound, answer.boundSource) = (bound.value, .regions)
    (answer.prices, answer.regions) = (nil, bound.regions)
  }

  /// Tasks up to this size are enumerated before anything else, as that takes no longer than searching.
  private static let tiny = 14
  /// Tasks up to this size may have their integer program stated again.
  private static let middling = 200

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
    // What was left in no block would take long to place.
    if clock.isStopped { return task }
    guard let feasible = Repair.feasible(start, task) else { return task }
    var task = task
    task.blocks = feasible
    return task
  }
}
