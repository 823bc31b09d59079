/// Fills block after block: each grows from what is fixed to it, or from a vertex next to the blocks before, by the
/// vertex that is joined to it most.
///
/// Where vertices are fixed to blocks, this is what search starts from.
struct GreedyGrowth {
  private let graph: SearchGraph
  private var blocks: [Int32]
  private var connections: [Int]
  private var candidates: [Int32] = []
  /// Vertices next to blocks that are full, from which later blocks grow.
  private var seeds: [Int32] = []
  private var nextSeed = 0
  private var nextVertex = 0
  /// Larger nets say little about where to grow, and take long to go through.
  private static let largestNet = 64
  private static let mostCandidates = 256

  /// - Parameters:
  ///   - task: The vertices that are fixed stay in its blocks; its other blocks aren't looked at.
  ///   - shouldStop: Whether to leave the rest of the vertices in no block.
  /// - Returns: A block for each vertex within the capacities; −1 where none was found.
  static func blocks(of task: SearchTask, shouldStop: () -> Bool) -> [Int32] {
    var growth = GreedyGrowth(task)
    growth.run(task, shouldStop)
    return growth.blocks
  }

  private init(_ task: SearchTask) {
    graph = task.graph
    blocks = task.isFixed.indices.map { task.isFixed[$0] ? task.blocks[$0] : -1 }
    connections = [Int](repeating: 0, count: graph.vertexCount)
  }

  private mutating func run(_ task: SearchTask, _ shouldStop: () -> Bool) {
    let fixed = BlockRows(blocks.map { max(0, $0 + 1) }, blockCount: task.capacities.count + 1)
    var loads = [Int](repeating: 0, count: task.capacities.count)
    var weightLeft = 0
    for (vertex, block) in blocks.enumerated() {
      if block >= 0 { loads[Int(block)] += weight(vertex) } else { weightLeft += weight(vertex) }
    }
    var roomLeft = task.capacities.indices.reduce(0) { $0 + task.capacities[$1] - loads[$1] }
    // Blocks with fixed vertices first: what belongs to them must not be taken by others.
    let order = task.capacities.indices.sorted {
      (fixed[Int32($0) + 1].isEmpty ? 1 : 0, $0) < (fixed[Int32($1) + 1].isEmpty ? 1 : 0, $1)
    }
    for block in order {
      if shouldStop() { return }
      let room = task.capacities[block] - loads[block]
      // Where there is slack, every block gets its part of it.
      let aim = roomLeft == 0 ? 0 : (room * weightLeft + roomLeft - 1) / roomLeft
      weightLeft -= grow(Int32(block), fixed[Int32(block) + 1], room: aim)
      roomLeft -= room
    }
  }

  private func weight(_ vertex: Int) -> Int { Int(graph.vertexWeights[vertex]) }

  /// Fills a block and returns by how much.
  private mutating func grow(_ block: Int32, _ fixed: ArraySlice<Int32>, room: Int) -> Int {
    var filled = 0
    var isEmpty = fixed.isEmpty
    for vertex in fixed { reach(from: Int(vertex)) }
    while filled < room || isEmpty {
      guard let vertex = bestCandidate(room: room - filled) ?? seed(room: isEmpty ? .max : room - filled) else { break }
      blocks[vertex] = block
      filled += weight(vertex)
      isEmpty = false
      reach(from: vertex)
    }
    for candidate in candidates {
      connections[Int(candidate)] = 0
      if blocks[Int(candidate)] < 0 { seeds.append(candidate) }
    }
    candidates.removeAll(keepingCapacity: true)
    return filled
  }

  private mutating func bestCandidate(room: Int) -> Int? {
    var best: Int?
    for candidate in candidates where blocks[Int(candidate)] < 0 && weight(Int(candidate)) <= room {
      guard let previous = best else {
        best = Int(candidate)
        continue
      }
      let isBetter = (connections[previous], Int(candidate)) < (connections[Int(candidate)], previous)
      if isBetter { best = Int(candidate) }
    }
    return best
  }

  private mutating func seed(room: Int) -> Int? {
    while nextSeed < seeds.count {
      let vertex = Int(seeds[nextSeed])
      if blocks[vertex] < 0, weight(vertex) > room { return nil }
      nextSeed += 1
      if blocks[vertex] < 0 { return vertex }
    }
    while nextVertex < blocks.count, blocks[nextVertex] >= 0 { nextVertex += 1 }
    return nextVertex < blocks.count && weight(nextVertex) <= room ? nextVertex : nil
  }

  private mutating func reach(from vertex: Int) {
    for arc in graph.arcs(of: vertex) { connect(graph.arcTargets[arc], Int(graph.arcWeights[arc])) }
    for position in graph.nets(of: vertex) {
      let net = Int(graph.incidentNets[position])
      let pins = graph.pins(of: net)
      if pins.count > Self.largestNet { continue }
      for pin in pins { connect(graph.pins[pin], Int(graph.netWeights[net])) }
    }
  }

  private mutating func connect(_ vertex: Int32, _ weight: Int) {
    if blocks[Int(vertex)] >= 0 { return }
    if connections[Int(vertex)] == 0 {
      // A hub has more neighbours than a block can choose from in reasonable time.
      if candidates.count == Self.mostCandidates { return }
      candidates.append(vertex)
    }
    connections[Int(vertex)] += weight
  }
}
