import TestSupport

@testable import Partitioning

/// What is asked of pricing in a small random hypergraph, and by brute force the answer.
struct PricingQuestion {
  var hypergraph: Hypergraph
  var graph: PricingGraph
  /// How many units of price a unit of net weight is.
  var scale: Int
  var prices: [Int]
  var kind: BlockKind
  var isAllowed: [Bool]

  /// - Parameters:
  ///   - seed: Where random choices start from.
  ///   - scale: How many units of price a unit of net weight is.
  ///   - isPlain: Whether every vertex weighs something, and none is required.
  init(seed: UInt64, scale: Int, isPlain: Bool = false) {
    var random = SplitMix64(seed: seed)
    let nets = (0..<(seed % 2 == 0 ? 10 : 12)).map { number in
      // Two of them are LANs.
      let size = number < 10 ? 2 : Int.random(in: 3...6, using: &random)
      return (0..<size).map { _ in Int32.random(in: 0..<9, using: &random) }
    }
    var weights = (0..<9).map { _ in Int32.random(in: 1...(seed % 3 == 0 ? 3 : 1), using: &random) }
    if seed % 5 == 0, !isPlain { weights[3] = 0 }
    hypergraph = Hypergraph(
      vertexWeights: weights, nets: nets,
      netWeights: nets.map { _ in Int32.random(in: 1...4, using: &random) })
    graph = PricingGraph(SearchGraph(hypergraph))
    self.scale = scale
    // Where prices are low, no block is worth anything.
    let most = seed % 4 == 0 ? 8 : 120
    prices = (0..<9).map { _ in Int.random(in: -10..<most, using: &random) * scale / 8 }
    let required: [Int32] = seed % 7 == 0 && !isPlain ? [2, 5] : []
    kind = BlockKind(capacity: 6, blocks: [0], required: required, isOptional: false)
    isAllowed = (0..<9).map { required.contains($0) || Int.random(in: 0..<6, using: &random) > 0 }
  }

  func worth(_ block: [Int32]) -> Int {
    block.reduce(-scale * graph.cost(of: block)) { $0 + prices[Int($1)] }
  }

  /// All blocks of the kind.
  var blocks: [[Int32]] {
    (1..<(1 << 9)).map { set in (0..<9).filter { set >> $0 & 1 == 1 } }.filter { block in
      block.reduce(0) { $0 + Int(hypergraph.vertexWeights[Int($1)]) } <= kind.capacity
        && block.allSatisfy { isAllowed[Int($0)] } && kind.required.allSatisfy(block.contains)
    }
  }

  /// The same as a statement to verify: what isn't allowed here is fixed to another block there.
  var statement: ClassStatement? {
    var fixed = [Int32](repeating: -1, count: 9)
    for vertex in kind.required { fixed[Int(vertex)] = 0 }
    for vertex in 0..<9 where !isAllowed[vertex] { fixed[vertex] = 1 }
    let problem = PartitioningProblem(hypergraph, capacity: .perBlock([6, 40]), fixedBlocks: fixed)
    return ClassStatement(problem, vertices: Array(0..<9), blocks: 2)
  }
}
