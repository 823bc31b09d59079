import Partitioning
import TestSupport
import Testing

/// Graphs as a stranger may send them: each has the right answer, whatever the effort, and its bound is proven.
@Suite struct HostileGraphTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Its nets, or its lines where it is a METIS graph.
    var text: String
    var isHypergraph = true
    var capacity: PartitioningProblem.Capacity
    var count = PartitioningProblem.BlockCount.fewest
    var blocks: Int
    var cost: Int
  }

  private static let square = "4 4\n1 2\n2 3\n3 4\n4 1\n"
  private static let heaviest = """
    4 4 11
    2147483647 2 2147483647 4 2147483647
    2147483647 1 2147483647 3 2147483647
    2147483647 2 2147483647 4 2147483647
    2147483647 1 2147483647 3 2147483647

    """

  private static let examples: [Example] = [
    .init(
      testDescription: "no vertices", text: "0 0\n", isHypergraph: false, capacity: .uniform(1), blocks: 0, cost: 0),
    .init(
      testDescription: "one vertex", text: "1 0\n\n", isHypergraph: false, capacity: .uniform(1), blocks: 1, cost: 0),
    .init(
      testDescription: "no edges", text: "5 0\n\n\n\n\n\n", isHypergraph: false, capacity: .uniform(2), blocks: 3,
      cost: 0),
    .init(testDescription: "self loops", text: "3 3\n1 1\n2 2 2\n1 2 3\n", capacity: .uniform(1), blocks: 3, cost: 2),
    .init(testDescription: "parallel nets", text: "3 2\n1 2\n2 1\n1 2 1\n", capacity: .uniform(1), blocks: 2, cost: 3),
    .init(testDescription: "single-pin nets", text: "2 2 1\n9 1\n9 2\n", capacity: .uniform(1), blocks: 2, cost: 0),
    .init(
      testDescription: "one net over everything", text: "1 300\n" + (1...300).map { "\($0) " }.joined() + "\n",
      capacity: .uniform(10), blocks: 30, cost: 29),
    .init(
      testDescription: "weights at the limit, each vertex alone", text: heaviest, isHypergraph: false,
      capacity: .uniform(2_147_483_647), blocks: 4, cost: 8_589_934_588),
    .init(
      testDescription: "weights at the limit, in pairs", text: heaviest, isHypergraph: false,
      capacity: .uniform(4_294_967_294), blocks: 2, cost: 4_294_967_294),
    .init(
      testDescription: "no weight at all", text: "1 3 11\n0 1 2\n0\n0\n0\n", capacity: .uniform(1), blocks: 1, cost: 0),
    .init(testDescription: "the largest capacity", text: square, capacity: .uniform(.max), blocks: 1, cost: 0),
    .init(
      testDescription: "two blocks of the largest capacity", text: square, capacity: .uniform(.max), count: .exactly(2),
      blocks: 2, cost: 2),
    .init(
      testDescription: "the largest capacity for each block", text: square, capacity: .perBlock([.max, .max, .max]),
      blocks: 3, cost: 3),
  ]

  @Test(arguments: examples, Effort.allCases)
  func hasTheRightAnswer(example: Example, effort: Effort) throws {
    let bytes = Array(example.text.utf8)
    let hypergraph =
      try example.isHypergraph ? Hypergraph(hmetis: bytes, file: "x") : Hypergraph(metisGraph: bytes, file: "x")
    let problem = PartitioningProblem(hypergraph, capacity: example.capacity, blockCount: example.count)
    let partition = try #require(expectPartition(of: problem, options: PartitioningOptions(effort: effort)))
    #expect(partition.blockCount == example.blocks && partition.cost == example.cost && partition.isOptimal)
    #expect(partition.certificate.map { BoundVerifier(problem).verdict(on: $0) } == .holds)
  }

  @Test func aCapacityBelowAVertexIsToldWithTheVertex() {
    let problem = PartitioningProblem(Hypergraph(vertexWeights: [1, 7], nets: []), capacity: .uniform(6))
    #expect(
      Partitioner().solve(problem) == .infeasible(.vertexTooHeavy(vertex: 1, weight: 7, capacity: 6)))
  }

  @Test(arguments: [0, 1, 7, Int.max])
  func askingForMoreBlocksThanVerticesIsRefusedWithoutTakingMemory(capacity: Int) {
    let problem = PartitioningProblem(Graphs.path(3), capacity: .uniform(max(1, capacity)), blockCount: .exactly(.max))
    #expect(Partitioner().solve(problem) == .infeasible(.tooManyBlocks(asked: .max, possible: 3)))
  }
}
