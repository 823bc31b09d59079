/// A lower bound for graphs that are too large for one linear program: the graph is divided into regions of neighbouring
/// blocks, and each region's linear program bounds what the nets within it cost.
///
/// A block may have vertices in several regions, so a region's blocks are parts of blocks: any that fit, as many as it
/// takes. Each net counts in one region only, so that the bounds add up. What is lost are the nets between regions; the
/// fewer of them the better, which is why regions consist of blocks of a good partition.
struct RegionBound {
  private let task: SearchTask
  private let clock: SearchClock
  private let capacity: Int
  private let size: Int
  private let workLimit: Int

  /// - Parameters:
  ///   - task: The task, with a good partition.
  ///   - size: How many vertices a region should have at least.
  ///   - workLimit: How much work pricing and linear programs may do, for all regions together.
  ///   - clock: When to stop.
  init(_ task: SearchTask, size: Int, workLimit: Int, clock: SearchClock) {
    self.task = task
    self.size = size
    self.workLimit = workLimit
    self.clock = clock
    capacity = task.capacities.max() ?? 0
  }

  /// With the work that an effort allows; `nil` where regions would have too few blocks, or too little work each.
  init?(_ effort: Effort, _ task: SearchTask, _ clock: SearchClock) {
    let vertexCount = task.blocks.count
    guard vertexCount <= 15 * task.capacities.count else { return nil }
    switch effort {
    case .balanced where vertexCount <= 20_000:
      // Two regions suffice where the blocks of so large ones can be listed.
      let isSparse =
        vertexCount <= 600 && ConnectedPricing(task, mostWork: 2_000_000, shouldStop: clock.shouldStop) != nil
      let workLimit = vertexCount <= 600 ? 25_000_000 : 40_000_000
      self.init(task, size: isSparse ? vertexCount / 2 : 110, workLimit: workLimit, clock: clock)
    case .thorough where vertexCount <= 200_000:
      self.init(task, size: vertexCount <= 5000 ? 300 : 180, workLimit: 600_000_000, clock: clock)
    default: return nil
    }
  }

  /// Bounds all regions and adds up.
  func bound() -> (value: Int, regions: [BoundCertificate.Region]) {
    let parts = parts()
    let each = workLimit / max(1, parts.vertices.count)
    let owners = (0..<task.graph.netCount).map { Self.owner($0, task.graph, parts) }
    let regions = concurrentMap(count: parts.vertices.count) { number in
      defer { MasterProgram.leaveThread() }
      return region(parts, number, netOwners: owners, workLimit: each)
    }
    return (regions.reduce(0) { $0 + $1.lowerBound }, regions)
  }

  /// Grows regions block by block, always by the block that most is joined to.
  private func parts() -> Parts {
    let graph = task.graph
    let members = BlockRows(task.blocks, blockCount: task.capacities.count)
    var regionOf = [Int32](repeating: -1, count: task.capacities.count)
    var count: Int32 = 0
    for start in regionOf.indices where regionOf[start] < 0 {
      var ties: [Int32: Int] = [:]
      var next: Int32? = Int32(start)
      var vertexCount = 0
      while let block = next, vertexCount < size {
        regionOf[Int(block)] = count
        ties[block] = nil
        vertexCount += members[block].count
        for vertex in members[block] {
          for arc in graph.arcs(of: Int(vertex)) {
            let other = task.blocks[Int(graph.arcTargets[arc])]
            if regionOf[Int(other)] < 0 { ties[other, default: 0] += Int(graph.arcWeights[arc]) }
          }
          for index in graph.nets(of: Int(vertex)) {
            let net = Int(graph.incidentNets[index])
            // Nets over half the graph don't tell what belongs together.
            if graph.pins(of: net).count > size { continue }
            for pin in graph.pins(of: net) {
              let other = task.blocks[Int(graph.pins[pin])]
              if regionOf[Int(other)] < 0 { ties[other, default: 0] += Int(graph.netWeights[net]) }
            }
          }
        }
        next = ties.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
      }
      count += 1
    }
    return Parts(partOf: task.blocks.map { regionOf[Int($0)] }, count: Int(count))
  }

  private func region(_ parts: Parts, _ number: Int, netOwners: [Int], workLimit: Int) -> BoundCertificate.Region {
    let graph = SearchGraph(
      task.graph, vertices: parts.vertices[number], part: Int32(number), partOf: parts.partOf,
      positions: parts.positions, hasNet: { netOwners[$0] == number })
    let count = graph.vertexCount
    // Fixed vertices and smaller blocks are forgotten: that only lowers the bound.
    let names = Set(parts.vertices[number].map { task.blocks[Int($0)] }).sorted()
    let piece = SearchTask(
      graph: graph, capacities: [Int](repeating: capacity, count: count),
      isFixed: [Bool](repeating: false, count: count),
      blocks: parts.vertices[number].map { vertex in
        Int32(names.firstIndex(of: task.blocks[Int(vertex)]) ?? 0)
      })
    var region = BoundCertificate.Region(
      vertices: parts.vertices[number].map(Int.init), lowerBound: StructuralBound.bound(piece), scale: 1, prices: [],
      worth: 0)
    let cost = piece.cost
    if region.lowerBound >= cost || clock.shouldStop() { return region }
    let connected = ConnectedPricing(
      piece, searchCount: 1, mostWork: workLimit / 20, shouldStop: clock.shouldStop)
    var generation = ColumnGeneration(
      piece, isRegion: true, connected: connected, workLimit: workLimit, shouldStop: clock.shouldStop)
    generation.add(partition: piece.blocks)
    let total = generation.graph.totalNetWeight
    _ = generation.run(goal: cost + total)
    guard let bound = generation.bound else { return region }
    let value = (bound.value + generation.scale - 1) / generation.scale - total
    if value > region.lowerBound {
      region.lowerBound = value
      (region.scale, region.prices, region.worth) = (generation.scale, bound.prices, bound.worths[0])
    }
    return region
  }

  /// The region that a larger net counts in: the first of those that have most of its pins.
  private static func owner(_ net: Int, _ graph: SearchGraph, _ parts: Parts) -> Int {
    var counts: [Int32: Int] = [:]
    for pin in graph.pins(of: net) { counts[parts.partOf[Int(graph.pins[pin])], default: 0] += 1 }
    return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }.map { Int($0.key) } ?? 0
  }
}
