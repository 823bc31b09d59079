/// What METIS by itself answers to a problem, to be held against.
///
/// METIS balances blocks but knows no capacity, classes or fixed vertices; ``PartitionVerifier`` tells which of its
/// answers are feasible. Nets become cliques, as in the systems that used METIS for topologies.
///
/// > G. Karypis and V. Kumar. "Multilevel *k*-way Partitioning Scheme for Irregular Graphs." *J. Parallel Distrib.
/// > Comput.* 48(1), 1998. doi:10.1006/jpdc.1997.1404
public struct MetisBaseline: Sendable {
  /// METIS's two ways to divide a graph.
  public enum Scheme: String, Sendable, CaseIterable {
    /// All blocks at once.
    case kway = "k-way"
    /// In two, again and again.
    case bisection = "recursive bisection"
  }

  private let problem: PartitioningProblem
  private let graph: MetisGraph
  private let seed: Int32

  /// METIS for a problem; `nil` where the cliques of large nets are too much for it.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - seed: Where METIS's random choices start from.
  public init?(_ problem: PartitioningProblem, seed: UInt64) {
    guard let graph = MetisGraph(cliquesOf: problem.hypergraph) else { return nil }
    self.problem = problem
    self.graph = graph
    self.seed = Int32(truncatingIfNeeded: seed & 0x3FFF_FFFF)
  }

  /// METIS's answer for a number of blocks, balanced as tightly as it offers.
  ///
  /// - Parameters:
  ///   - count: At least 1.
  ///   - scheme: How.
  /// - Returns: A block for each vertex, some perhaps too heavy or empty; `nil` where METIS gives up.
  public func blocks(_ count: Int, by scheme: Scheme) -> [Int32]? {
    // One block makes METIS divide by zero; as many blocks as vertices make it answer nonsense.
    guard count > 1 else { return [Int32](repeating: 0, count: graph.vertexCount) }
    guard count < graph.vertexCount else { return (0..<Int32(graph.vertexCount)).map { $0 } }
    return Metis.blocks(graph, count: count, shares: shares(count), scheme: scheme, seed: seed)
  }

  /// The historical loop: k-way division into one block more, again and again, until none is too heavy.
  ///
  /// - Parameters:
  ///   - fewest: How many blocks to begin with.
  ///   - shouldStop: Asked before each division.
  /// - Returns: A block for each vertex, numbered without gaps; `nil` where METIS gives up, was stopped, or blocks have
  ///   capacities of their own, with which one block more means nothing.
  public func untilItFits(from fewest: Int, shouldStop: () -> Bool = { false }) -> [Int32]? {
    guard case .uniform(let capacity) = problem.capacity else { return nil }
    for count in max(1, fewest)...max(1, fewest, graph.vertexCount) {
      if shouldStop() { return nil }
      guard let blocks = blocks(count, by: .kway) else { return nil }
      var weights = [Int](repeating: 0, count: count)
      for (vertex, block) in blocks.enumerated() {
        weights[Int(block)] += Int(problem.hypergraph.vertexWeights[vertex])
      }
      if weights.allSatisfy({ $0 <= capacity }) { return numbered(blocks, count: count) }
    }
    return nil
  }

  /// The part of the weight that each block should have, where they differ.
  private func shares(_ count: Int) -> [Float]? {
    guard case .perBlock(let capacities) = problem.capacity, capacities.count == count else { return nil }
    let total = Float(max(1, capacities.reduce(0, +)))
    return capacities.map { Float($0) / total }
  }

  /// METIS leaves blocks empty now and then: without them.
  private func numbered(_ blocks: [Int32], count: Int) -> [Int32] {
    var numbers = [Int32](repeating: -1, count: count)
    for block in blocks { numbers[Int(block)] = 0 }
    var next: Int32 = 0
    for block in numbers.indices where numbers[block] == 0 {
      numbers[block] = next
      next += 1
    }
    return blocks.map { numbers[Int($0)] }
  }
}
