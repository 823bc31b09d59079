import TestSupport
import Testing

@testable import Partitioning

/// The parts of the search, each on its own.
@Suite struct SearchTests {
  @Test(arguments: 0..<6 as Range<UInt64>)
  func gainsAndCostsStayTrueThroughMovesAndSwaps(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let hypergraph = Graphs.random(vertexCount: 40, links: 60, lans: 10, seed: seed)
    let blockCount = 6
    let blocks = (0..<40).map { Int32($0 % blockCount) }
    var state = BlockState(SearchGraph(hypergraph), blocks: blocks, capacities: [Int](repeating: 40, count: blockCount))
    func recount(_ state: borrowing BlockState) -> Int {
      SearchCost.connectivity(of: state.blockOf.elements, in: hypergraph)
    }
    #expect(state.cost == recount(state))
    for _ in 0..<300 {
      let first = Int32(random.index(below: 40)), second = Int32(random.index(below: 40))
      let before = state.cost
      if state.blockOf[first] != state.blockOf[second], random.index(below: 2) == 0 {
        let gain = state.swapGain(first, second)
        state.swap(first, second, gain: gain)
        #expect(state.cost == before - gain)
      } else {
        let target = Int32(random.index(below: blockCount))
        if target == state.blockOf[first] { continue }
        let gain = state.moveGain(first, to: target)
        state.move(first, to: target, gain: gain)
      }
      #expect(state.cost == recount(state), "seed \(seed)")
    }
  }

  @Test func parallelLinksAreMergedWhereTheirWeightsFit() {
    let hypergraph = Hypergraph(
      vertexWeights: [1, 1, 1], nets: [[0, 1], [1, 0], [1, 2], [2, 1]], netWeights: [2, 3, .max, 1])
    let graph = SearchGraph(hypergraph)
    #expect(graph.arcTargets == [1, 0, 2, 2, 1, 1])
    #expect(graph.arcWeights == [5, 5, .max, 1, .max, 1])
  }

  @Test func whatIsCutIsWeighed() {
    // Two links of 1 and 3 are cut, a LAN of 8 too, and one of 20 isn't.
    let hypergraph = Hypergraph(
      vertexWeights: [Int32](repeating: 1, count: 6), nets: [[0, 3], [1, 4], [2, 3, 4], [3, 4, 5]],
      netWeights: [1, 3, 8, 20])
    let task = SearchTask(
      graph: SearchGraph(hypergraph), capacities: [3, 3], isFixed: [Bool](repeating: false, count: 6),
      blocks: [0, 0, 0, 1, 1, 1])
    let cut = CutNets(task)
    #expect(cut.share == 0.75)
    #expect(cut.meanWeight == 4.0 / 8)
    #expect(abs(cut.heavyWeight - (74.0 / 12) / 8) < 1e-12)
    #expect(cut.heavier(by: 4).meanWeight == 1)
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func theUnitOfWeightsDoesntMatter(seed: UInt64) {
    let hypergraph = Graphs.random(vertexCount: 90, links: 200, lans: 6, seed: seed)
    let nets = (0..<hypergraph.netCount).map { Array(hypergraph.pins[hypergraph.pinRange(ofNet: $0)]) }
    let partitions = [1, 1024].map { unit in
      // From 1 to 4⁵ units.
      let weights = hypergraph.netWeights.enumerated().map { Int32(unit) << (2 * (($1 * 7 + Int32($0)) % 6)) }
      return expectPartition(
        of: PartitioningProblem(
          Hypergraph(vertexWeights: hypergraph.vertexWeights, nets: nets, netWeights: weights), capacity: .uniform(7)),
        options: PartitioningOptions(effort: .fast, usesIntegerPrograms: false))
    }
    #expect(partitions[0]?.blocks == partitions[1]?.blocks)
    #expect(partitions[0].map { $0.cost * 1024 } == partitions[1]?.cost)
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func spareVerticesFillWhatRoomIsLeft(seed: UInt64) throws {
    // A random graph of 30 vertices, and 25 that nothing joins, two of them fixed.
    let joined = Graphs.random(vertexCount: 30, links: 45, lans: 2, seed: seed)
    let nets = (0..<joined.netCount).map { Array(joined.pins[joined.pinRange(ofNet: $0)]) }
    let hypergraph = Hypergraph(vertexWeights: [Int32](repeating: 1, count: 55), nets: nets)
    var fixed = [Int32](repeating: -1, count: 55)
    (fixed[40], fixed[41]) = (0, 3)
    let problem = PartitioningProblem(hypergraph, capacity: .uniform(8), fixedBlocks: seed % 2 == 0 ? [] : fixed)
    let partition = try #require(expectPartition(of: problem, options: PartitioningOptions(usesIntegerPrograms: false)))

    let task = SearchTask(
      graph: SearchGraph(hypergraph), capacities: [Int](repeating: 8, count: partition.blockCount),
      isFixed: fixed.map { seed % 2 == 1 && $0 >= 0 }, blocks: partition.blocks)
    let spare = try #require(SpareVertices(task))
    #expect(spare.task.blocks.count < 55 && Set(spare.task.blocks).count == partition.blockCount)
    let filled = spare.filled(spare.task.blocks)
    #expect(PartitionVerifier(problem).report(filled).violations == [])
    #expect(SearchCost.connectivity(of: filled, in: hypergraph) == partition.cost)
  }

  @Test func recursiveBisectionOfUnitWeightsIsWithinTheCapacities() {
    for blockCount in [2, 3, 7, 20] {
      let hypergraph = Graphs.grid(10, 14)
      let capacity = (140 + blockCount - 1) / blockCount
      let blocks = RecursiveBisection.blocks(
        of: SearchGraph(hypergraph), capacities: [Int](repeating: capacity, count: blockCount), seed: 1,
        shouldStop: { false })
      let report = PartitionVerifier(
        PartitioningProblem(hypergraph, capacity: .uniform(capacity), blockCount: .exactly(blockCount))
      ).report(blocks)
      #expect(report.violations == [], "\(blockCount) blocks")
    }
  }

  @Test func metisAnswersTheSameWhoeverElseCallsIt() async {
    let baseline = MetisBaseline(PartitioningProblem(Graphs.grid(30, 30), capacity: .uniform(10)), seed: 7)
    let expected = baseline?.blocks(90, by: .bisection)
    #expect(expected != nil)
    await withTaskGroup { group in
      for _ in 0..<4 { group.addTask { baseline?.blocks(90, by: .bisection) } }
      for await blocks in group { #expect(blocks == expected) }
    }
  }

  @Test func greedyGrowthKeepsFixedVerticesAndCapacities() {
    let hypergraph = Graphs.grid(8, 8)
    let isFixed = (0..<64).map { $0 % 9 == 0 }
    let task = SearchTask(
      graph: SearchGraph(hypergraph), capacities: [Int](repeating: 8, count: 8), isFixed: isFixed,
      blocks: (0..<64).map { Int32($0 / 8) })
    let blocks = GreedyGrowth.blocks(of: task, shouldStop: { false })
    for vertex in 0..<64 where isFixed[vertex] { #expect(blocks[vertex] == task.blocks[vertex]) }
    for block in 0..<Int32(8) { #expect(blocks.count { $0 == block } <= 8) }
    #expect(!blocks.contains(-1))
  }

  @Test func repairMakesAnOverfullPartitionFeasible() throws {
    let hypergraph = Graphs.random(vertexCount: 60, links: 100, lans: 0, heaviest: 6, seed: 2)
    let capacity = hypergraph.totalWeight / 10 + 4
    let task = SearchTask(
      graph: SearchGraph(hypergraph), capacities: [Int](repeating: capacity, count: 10),
      isFixed: [Bool](repeating: false, count: 60), blocks: [Int32](repeating: 0, count: 60))
    let blocks = try #require(Repair.feasible([Int32](repeating: 0, count: 60), task))
    let problem = PartitioningProblem(hypergraph, capacity: .uniform(capacity), blockCount: .exactly(10))
    #expect(PartitionVerifier(problem).report(blocks).violations == [])
  }

  @Test func regionsCoverEveryVertexAndShareNoBlock() {
    let hypergraph = Graphs.random(vertexCount: 300, links: 500, lans: 10, seed: 1)
    let blocks = (0..<300).map { Int32($0 / 10) }
    let task = SearchTask(
      graph: SearchGraph(hypergraph), capacities: [Int](repeating: 10, count: 30),
      isFixed: [Bool](repeating: false, count: 300), blocks: blocks)
    var random = RandomSource(seed: 1)
    let parts = Regions.parts(task, size: 50, random: &random)
    #expect(parts.vertices.flatMap { $0 }.sorted() == (0..<300).map { $0 })
    #expect(parts.vertices.dropLast().allSatisfy { $0.count >= 50 })
    for block in 0..<30 { #expect(Set((0..<10).map { parts.partOf[block * 10 + $0] }).count == 1) }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func boundsHoldForTheOptimum(seed: UInt64) {
    var random = RandomProblem(seed: 1000 + seed)
    for _ in 0..<20 {
      var problem = random.next(vertexCount: 3...7)
      (problem.classes, problem.fixedBlocks, problem.blockCount) = ([], [], .fewest)
      guard case .uniform(let capacity) = problem.capacity, let solution = Oracle.solution(problem) else { continue }
      let task = SearchTask(
        graph: SearchGraph(problem.hypergraph), capacities: [Int](repeating: capacity, count: solution.blockCount),
        isFixed: [], blocks: [])
      #expect(StructuralBound.bound(task) <= solution.cost, "\(problem)")
    }
  }
}
