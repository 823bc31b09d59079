import TestSupport
import Testing

@testable import Partitioning

/// Column generation and the integer program against brute force.
@Suite struct SetPartitioningTests {
  private let exact = SetPartitioning(workLimit: 100_000_000, columnLimit: 10_000, nodeLimit: 1000)

  @Test(arguments: 0..<10 as Range<UInt64>)
  func findsAndProvesTheOptimumOfTinyProblems(seed: UInt64) throws {
    var problems = RandomProblem(seed: 2000 + seed)
    for number in 0..<20 {
      var problem = problems.next(vertexCount: 2...7)
      problem.classes = []
      guard let solution = Oracle.solution(problem), let task = SearchTask(problem), task.capacities.count > 1 else {
        continue
      }
      var listing = exact
      listing.connected = ConnectedPricing(task, mostWork: 1_000_000)
      for way in [exact, listing] {
        let answer = way.solve(task, shouldStop: { false })
        let comment: Comment = "problem \(number) of seed \(seed): \(problem)"
        let report = PartitionVerifier(problem).report(answer.blocks)
        #expect(report.isFeasible && report.cost == answer.cost, comment)
        #expect(answer.cost == solution.cost && answer.lowerBound == solution.cost, comment)
      }
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func boundsThatEndEarlyHoldToo(seed: UInt64) throws {
    var problems = RandomProblem(seed: 3000 + seed)
    for _ in 0..<20 {
      var problem = problems.next(vertexCount: 4...7)
      problem.classes = []
      guard let solution = Oracle.solution(problem), let task = SearchTask(problem), task.capacities.count > 1 else {
        continue
      }
      for workLimit in [1000, 20_000, 300_000] {
        let hurried = SetPartitioning(workLimit: workLimit, columnLimit: 10, nodeLimit: 1)
        let answer = hurried.solve(task, shouldStop: { false })
        #expect(answer.lowerBound <= solution.cost && answer.cost >= solution.cost, "\(problem)")
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func pricingFindsTheBlockThatIsWorthMost(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let hypergraph = Graphs.random(
      vertexCount: 9, links: 12, lans: seed % 2 == 0 ? 0 : 2, heaviest: seed % 3 == 0 ? 3 : 1, seed: seed)
    let graph = PricingGraph(SearchGraph(hypergraph))
    let prices = (0..<9).map { _ in random.index(below: 120) - 10 }
    let isAllowed = (0..<9).map { _ in random.index(below: 6) > 0 }
    let kind = BlockKind(capacity: 5, blocks: [0], required: [], isOptional: false)
    var worths: [Int] = []
    for set in 1..<(1 << 9) {
      let block = (0..<9).filter { set >> $0 & 1 == 1 }
      let weight = block.reduce(0) { $0 + Int(hypergraph.vertexWeights[$1]) }
      if weight > 5 || block.contains(where: { !isAllowed[$0] }) { continue }
      worths.append(block.reduce(0) { $0 + prices[$1] } - 8 * graph.cost(of: block.map(Int32.init)))
    }
    guard let best = worths.max() else { return }
    var pricing = BlockPricing(graph, scale: 8, largestCapacity: 5)
    pricing.prepare(prices: prices, isAllowed: isAllowed, capacity: 5)
    let found = pricing.search(kind, threshold: best - 1, aim: .best, workLimit: 10_000_000)
    #expect(found.isExact && found.best == best)
    pricing.prepare(prices: prices, isAllowed: isAllowed, capacity: 5)
    let none = pricing.search(kind, threshold: best, aim: .best, workLimit: 10_000_000)
    #expect(none.isExact && none.blocks.isEmpty)
    pricing.prepare(prices: prices, isAllowed: isAllowed, capacity: 5)
    let all = pricing.search(kind, threshold: best - 20, aim: .all(most: 1000), workLimit: 10_000_000)
    #expect(all.isExact && Set(all.blocks).count == worths.count { $0 > best - 20 })

    // Several searches that share the work find the same.
    let shared = SharedPricing(graph, scale: 8, largestCapacity: 5, searchCount: 4, shouldStop: { false })
    let together = shared.search(
      kind, prices: prices, isAllowed: isAllowed, threshold: best - 1, aim: .best, workLimit: 10_000_000)
    #expect(together.isExact && together.best == best)
    let allTogether = shared.search(
      kind, prices: prices, isAllowed: isAllowed, threshold: best - 20, aim: .all(most: 1000), workLimit: 10_000_000)
    #expect(allTogether.isExact && Set(allTogether.blocks) == Set(all.blocks))
    #expect(allTogether.blocks.count == all.blocks.count, "no block twice")

    // A climb ends at a block that it may have, worth no less than where it began.
    let start = isAllowed.indices.filter { isAllowed[$0] }.prefix(1).map(Int32.init)
    func worth(_ block: [Int32]) -> Int { block.reduce(-8 * graph.cost(of: block)) { $0 + prices[Int($1)] } }
    var climbing = BlockClimbing(graph, scale: 8)
    let top = climbing.climb(from: start, kind: kind, prices: prices, isAllowed: isAllowed)
    #expect(worth(top) >= worth(start) && worth(top) <= best && !top.isEmpty)
    #expect(top.allSatisfy { isAllowed[Int($0)] })
    #expect(top.reduce(0) { $0 + graph.weights[Int($1)] } <= 5)
  }

  @Test func smallGraphsAreProvenOptimal() throws {
    // Cut into four rows of five by five each, or into anything else: 4 · 5 links at least.
    let grid = try #require(expectPartition(of: PartitioningProblem(Graphs.grid(6, 5), capacity: .uniform(10))))
    #expect(grid.isOptimal && grid.cost == 10)
    let ring = Graphs.graph(vertexCount: 35, edges: (0..<35).map { [$0, ($0 + 1) % 35] })
    let options = PartitioningOptions(effort: .fast)
    let around = try #require(
      expectPartition(of: PartitioningProblem(ring, capacity: .uniform(10)), options: options))
    #expect(around.isOptimal && around.cost == 4 && around.boundSource == .linearProgram)
  }
}
