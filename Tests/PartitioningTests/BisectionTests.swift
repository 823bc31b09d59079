import TestSupport
import Testing

@testable import Partitioning

/// Bisections that are grown and refined.
@Suite struct BisectionTests {
  @Test(arguments: 0..<12 as Range<UInt64>)
  func cutsAndGainsStayTrueAndSidesWithinTheirLimits(seed: UInt64) {
    let hypergraph = Graphs.random(vertexCount: 60, links: 90, lans: seed % 2 == 0 ? 0 : 8, seed: seed)
    let limits = seed % 3 == 0 ? [30, 30] : [24, 40]
    var bisection = Bisection(SearchGraph(hypergraph), limits: limits, leastCounts: [3, 4])
    var random = RandomSource(seed: seed)
    for _ in 0..<3 {
      bisection.grow(random: &random)
      let (excess, cut) = bisection.refine()
      let sides = bisection.isSecond
      #expect(excess == 0)
      #expect(cut == SearchCost.connectivity(of: sides.map { $0 ? 1 : 0 }, in: hypergraph))
      let second = sides.count { $0 }
      #expect(second <= limits[1] && 60 - second <= limits[0])
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func sidesThatAreTooHeavyAreMadeToFit(seed: UInt64) {
    let hypergraph = Graphs.random(vertexCount: 50, links: 80, lans: 4, heaviest: 4, seed: seed)
    let half = (hypergraph.totalWeight + 8) / 2
    var bisection = Bisection(SearchGraph(hypergraph), limits: [half, half], leastCounts: [5, 5])
    bisection.set([Bool](repeating: false, count: 50))
    let (excess, cut) = bisection.refine()
    #expect(excess == 0)
    #expect(cut == SearchCost.connectivity(of: bisection.isSecond.map { $0 ? 1 : 0 }, in: hypergraph))
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func coarserGraphsAreBisectedForFinerOnes(seed: UInt64) {
    let hypergraph = Graphs.random(vertexCount: 900, links: 1800, lans: 60, heaviest: seed % 2 == 0 ? 1 : 5, seed: seed)
    let limits = [hypergraph.totalWeight / 3 + 3, 2 * hypergraph.totalWeight / 3 + 3]
    var random = RandomSource(seed: seed)
    let isSecond = MultilevelBisection(limits: limits)
      .isSecond(in: SearchGraph(hypergraph), leastCounts: [100, 200], random: &random)
    for side in 0..<2 {
      let vertices = (0..<900).filter { isSecond[$0] == (side == 1) }
      #expect(vertices.count >= 100 * (side + 1))
      #expect(vertices.reduce(0) { $0 + Int(hypergraph.vertexWeights[$1]) } <= limits[side])
    }
    // Sides taken at random cut far more.
    let others = (0..<900).map { Int32($0 % 3 == 0 ? 0 : 1) }
    let cut = SearchCost.connectivity(of: isSecond.map { $0 ? 1 : 0 }, in: hypergraph)
    #expect(2 * cut < SearchCost.connectivity(of: others, in: hypergraph))
  }

  @Test func twoGridsInARowAreDividedWhereTheyMeet() {
    // Two grids of 5 by 5, joined by a single link.
    let edges = (0..<50).flatMap { vertex -> [[Int]] in
      (vertex % 5 < 4 ? [[vertex, vertex + 1]] : []) + (vertex % 25 < 20 ? [[vertex, vertex + 5]] : [])
    }
    let hypergraph = Graphs.graph(vertexCount: 50, edges: edges + [[24, 25]])
    let blocks = RecursiveBisection.blocks(
      of: SearchGraph(hypergraph), capacities: [25, 25], seed: 1, shouldStop: { false })
    #expect(SearchCost.connectivity(of: blocks, in: hypergraph) == 1)
  }
}
