import Partitioning
import TestSupport

/// Solves tiny problems by looking at every partition, straight from the definition.
struct Oracle {
  private let problem: PartitioningProblem
  private let vertexCount: Int
  private var blocks: [Int32]
  private var best: Int?

  private init(_ problem: PartitioningProblem) {
    self.problem = problem
    vertexCount = problem.hypergraph.vertexCount
    blocks = [Int32](repeating: 0, count: vertexCount)
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
      var problem = problem
      if case .uniform = problem.capacity { problem.blockCount = .exactly(count) }
      var oracle = Oracle(problem)
      oracle.place(0, blockCount: count)
      if let cost = oracle.best { return (count, cost) }
    }
    return nil
  }

  private mutating func place(_ vertex: Int, blockCount: Int) {
    if vertex == vertexCount {
      let report = PartitionVerifier(problem).report(blocks)
      if report.isFeasible { best = min(best ?? .max, report.cost) }
      return
    }
    // Where blocks differ only by their numbers, a vertex opens no block but the next.
    var limit = blockCount
    if case .uniform = problem.capacity, !problem.fixedBlocks.contains(where: { $0 >= 0 }) {
      limit = min(limit, Int(blocks[..<vertex].max() ?? -1) + 2)
    }
    for block in 0..<Int32(limit) {
      if let fixed = problem.fixedBlocks.isEmpty ? nil : problem.fixedBlocks[vertex], fixed >= 0, fixed != block {
        continue
      }
      blocks[vertex] = block
      place(vertex + 1, blockCount: blockCount)
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
