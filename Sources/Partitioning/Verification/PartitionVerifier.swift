/// Counts a partition again, from the statement of the problem alone.
///
/// It shares no code with the search, so that a mistake there doesn't hide here.
public struct PartitionVerifier: Sendable {
  /// Something about a partition that breaks the problem's rules.
  public enum Violation: Sendable, Equatable {
    /// There isn't one block for each vertex.
    case wrongLength(found: Int, vertices: Int)
    /// A block is numbered below 0.
    case negativeBlock(vertex: Int, block: Int)
    /// A block is heavier than it may be.
    case overCapacity(block: Int, weight: Int, capacity: Int)
    /// No vertex is in a block, though one with a higher number has some, or it was asked for.
    case emptyBlock(block: Int)
    /// Vertices of different classes are in a block.
    case classesMeet(block: Int, vertices: [Int])
    /// A fixed vertex is in another block.
    case fixedElsewhere(vertex: Int, fixed: Int, found: Int)
    /// There are more or fewer blocks than were asked for.
    case wrongBlockCount(found: Int, asked: Int)
  }

  /// What a count found.
  public struct Report: Sendable, Equatable {
    /// What breaks the rules; empty where the partition is feasible.
    public var violations: [Violation]
    /// How many blocks hold a vertex.
    public var blockCount: Int
    /// The weight of the heaviest block.
    public var maxBlockWeight: Int
    /// The sum over nets of weight · (λ − 1).
    public var cost: Int

    /// Whether the partition meets every rule of the problem.
    public var isFeasible: Bool { violations.isEmpty }
  }

  /// The problem.
  public var problem: PartitioningProblem

  /// A verifier of partitions for a problem.
  public init(_ problem: PartitioningProblem) { self.problem = problem }

  /// Counts a partition again.
  ///
  /// - Parameter blocks: A block for each vertex.
  /// - Returns: What was found; nothing is counted where there isn't one block for each vertex.
  /// - Complexity: O(pins · log(largest net)), and memory for the vertices.
  public func report(_ blocks: [Int32]) -> Report {
    let hypergraph = problem.hypergraph
    guard blocks.count == hypergraph.vertexCount else {
      let violation = Violation.wrongLength(found: blocks.count, vertices: hypergraph.vertexCount)
      return Report(violations: [violation], blockCount: 0, maxBlockWeight: 0, cost: 0)
    }
    var vertices: [Int32: [Int]] = [:]
    for (vertex, block) in blocks.enumerated() { vertices[block, default: []].append(vertex) }
    let used = vertices.keys.sorted()
    let weights = used.map { block in
      (vertices[block] ?? []).reduce(0) { $0 + Int(hypergraph.vertexWeights[$1]) }
    }
    var violations = numbering(used, blocks)
    for (block, weight) in zip(used, weights) {
      let capacity = capacity(of: Int(block))
      if weight > capacity {
        violations.append(.overCapacity(block: Int(block), weight: weight, capacity: capacity))
      }
      if let pair = differentClasses(vertices[block] ?? []) {
        violations.append(.classesMeet(block: Int(block), vertices: pair))
      }
    }
    for (vertex, fixed) in problem.fixedBlocks.enumerated() where fixed >= 0 && fixed != blocks[vertex] {
      violations.append(.fixedElsewhere(vertex: vertex, fixed: Int(fixed), found: Int(blocks[vertex])))
    }
    return Report(
      violations: violations, blockCount: used.count, maxBlockWeight: weights.max() ?? 0, cost: cost(of: blocks))
  }

  private func numbering(_ used: [Int32], _ blocks: [Int32]) -> [Violation] {
    var violations: [Violation] = []
    for (vertex, block) in blocks.enumerated() where block < 0 {
      violations.append(.negativeBlock(vertex: vertex, block: Int(block)))
    }
    var asked: Int?
    switch (problem.capacity, problem.blockCount) {
    case (.perBlock(let capacities), _): asked = capacities.count
    case (_, .exactly(let count)): asked = count
    case (_, .fewest): break
    }
    if let asked, asked != used.count { violations.append(.wrongBlockCount(found: used.count, asked: asked)) }
    // The first number that is missing is enough: a lone huge one would make all before it missing.
    let missing = used.enumerated().first { $0.element >= 0 && $0.offset != Int($0.element) }
    if let missing, used.first ?? 0 >= 0 { violations.append(.emptyBlock(block: missing.offset)) }
    return violations
  }

  private func capacity(of block: Int) -> Int {
    switch problem.capacity {
    case .uniform(let capacity): capacity
    case .perBlock(let capacities): capacities.indices.contains(block) ? capacities[block] : 0
    }
  }

  private func differentClasses(_ vertices: [Int]) -> [Int]? {
    guard !problem.classes.isEmpty, let first = vertices.first else { return nil }
    return vertices.first { problem.classes[$0] != problem.classes[first] }.map { [first, $0] }
  }

  private func cost(of blocks: [Int32]) -> Int {
    let hypergraph = problem.hypergraph
    var cost = 0
    for net in 0..<hypergraph.netWeights.count {
      let range = Int(hypergraph.netOffsets[net])..<Int(hypergraph.netOffsets[net + 1])
      let touched = hypergraph.pins[range].map { blocks[Int($0)] }.sorted()
      let borders = zip(touched, touched.dropFirst()).count { $0 != $1 }
      cost += Int(hypergraph.netWeights[net]) * borders
    }
    return cost
  }
}

extension PartitionVerifier.Violation: CustomStringConvertible {
  /// The violation in a sentence, with vertices and blocks counted from 0.
  public var description: String {
    switch self {
    case .wrongLength(let found, let vertices): "\(found) blocks are given for \(vertices) vertices"
    case .negativeBlock(let vertex, let block): "vertex \(vertex) is in block \(block); blocks count from 0"
    case .overCapacity(let block, let weight, let capacity):
      "block \(block) weighs \(weight), more than its capacity of \(capacity)"
    case .emptyBlock(let block): "block \(block) is empty"
    case .classesMeet(let block, let vertices):
      "block \(block) holds vertices of different classes, such as \(vertices.map(String.init).joined(separator: " and "))"
    case .fixedElsewhere(let vertex, let fixed, let found):
      "vertex \(vertex) is fixed to block \(fixed), but in block \(found)"
    case .wrongBlockCount(let found, let asked): "\(found) blocks hold vertices; \(asked) were asked for"
    }
  }
}
