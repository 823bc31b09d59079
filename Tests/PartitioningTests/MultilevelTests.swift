import TestSupport
import Testing

@testable import Partitioning

/// Coarser graphs, and search on them.
@Suite struct MultilevelTests {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func partitionsOfCoarserGraphsCostTheSameOnTheFinerOnes(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let hypergraph = Graphs.random(vertexCount: 60, links: 120, lans: 12, heaviest: 3, seed: seed)
    let graph = SearchGraph(hypergraph)
    let labels = (0..<60).map { $0 == 7 ? -1 : Int32($0 / 30) }
    let clustering = Clustering(graph, labels: labels, heaviest: 6, fewest: 5, random: &random)
    let contraction = Contraction(graph, clusterOf: clustering.clusterOf, count: clustering.count)
    #expect(clustering.count < 60)
    #expect(contraction.graph.vertexWeights.allSatisfy { $0 <= 6 })
    #expect(clustering.clusterOf.filter { $0 == clustering.clusterOf[7] }.count == 1)
    #expect(contraction.projected(contraction.restricted(labels)) == labels)

    let blocks = (0..<clustering.count).map { _ in Int32(random.index(below: 4)) }
    let capacities = [Int](repeating: 1000, count: 4)
    let coarse = BlockState(contraction.graph, blocks: blocks, capacities: capacities)
    let fine = BlockState(graph, blocks: contraction.projected(blocks), capacities: capacities)
    #expect(coarse.cost == fine.cost)
    #expect(coarse.loads.elements == fine.loads.elements)
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func cyclesAnswerWithFeasiblePartitions(seed: UInt64) throws {
    let hypergraph = Graphs.random(vertexCount: 90, links: 150, lans: 8, heaviest: 1, seed: seed)
    let blocks = (0..<90).map { Int32($0 % 6) }
    let task = SearchTask(
      graph: SearchGraph(hypergraph), capacities: [Int](repeating: 15, count: 6), isFixed: (0..<90).map { $0 < 10 },
      blocks: blocks)
    var random = RandomSource(seed: seed)
    let cycle = VCycle(clock: SearchClock(PartitioningOptions()), stepsPerVertex: 100)
    let labels = blocks.indices.map { task.isFixed[$0] ? -1 : blocks[$0] }
    let found = try #require(cycle.run(task, labels: labels, random: &random))
    let problem = PartitioningProblem(
      hypergraph, capacity: .uniform(15), blockCount: .exactly(6),
      fixedBlocks: blocks.indices.map { task.isFixed[$0] ? blocks[$0] : -1 })
    let report = PartitionVerifier(problem).report(found.blocks)
    #expect(report.violations == [])
    #expect(report.cost == found.cost)
    #expect(found.cost < SearchCost.connectivity(of: blocks, in: hypergraph))
  }

  @Test func clustersWeighWhatFitsAVertex() {
    var random = RandomSource(seed: 1)
    let hypergraph = Graphs.graph(vertexCount: 3, edges: [[0, 1], [1, 2]], weights: [.max, .max - 5, 5])
    let graph = SearchGraph(hypergraph)
    let clustering = Clustering(graph, labels: [0, 0, 0], heaviest: .max, fewest: 1, random: &random)
    let contraction = Contraction(graph, clusterOf: clustering.clusterOf, count: clustering.count)
    #expect(contraction.graph.vertexWeights == [.max, .max])
  }

  @Test func cyclesFindWhatSingleVerticesCannot() {
    // Eight cliques of five in a ring, dealt out so that each block of ten holds halves of four of them.
    var edges: [[Int]] = []
    for clique in 0..<8 {
      for first in 0..<5 {
        for second in (first + 1)..<5 { edges.append([5 * clique + first, 5 * clique + second]) }
      }
      edges.append([5 * clique, (5 * clique + 5) % 40])
    }
    let hypergraph = Graphs.graph(vertexCount: 40, edges: edges)
    let blocks = (0..<40).map { Int32($0 % 4) }
    let task = SearchTask(
      graph: SearchGraph(hypergraph), capacities: [10, 10, 10, 10], isFixed: [Bool](repeating: false, count: 40),
      blocks: blocks)
    let cycles = RegionCycles(clock: SearchClock(PartitioningOptions()), seed: 1, passes: 30, stepsPerVertex: 100)
    let start = SearchCost.connectivity(of: blocks, in: hypergraph)
    let found = cycles.run(task, cost: start)
    #expect(found.cost == 4 && SearchCost.connectivity(of: found.blocks, in: hypergraph) == 4)
  }
}

extension MultilevelTests {
  @Test(arguments: [0.0, 0.3])
  func cyclesInRegionsKeepWhatIsFixedAndNeverMakeWorse(fixed: Double) {
    var random = SplitMix64(seed: 3)
    let hypergraph = Graphs.grid(15, 20)
    let blocks = (0..<300).map { Int32($0 / 10) }
    let task = SearchTask(
      graph: SearchGraph(hypergraph), capacities: [Int](repeating: 10, count: 30),
      isFixed: blocks.map { _ in Double.random(in: 0..<1, using: &random) < fixed }, blocks: blocks)
    let cycles = RegionCycles(
      clock: SearchClock(PartitioningOptions()), seed: 1, passes: 3, stepsPerVertex: 30)
    let before = SearchCost.connectivity(of: blocks, in: hypergraph)
    let found = cycles.run(task, cost: before)
    let problem = PartitioningProblem(
      hypergraph, capacity: .uniform(10), blockCount: .exactly(30),
      fixedBlocks: blocks.indices.map { task.isFixed[$0] ? blocks[$0] : -1 })
    #expect(PartitionVerifier(problem).report(found.blocks).violations == [])
    #expect(SearchCost.connectivity(of: found.blocks, in: hypergraph) == found.cost && found.cost < before)
    #expect(cycles.run(task, cost: before) == found)
  }
}
