internal import Synchronization

/// Improves a feasible partition by annealing, small graphs whole and several times, large ones region by region; then
/// by cycles over coarser graphs.
struct LocalSearch {
  let schedule: SearchSchedule
  let seed: UInt64
  /// No partition costs less, so that the search ends where it gets there.
  let lowerBound: Int
  let clock: SearchClock

  /// - Returns: A feasible partition that costs no more than the task's, and its cost.
  func improve(_ task: SearchTask) -> (blocks: [Int32], cost: Int) {
    let start = BlockState(task.graph, blocks: task.blocks, capacities: task.capacities).cost
    clock.found(task.blocks, cost: start)
    if start <= lowerBound { return (task.blocks, start) }
    let found = schedule.regionSize < task.blocks.count ? searchRegions(task, cost: start) : searchWhole(task)
    let best = found.cost < start ? found : (blocks: task.blocks, cost: start)
    return schedule.cyclePasses > 0 && best.cost > lowerBound ? cycled(task, best) : best
  }

  /// A partition after cycles in regions.
  private func cycled(_ task: SearchTask, _ start: (blocks: [Int32], cost: Int)) -> (blocks: [Int32], cost: Int) {
    var task = task
    task.blocks = start.blocks
    let cycles = RegionCycles(
      clock: clock, seed: seed, passes: schedule.cyclePasses, stepsPerVertex: schedule.cycleSteps)
    return cycles.run(task, cost: start.cost)
  }

  /// Where there is a deadline, cycles need the most of the time until then.
  private var annealingEnd: ContinuousClock.Instant? {
    schedule.cyclePasses > 0 ? clock.moment(0.4) : clock.deadline
  }

  private func searchWhole(_ task: SearchTask) -> (blocks: [Int32], cost: Int) {
    let deadline = annealingEnd
    // Restarts after one that is proven best are of no use. Those before it go on, so that the answer is the first of
    // the best whatever the number of threads.
    let firstProven = Atomic(Int.max)
    let results = concurrentMap(count: schedule.restarts) { restart in
      let isUseless = { firstProven.load(ordering: .relaxed) < restart }
      if isUseless() || (restart > 0 && clock.isStopped) { return (blocks: task.blocks, cost: Int.max) }
      let found = anneal(
        task, steps: schedule.steps, temperatures: schedule.temperatures, leastCost: lowerBound,
        random: RandomSource(seed: seed, stream: restart), deadline: deadline, isUseless: isUseless)
      if isUseless() { return (blocks: task.blocks, cost: Int.max) }
      clock.found(found.blocks, cost: found.cost)
      if found.cost <= lowerBound { firstProven.min(restart, ordering: .relaxed) }
      return (found.blocks, found.cost)
    }
    return results.enumerated().min { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }?.element
      ?? (task.blocks, .max)
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
      clock.found(task.blocks, cost: cost)
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
    let annealing = Annealing(steps: steps, temperatures: temperatures, deadline: deadline, leastCost: leastCost)
    annealing.run(&state, movable: task.movable, random: &random, clock: clock) { clock.shouldStop() || isUseless() }
    if clock.isStopped, state.cost > start { return (task.blocks, start, 0) }
    return (state.blockOf.elements, state.cost, start - state.cost)
  }
}
