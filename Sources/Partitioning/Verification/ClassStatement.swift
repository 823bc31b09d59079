/// What is asked of one class of a problem's vertices, restated for checking its bound.
struct ClassStatement {
  /// Its vertices, ascending.
  let vertices: [Int]
  /// The weight of each.
  let weights: [Int]
  /// The nets that join at least two of them, with their pins as positions in ``vertices``.
  let nets: [Net]
  /// The nets of each vertex.
  let netsOfVertex: [[Int]]
  /// The kinds of blocks, sorted by capacity and what is fixed to them.
  let kinds: [Kind]

  struct Net {
    var weight: Int
    var pins: [Int]
    /// Whether the whole net has two pins.
    var isLink: Bool
  }

  struct Kind: Equatable {
    var capacity: Int
    /// Positions in the class's vertices.
    var fixed: [Int]
    var blocks: Int
  }

  var blockCount: Int { kinds.reduce(0) { $0 + $1.blocks } }
  var netWeight: Int { nets.reduce(0) { $0 + $1.weight } }

  /// Restates a class of a problem; `nil` if it can't have so many blocks.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - vertices: The class's vertices, ascending.
  ///   - blocks: How many blocks it has.
  init?(_ problem: PartitioningProblem, vertices: [Int], blocks: Int) {
    let hypergraph = problem.hypergraph
    var positions: [Int32: Int] = [:]
    for (position, vertex) in vertices.enumerated() { positions[Int32(vertex)] = position }
    var nets: [Net] = []
    for net in 0..<hypergraph.netWeights.count where hypergraph.netWeights[net] > 0 {
      let all = hypergraph.pins[Int(hypergraph.netOffsets[net])..<Int(hypergraph.netOffsets[net + 1])]
      let pins = all.compactMap { positions[$0] }
      if pins.count < 2 { continue }
      nets.append(Net(weight: Int(hypergraph.netWeights[net]), pins: pins, isLink: all.count == 2))
    }
    guard let kinds = Self.kinds(problem, vertices, blocks) else { return nil }
    self.init(
      vertices: vertices, weights: vertices.map { Int(hypergraph.vertexWeights[$0]) }, nets: nets, kinds: kinds)
  }

  init(vertices: [Int], weights: [Int], nets: [Net], kinds: [Kind]) {
    self.vertices = vertices
    self.weights = weights
    self.nets = nets
    self.kinds = kinds
    var netsOfVertex = [[Int]](repeating: [], count: vertices.count)
    for (number, net) in nets.enumerated() {
      for pin in net.pins { netsOfVertex[pin].append(number) }
    }
    self.netsOfVertex = netsOfVertex
  }

  private static func kinds(_ problem: PartitioningProblem, _ vertices: [Int], _ blocks: Int) -> [Kind]? {
    var fixed: [Int: [Int]] = [:]
    for (position, vertex) in vertices.enumerated() where !problem.fixedBlocks.isEmpty {
      let block = Int(problem.fixedBlocks[vertex])
      if block >= 0 { fixed[block, default: []].append(position) }
    }
    var counts: [Int: Int] = [:]
    var kinds: [Kind] = []
    switch problem.capacity {
    case .uniform(let capacity):
      if fixed.count > blocks { return nil }
      if blocks > fixed.count { counts[capacity] = blocks - fixed.count }
      kinds = fixed.values.map { Kind(capacity: capacity, fixed: $0, blocks: 1) }
    case .perBlock(let capacities):
      if capacities.count != blocks || (fixed.keys.max() ?? -1) >= blocks { return nil }
      for (block, capacity) in capacities.enumerated() where fixed[block] == nil { counts[capacity, default: 0] += 1 }
      kinds = fixed.map { Kind(capacity: capacities[$0.key], fixed: $0.value, blocks: 1) }
    }
    kinds += counts.map { Kind(capacity: $0.key, fixed: [], blocks: $0.value) }
    return kinds.sorted { ($0.capacity, $0.fixed.first ?? -1) < ($1.capacity, $1.fixed.first ?? -1) }
  }
}
