/// Improves a partition by cycles over coarser graphs in regions of a few blocks each.
///
/// Where a whole large graph is searched anew, what gets worse hides what gets better; region by region, only what
/// is no worse is kept. Each pass has other regions.
struct RegionCycles {
  let clock: SearchClock
  let seed: UInt64
  var passes: Int
  var stepsPerVertex: Int
  /// So many passes in a row that gain nothing end it.
  var patience = Int.max
  /// The gain that ends it, as no partition costs less.
  var greatestGain = Int.max
  /// Told what is found on the way, and what it costs.
  var report: @Sendable (_ blocks: [Int32], _ cost: Int) -> Void = { _, _ in }

  /// So many blocks a region has, in turns.
  private static let blockCounts = [12, 6, 24]

  /// - Parameters:
  ///   - task: A feasible partition to start from.
  ///   - cost: What it costs.
  /// - Returns: A feasible partition that costs no more, its cost, and how many passes were made.
  /// - Complexity: Near-linear for each pass.
  func run(_ task: SearchTask, cost: Int) -> (blocks: [Int32], cost: Int, passes: Int) {
    var task = task
    var cost = cost
    let blockSize = task.blocks.count / task.capacities.count + 1
    let start = cost
    var lastGain = 0
    for pass in 0..<passes {
      if pass - lastGain >= patience || start - cost >= greatestGain || clock.shouldStop() {
        return (task.blocks, cost, pass)
      }
      var random = RandomSource(seed: seed, stream: -(1 << 20) - pass)
      let size = blockSize * Self.blockCounts[pass % Self.blockCounts.count]
      let parts = Regions.parts(task, size: size, random: &random)
      let current = task
      let regions = concurrentMap(count: parts.vertices.count) { part -> (blocks: [Int32], gain: Int)? in
        if clock.shouldStop() { return nil }
        let (region, names) = current.task(part, of: parts)
        return improved(region, RandomSource(seed: seed, stream: ((1 << 20) + pass) << 32 + part)).map { found in
          (blocks: found.blocks.map { names[Int($0)] }, gain: found.gain)
        }
      }
      for case (let part, let found?) in regions.enumerated() {
        for (position, vertex) in parts.vertices[part].enumerated() {
          task.blocks[Int(vertex)] = found.blocks[position]
        }
        // Regions share no block, so what they gain adds up.
        cost -= found.gain
        if found.gain > 0 { lastGain = pass + 1 }
      }
      report(task.blocks, cost)
    }
    return (task.blocks, cost, passes)
  }

  /// A region's blocks after a cycle and how much less they cost; `nil` where they would cost more.
  private func improved(_ region: SearchTask, _ random: RandomSource) -> (blocks: [Int32], gain: Int)? {
    guard region.capacities.count > 1, region.isFixed.contains(false) else { return nil }
    var random = random
    let start = region.cost
    let labels = region.blocks.indices.map { region.isFixed[$0] ? -1 : region.blocks[$0] }
    let cycle = VCycle(clock: clock, stepsPerVertex: stepsPerVertex)
    guard let found = cycle.run(region, labels: labels, random: &random), found.cost <= start else { return nil }
    return (found.blocks, start - found.cost)
  }
}
