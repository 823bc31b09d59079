import Partitioning
import Testing

@Suite struct VerifierTests {
  private typealias Violation = PartitionVerifier.Violation

  private func violations(
    _ blocks: [Int32], capacity: PartitioningProblem.Capacity = .uniform(2),
    blockCount: PartitioningProblem.BlockCount = .fewest, classes: [Int32] = [], fixed: [Int32] = []
  ) -> [Violation] {
    PartitionVerifier(
      PartitioningProblem(
        Graphs.path(4), capacity: capacity, blockCount: blockCount, classes: classes, fixedBlocks: fixed)
    ).report(blocks).violations
  }

  @Test func findsEveryKindOfMistake() {
    #expect(violations([0, 0, 1, 1]) == [])
    #expect(violations([0, 0, 1]) == [.wrongLength(found: 3, vertices: 4)])
    #expect(violations([0, 0, -1, 1]) == [.negativeBlock(vertex: 2, block: -1)])
    #expect(violations([0, 0, 0, 1]) == [.overCapacity(block: 0, weight: 3, capacity: 2)])
    #expect(violations([0, 0, 2, 2]) == [.emptyBlock(block: 1)])
    #expect(violations([0, 0, 1, 1], classes: [1, 1, 1, 2]) == [.classesMeet(block: 1, vertices: [2, 3])])
    #expect(violations([0, 0, 1, 1], fixed: [-1, -1, -1, 0]) == [.fixedElsewhere(vertex: 3, fixed: 0, found: 1)])
    #expect(violations([0, 0, 1, 1], blockCount: .exactly(3)) == [.wrongBlockCount(found: 2, asked: 3)])
    #expect(
      violations([0, 0, 1, 1], capacity: .perBlock([2, 1])) == [.overCapacity(block: 1, weight: 2, capacity: 1)])
  }

  @Test func countsConnectivity() {
    let hypergraph = Hypergraph(
      vertexWeights: [1, 2, 3, 4], nets: [[0, 1, 2, 3], [0, 1], [3]], netWeights: [10, 1, 7])
    let report = PartitionVerifier(PartitioningProblem(hypergraph, capacity: .uniform(10))).report([0, 1, 1, 2])
    #expect(report.cost == 21 && report.blockCount == 3 && report.maxBlockWeight == 5 && report.isFeasible)
  }
}
