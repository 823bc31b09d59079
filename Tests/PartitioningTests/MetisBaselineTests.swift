import Partitioning
import TestSupport
import Testing

@Suite struct MetisBaselineTests {
  private func grid(_ side: Int) -> Hypergraph {
    var nets: [[Int32]] = []
    for row in 0..<side {
      for column in 0..<side {
        let vertex = Int32(row * side + column)
        if column + 1 < side { nets.append([vertex, vertex + 1]) }
        if row + 1 < side { nets.append([vertex, vertex + Int32(side)]) }
      }
    }
    return Hypergraph(vertexWeights: Array(repeating: 1, count: side * side), nets: nets)
  }

  @Test(arguments: MetisBaseline.Scheme.allCases)
  func theSameSeedGivesTheSameBlocks(scheme: MetisBaseline.Scheme) throws {
    let problem = PartitioningProblem(grid(12), capacity: .uniform(10))
    let metis = try #require(MetisBaseline(problem, seed: 3))
    let blocks = try #require(metis.blocks(15, by: scheme))
    #expect(blocks.count == 144 && blocks.allSatisfy { (0..<15).contains($0) })
    #expect(metis.blocks(15, by: scheme) == blocks)
  }

  @Test(arguments: [2, 3, 5, 10, 25])
  func theLoopEndsWithAFeasiblePartition(capacity: Int) throws {
    let problem = PartitioningProblem(grid(12), capacity: .uniform(capacity))
    let metis = try #require(MetisBaseline(problem, seed: 1))
    let blocks = try #require(metis.untilItFits(from: (144 + capacity - 1) / capacity))
    #expect(PartitionVerifier(problem).report(blocks).violations == [])
    #expect(metis.untilItFits(from: 1) { true } == nil, "stopped")
  }

  @Test(arguments: 0..<20)
  func oddHypergraphsAreDividedToo(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 1...30, using: &random)
    let nets = (0..<Int.random(in: 0...20, using: &random)).map { _ in
      (0..<Int.random(in: 1...8, using: &random)).map { _ in Int32.random(in: 0..<Int32(count), using: &random) }
    }
    let largest = seed % 2 == 0 ? 5 : Int32.max
    let hypergraph = Hypergraph(
      vertexWeights: (0..<count).map { _ in Int32.random(in: 1...largest, using: &random) }, nets: nets,
      netWeights: nets.map { _ in Int32.random(in: 0...largest, using: &random) })
    let problem = PartitioningProblem(hypergraph, capacity: .uniform(2 * Int(largest)))
    let metis = try #require(MetisBaseline(problem, seed: seed))
    for blockCount in 1...(count + 1) {
      for scheme in MetisBaseline.Scheme.allCases {
        let blocks = try #require(metis.blocks(blockCount, by: scheme))
        #expect(blocks.count == count && blocks.allSatisfy { (0..<Int32(max(blockCount, count))).contains($0) })
      }
    }
    let blocks = try #require(metis.untilItFits(from: 1))
    #expect(PartitionVerifier(problem).report(blocks).violations == [])
  }

  @Test func cliquesOfHugeNetsAreRefusedWithoutBeingMade() {
    let hypergraph = Hypergraph(
      vertexWeights: Array(repeating: 1, count: 200_000), nets: [(0..<200_000).map { Int32($0) }])
    #expect(MetisBaseline(PartitioningProblem(hypergraph, capacity: .uniform(10)), seed: 1) == nil)
  }

  @Test func blocksOfTheirOwnCapacitiesHaveNoLoop() throws {
    let problem = PartitioningProblem(grid(3), capacity: .perBlock([6, 3]))
    let metis = try #require(MetisBaseline(problem, seed: 1))
    #expect(metis.untilItFits(from: 2) == nil)
    let blocks = try #require(metis.blocks(2, by: .bisection))
    #expect(blocks.count { $0 == 0 } > blocks.count { $0 == 1 }, "METIS is told the capacities")
  }
}
