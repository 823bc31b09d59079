internal import Synchronization

/// Improves a feasible partition by annealing, then by cycles over coarser graphs.
///
/// Small graphs are searched along two lines, each of which begins anew once its cycles gain nothing any more; large
/// ones are annealed region by region.
struct LocalSearch {
  let schedule: SearchSchedule
  let seed: UInt64
  /// No partition costs less, so that the search ends where it gets there.
  let lowerBound: Int
  let clock: SearchClock
  /// Told what is found on the way, and what it costs.
  let report: @Sendable (_ blocks: [Int32], _ cost: Int) -> Void

  /// - Returns: A feasible partition that costs no more than the task's, and its cost.
  func improve(_ task: SearchTask) -> (blocks: [Int32], cost: Int) {
    let start = task.cost
    report(task.blocks, start)
    if start <= lowerBound { return (task.blocks, start) }
    let found = schedule.regionSize < task.blocks.count ? searchRegions(task, cost: start) : searchWhole(task)
    let best = found.cost < start ? found : (blocks: task.blocks, cost: start)
    if schedule.cyclePasses == 0 || best.cost <= lowerBound { return best }
    return cycled(task, best, passes: schedule.cyclePasses, patience: .max, seed: seed).answer
  }

  /// A partition after cycles in regions, and how many passes that took.
  private func cycled(
    _ task: SearchTask, _ start: (blocks: [Int32], cost: Int), passes: Int, patience: Int, seed: UInt64
  ) -> (answer: (blocks: [Int32], cost: Int), passes: Int) {
    var task = task
    task.blocks = start.blocks
    let cycles = RegionCycles(
      clock: clock, seed: seed, passes: passes, stepsPerVertex: schedule.cycleSteps, patience: patience,
      greatestGain: start.cost - lowerBound, report: report)
    let found = cycles.run(task, cost: start.cost)
    return ((found.blocks, found.cost), found.passes)
  }

  /// When annealing has to be done, where there is a deadline.
  private var annealingEnd: ContinuousClock.Instant? { clock.moment(schedule.annealingShare) }

  private func searchWhole(_ task: SearchTask) -> (blocks: [Int32], cost: Int) {
    // Lines after one that is proven best are of no use. Those before it go on, so that the answer is the first of
    // the best whatever the number of threads.
    let firstProven = Atomic(Int.max)
    let results = concurrentMap(count: schedule.lines) { line in
      let isUseless = { firstProven.load(ordering: .relaxed) < line }
      if isUseless() || (line > 0 && clock.isStopped) { return (blocks: task.blocks, cost: Int.max) }
      let found = searchLine(task, line, isUseless)
      if isUseless() { return (blocks: task.blocks, cost: Int.max) }
      report(found.blocks, found.cost)
      if found.cost <= lowerBound { firstProven.min(line, ordering: .relaxed) }
      return found
    }
    return results.enumerated().min { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }?.element
      ?? (task.blocks, .max)
  }

  /// Anneals, and goes on by cycles until they gain nothing any more; then again from the start, with other random
  /// choices, as long as there are passes left.
  private func searchLine(_ task: SearchTask, _ line: Int, _ isUseless: () -> Bool) -> (blocks: [Int32], cost: Int) {
    var best = (blocks: task.blocks, cost: Int.max)
    var passesLeft = schedule.linePasses
    var turn = 0
    repeat {
      var random = RandomSource(seed: seed, stream: line + turn << 32)
      let annealed = anneal(
        task, steps: schedule.steps, temperatures: schedule.temperatures, leastCost: lowerBound, random: random,
        deadline: annealingEnd, isUseless: isUseless)
      var found = (blocks: annealed.blocks, cost: annealed.cost)
      if passesLeft > 0, found.cost > lowerBound, !isUseless() {
        let cycled = cycled(task, found, passes: passesLeft, patience: schedule.patience, seed: random.next())
        found = cycled.answer
        passesLeft -= cycled.passes
      }
      if found.cost < best.cost { best = found }
      turn += 1
    } while passesLeft > 0 && best.cost > lowerBound && !isUseless() && !clock.shouldStop()
    return best
  }

  private func searchRegions(_ task: SearchTask, cost: Int) -> (blocks: [Int32], cost: Int) {
    var task = task
    var cost = cost
    let annealingEnd = annealingEnd
    for pass in 0..<schedule.passes {
      if clock.shouldStop() { break }
      var random = RandomSource(seed: seed, stream: -1 - pass)
      let parts = Regions.parts(task, size: schedule.regionSize, random: &random)
      let temperatures = schedule.temperatures.pass(pass, of: schedule.passes)
      let now = ContinuousClock.now
      let end = annealingEnd.map { now + ($0 - now) / Double(schedule.passes - pass) }
      let current = task
      let regions = concurrentMap(count: parts.vertices.count) { part in
        clock.shouldStop() ? nil : searchRegion(part, of: parts, current, pass, temperatures, end: end)
      }
      for case (let part, let found?) in regions.enumerated() {
        for (position, vertex) in parts.vertices[part].enumerated() {
          task.blocks[Int(vertex)] = found.blocks[position]
        }
        // Regions share no block, so what they gain adds up.
        cost -= found.gain
      }
      report(task.blocks, cost)
    }
    return (task.blocks, cost)
  }

  /// The blocks of a region's vertices, in the whole graph's numbers, and how much less they cost than before.
  private func searchRegion(
    _ part: Int, of parts: Parts, _ whole: SearchTask, _ pass: Int, _ temperatures: Annealing.Temperatures,
    end: ContinuousClock.Instant?
  ) -> (blocks: [Int32], gain: Int) {
    let (task, names) = whole.task(part, of: parts)
    let share = Double(task.blocks.count) / Double(whole.blocks.count * schedule.passes)
    var deadline: ContinuousClock.Instant?
    if let end {
      // What is left of the pass is for all regions that are left, two at a time.
      let now = ContinuousClock.now
      deadline = now + (end - now) / Double(max(1, (parts.vertices.count - part + 1) / 2))
    }
    let found = anneal(
      task, steps: Int(Double(schedule.steps) * share), temperatures: temperatures, leastCost: 0,
      random: RandomSource(seed: seed, stream: (pass << 32) + part), deadline: deadline, isUseless: { false })
    return (found.blocks.map { names[Int($0)] }, found.gain)
  }

  private func anneal(
    _ task: SearchTask, steps: Int, temperatures: Annealing.Temperatures, leastCost: Int, random: RandomSource,
    deadline: ContinuousClock.Instant?, isUseless: () -> Bool
  ) -> (blocks: [Int32], cost: Int, gain: Int) {
    var state = BlockState(task.graph, blocks: task.blocks, capacities: task.capacities)
    let start = state.cost
    var random = random
    let movable = task.movable
    let shouldStop = { clock.shouldStop() || isUseless() }
    var annealing = Annealing(steps: steps, temperatures: temperatures, deadline: deadline)
    if let prices = schedule.overloadPrices {
      annealing.overloadPrices = prices
      annealing.run(&state, movable: movable, random: &random, clock: clock, shouldStop: shouldStop)
      guard let feasible = Repair.feasible(state.blockOf.elements, task) else { return (task.blocks, start, 0) }
      state = BlockState(task.graph, blocks: feasible, capacities: task.capacities)
      // What making it feasible has spoilt.
      annealing = Annealing(steps: steps / 20, temperatures: temperatures.ending, deadline: deadline)
    }
    annealing.leastCost = leastCost
    annealing.run(&state, movable: movable, random: &random, clock: clock, shouldStop: shouldStop)
    if clock.isStopped, state.cost > start { return (task.blocks, start, 0) }
    return (state.blockOf.elements, state.cost, start - state.cost)
  }
}
