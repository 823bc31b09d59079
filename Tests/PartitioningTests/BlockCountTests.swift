import Partitioning
import TestSupport
import Testing

/// How many blocks there are: bin packing with weights, classes and fixed contents.
@Suite struct BlockCountTests {
  private func problem(
    _ weights: [Int32], _ capacity: Int, blockCount: PartitioningProblem.BlockCount = .fewest, classes: [Int32] = [],
    fixed: [Int32] = []
  ) -> PartitioningProblem {
    PartitioningProblem(
      Hypergraph(vertexWeights: weights, nets: []), capacity: .uniform(capacity), blockCount: blockCount,
      classes: classes, fixedBlocks: fixed)
  }

  private func outcome(_ problem: PartitioningProblem) -> PartitioningOutcome {
    Partitioner(options: PartitioningOptions(effort: .fast)).solve(problem)
  }

  @Test(arguments: [(0, 0), (1, 1), (10, 1), (11, 2), (20, 2), (101, 11)])
  func unitWeightsNeedTheCeiling(vertices: Int, blocks: Int) {
    let partition = expectPartition(of: problem([Int32](repeating: 1, count: vertices), 10))
    #expect(partition?.blockCount == blocks)
    #expect(partition?.fewestBlocks == blocks)
  }

  @Test func packsWhereFirstFitDecreasingOpensTooMany() {
    // First fit decreasing puts 6 and 4 together nowhere that helps: it needs three blocks.
    let partition = expectPartition(of: problem([7, 5, 4, 4, 3, 3, 2, 2], 10))
    #expect(partition?.blockCount == 3)
    let tight = expectPartition(of: problem([44, 24, 24, 22, 21, 17, 8, 8, 6, 6], 60))
    #expect(tight?.blockCount == 3)
  }

  @Test func provesThatFourThirdsDoNotShare() {
    // 3 × 34 > 100: weight alone would allow fewer.
    let partition = expectPartition(of: problem([Int32](repeating: 34, count: 8), 100))
    #expect(partition?.blockCount == 4)
    let mixed = expectPartition(of: problem([51, 51, 51, 34, 34, 34, 34, 34, 34], 100))
    #expect(mixed?.blockCount == 5)
    #expect(mixed?.fewestBlocks == 5)
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func agreesWithDynamicProgrammingOverSubsets(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<8 {
      let capacity = Int.random(in: 10...40, using: &random)
      let weights = (0..<10).map { _ in Int32.random(in: 1...Int32(capacity), using: &random) }
      let partition = expectPartition(of: problem(weights, capacity))
      #expect(partition?.blockCount == fewestBins(weights.map(Int.init), capacity), "\(weights) in \(capacity)")
      #expect(partition?.fewestBlocks == partition?.blockCount, "\(weights) in \(capacity)")
    }
  }

  /// Fewest bins by the best (bins, load of the last) for each subset.
  private func fewestBins(_ weights: [Int], _ capacity: Int) -> Int {
    var best = [(bins: Int, load: Int)](repeating: (.max, .max), count: 1 << weights.count)
    best[0] = (0, capacity)
    for subset in 1..<best.count {
      for item in weights.indices where subset & (1 << item) != 0 {
        let (bins, load) = best[subset ^ (1 << item)]
        let next = load + weights[item] <= capacity ? (bins, load + weights[item]) : (bins + 1, weights[item])
        if next < best[subset] { best[subset] = next }
      }
    }
    return best[best.count - 1].bins
  }

  @Test func fillsBlocksThatFixedVerticesNameFirst() {
    let fixed: [Int32] = [0, 0, 1] + [Int32](repeating: -1, count: 7)
    let partition = expectPartition(of: problem([Int32](repeating: 1, count: 10), 5, fixed: fixed))
    #expect(partition?.blockCount == 2)
  }

  @Test func namesUpToTheHighestFixedBlockAreAllUsed() {
    let fixed: [Int32] = [3, -1, -1, -1, -1]
    let partition = expectPartition(of: problem([1, 1, 1, 1, 1], 5, fixed: fixed))
    #expect(partition?.blockCount == 4)
    #expect(
      outcome(problem([1, 1], 5, fixed: [1_000_000, -1])) == .infeasible(.tooManyBlocks(asked: 1_000_001, possible: 2)))
  }

  @Test func eachClassHasBlocksOfItsOwn() {
    let classes: [Int32] = [7, 7, 7, 3, 3, 9]
    let partition = expectPartition(of: problem([1, 1, 1, 1, 1, 1], 2, classes: classes))
    #expect(partition?.blockCount == 4)
  }

  @Test func usesExactlyAsManyBlocksAsAskedFor() {
    for count in 2...6 {
      let partition = expectPartition(
        of: problem([1, 1, 1, 1, 1, 1], 5, blockCount: .exactly(count), classes: [0, 0, 0, 0, 1, 1]))
      #expect(partition?.blockCount == count)
    }
  }

  @Test func perBlockCapacitiesAreKept() {
    let hypergraph = Hypergraph(
      vertexWeights: [5, 4, 3, 2, 1, 0], nets: [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]])
    let partition = expectPartition(of: PartitioningProblem(hypergraph, capacity: .perBlock([1, 9, 5])))
    #expect(partition?.blockCount == 3)
  }

  @Test func saysWhyNothingIsFeasible() {
    #expect(outcome(problem([1, 6], 5)) == .infeasible(.vertexTooHeavy(vertex: 1, weight: 6, capacity: 5)))
    #expect(
      outcome(problem([3, 3], 5, fixed: [0, 0])) == .infeasible(.fixedTooHeavy(block: 0, weight: 6, capacity: 5)))
    #expect(
      outcome(problem([1, 1], 5, classes: [1, 2], fixed: [0, 0]))
        == .infeasible(.fixedClassesMeet(block: 0, vertices: [0, 1])))
    #expect(
      outcome(problem([1, 1], 5, blockCount: .exactly(2), fixed: [-1, 2]))
        == .infeasible(.fixedOutside(vertex: 1, block: 2, asked: 2)))
    #expect(
      outcome(problem([3, 3, 3], 5, blockCount: .exactly(2))) == .infeasible(.tooFewBlocks(asked: 2, needed: 3)))
    #expect(
      outcome(problem([1, 1, 1], 5, blockCount: .exactly(4))) == .infeasible(.tooManyBlocks(asked: 4, possible: 3)))
    #expect(outcome(problem([], 5, blockCount: .exactly(1))) == .infeasible(.tooManyBlocks(asked: 1, possible: 0)))
    #expect(outcome(problem([1], 5, blockCount: .exactly(0))) == .infeasible(.tooFewBlocks(asked: 0, needed: 1)))
  }

  @Test func saysWhyCapacitiesOfBlocksDoNotDo() {
    func outcome(_ weights: [Int32], _ capacities: [Int]) -> PartitioningOutcome {
      self.outcome(
        PartitioningProblem(Hypergraph(vertexWeights: weights, nets: []), capacity: .perBlock(capacities)))
    }
    #expect(outcome([2, 2, 2], [4, 1]) == .infeasible(.overCapacity(weight: 6, capacity: 4)))
    #expect(outcome([2, 2], [4, 1]) == .infeasible(.blockStaysEmpty(block: 1, capacity: 1)))
    #expect(outcome([3, 3, 1], [5, 2]) == .infeasible(.noPacking))
    #expect(outcome([1], [5, 2]) == .infeasible(.tooManyBlocks(asked: 2, possible: 1)))
  }

  @Test func packsManyDifferentWeightsIntoFewBlocks() throws {
    var random = SplitMix64(seed: 3)
    let weights = (0..<400).map { _ in Int32.random(in: 1...100, using: &random) }
    let partition = try #require(expectPartition(of: problem(weights, 150)))
    let ceiling = (weights.reduce(0) { $0 + Int($1) } + 149) / 150
    #expect(partition.blockCount <= ceiling + 1)
    #expect(partition.fewestBlocks >= ceiling)
  }
}
