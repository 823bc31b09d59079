import Partitioning
import TestSupport

/// Solves tiny problems by looking at every partition that keeps to the capacities, straight from the definition.
struct Oracle {
  private let problem: PartitioningProblem
  private let vertexCount: Int
  private let nets: [[Int]]
  private var blocks: [Int32]
  private var loads: [Int]
  private var counts: [Int]
  private var best: Int?

  private init(_ problem: PartitioningProblem, blockCount: Int) {
    self.problem = problem
    vertexCount = problem.hypergraph.vertexCount
    let hypergraph = problem.hypergraph
    nets = (0..<hypergraph.netCount).map { net in
      hypergraph.pins[Int(hypergraph.netOffsets[net])..<Int(hypergraph.netOffsets[net + 1])].map(Int.init)
    }
    blocks = [Int32](repeating: 0, count: vertexCount)
    loads = [Int](repeating: 0, count: blockCount)
    counts = loads
  }

  /// The fewest blocks (or as many as asked for) and the least cost with so many; `nil` where nothing is feasible.
  static func solution(_ problem: PartitioningProblem) -> (blockCount: Int, cost: Int)? {
    let counts: ClosedRange<Int>
    switch (problem.capacity, problem.blockCount) {
    case (.perBlock(let capacities), _): counts = capacities.count...capacities.count
    case (_, .exactly(let count)): counts = count...count
    case (_, .fewest): counts = 0...max(0, problem.hypergraph.vertexCount)
    }
    for count in counts {
      var oracle = Oracle(problem, blockCount: count)
      oracle.place(0, blockCount: count)
      if let cost = oracle.best { return (count, cost) }
    }
    return nil
  }

  private mutating func place(_ vertex: Int, blockCount: Int) {
    if vertex == vertexCount {
      if counts[..<blockCount].contains(0) { return }
      best = min(best ?? .max, cost)
      return
    }
    // Where blocks differ only by their numbers, a vertex opens no block but the next.
    var limit = blockCount
    if case .uniform = problem.capacity, !problem.fixedBlocks.contains(where: { $0 >= 0 }) {
      limit = min(limit, Int(blocks[..<vertex].max() ?? -1) + 2)
    }
    let weight = Int(problem.hypergraph.vertexWeights[vertex])
    for block in 0..<limit where isAllowed(vertex, block, weight) {
      blocks[vertex] = Int32(block)
      loads[block] += weight
      counts[block] += 1
      place(vertex + 1, blockCount: blockCount)
      counts[block] -= 1
      loads[block] -= weight
    }
  }

  private func isAllowed(_ vertex: Int, _ block: Int, _ weight: Int) -> Bool {
    if !problem.fixedBlocks.isEmpty, problem.fixedBlocks[vertex] >= 0, problem.fixedBlocks[vertex] != block {
      return false
    }
    let capacity =
      switch problem.capacity {
      case .uniform(let capacity): capacity
      case .perBlock(let capacities): capacities[block]
      }
    if loads[block] + weight > capacity { return false }
    guard !problem.classes.isEmpty else { return true }
    return !(0..<vertex).contains { blocks[$0] == block && problem.classes[$0] != problem.classes[vertex] }
  }

  /// The sum over nets of weight times blocks touched less one.
  private var cost: Int {
    zip(nets, problem.hypergraph.netWeights).reduce(0) { sum, net in
      let touched = net.0.reduce(0) { $0 | 1 << blocks[$1] } as UInt64
      return sum + Int(net.1) * max(0, touched.nonzeroBitCount - 1)
    }
  }
}

/// Random problems, so small that ``Oracle`` solves them.
struct RandomProblem {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func next(vertexCount range: ClosedRange<Int> = 0...6) -> PartitioningProblem {
    let vertexCount = number(range)
    let heaviest = [1, 1, 4, 9][number(0...3)]
    let lightest = number(0...3) == 0 ? 0 : 1
    let weights = (0..<vertexCount).map { _ in Int32(number(lightest...heaviest)) }
    let problem = PartitioningProblem(
      hypergraph(weights), capacity: .uniform(number(max(1, heaviest - 1)...(2 * heaviest + 2))))
    return restricted(problem)
  }

  private mutating func hypergraph(_ weights: [Int32]) -> Hypergraph {
    var nets: [[Int32]] = []
    guard !weights.isEmpty else { return Hypergraph(vertexWeights: [], nets: nets) }
    for _ in 0..<number(0...(2 * weights.count)) {
      let size = number(0...3) == 0 ? number(1...weights.count) : 2
      nets.append((0..<size).map { _ in Int32(number(0...(weights.count - 1))) })
    }
    let netWeights = number(0...1) == 0 ? nil : nets.map { _ in Int32(number(0...5)) }
    return Hypergraph(vertexWeights: weights, nets: nets, netWeights: netWeights)
  }

  private mutating func restricted(_ original: PartitioningProblem) -> PartitioningProblem {
    var problem = original
    let vertexCount = problem.hypergraph.vertexCount
    if number(0...2) == 0 { problem.classes = (0..<vertexCount).map { _ in Int32(number(5...7)) } }
    if number(0...2) == 0 { problem.blockCount = .exactly(number(0...5)) }
    if number(0...3) == 0 {
      problem.capacity = .perBlock((0..<number(0...4)).map { _ in number(0...10) })
    }
    if number(0...2) == 0 {
      problem.fixedBlocks = (0..<vertexCount).map { _ in number(0...2) == 0 ? Int32(number(0...2)) : -1 }
    }
    return problem
  }
}
