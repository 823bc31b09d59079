import TestSupport
import Testing

@testable import Partitioning

/// Blocks found by listing what hangs together, against brute force: by the engine, and by the verifier in its own way.
@Suite struct ConnectedPricingTests {
  private static let scale = 1 << 14

  /// A question, and pricing for it.
  private static func question(seed: UInt64) throws -> (PricingQuestion, ConnectedPricing) {
    let question = PricingQuestion(seed: seed, scale: scale, isPlain: true)
    let task = SearchTask(
      graph: SearchGraph(question.hypergraph), capacities: [Int](repeating: 6, count: 9),
      isFixed: [Bool](repeating: false, count: 9), blocks: (0..<9).map { $0 })
    #expect(question.graph.priceScale == scale)
    let pricing = try #require(ConnectedPricing(task, mostWork: 1_000_000))
    return (question, pricing)
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func findsTheBlockThatIsWorthMost(seed: UInt64) throws {
    let (question, pricing) = try Self.question(seed: seed)
    guard let best = question.blocks.map(question.worth).max() else { return }
    func search(over threshold: Int, _ aim: BlockPricing.Aim = .best) -> BlockPricing.Result {
      pricing.search(
        question.kind, prices: question.prices, isAllowed: question.isAllowed, threshold: threshold, aim: aim,
        workLimit: 1_000_000
      ).result
    }
    let possible = Set(question.blocks)
    let found = search(over: best - 1)
    #expect(found.isExact && found.best >= best && found.blocks.last.map(question.worth) == best)
    #expect(found.blocks.allSatisfy { possible.contains($0) && question.worth($0) == best })
    let none = search(over: best)
    #expect(none.isExact && none.blocks.isEmpty && none.best == best)
    let least = best - 4 * Self.scale
    let more = search(over: least)
    #expect(more.isExact && more.best >= best && !more.blocks.isEmpty)
    #expect(more.blocks.allSatisfy { possible.contains($0) && question.worth($0) > least })
    let all = search(over: least, .all(most: 1000))
    #expect(all.isExact && all.blocks.count == Set(all.blocks).count)
    #expect(Set(all.blocks) == possible.filter { question.worth($0) > least })
    let some = search(over: least, .all(most: 1))
    #expect(!some.isExact && !some.blocks.isEmpty)
  }

  /// Where there are too many blocks for brute force.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func agreesWithBranchAndBound(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let hypergraph = Graphs.random(vertexCount: 24, links: 30, lans: seed % 4 == 0 ? 1 : 0, seed: seed)
    let graph = PricingGraph(SearchGraph(hypergraph))
    let task = SearchTask(
      graph: SearchGraph(hypergraph), capacities: [8, 8, 8], isFixed: [Bool](repeating: false, count: 24),
      blocks: (0..<24).map { $0 / 8 })
    let listing = try #require(ConnectedPricing(task, searchCount: 3, mostWork: 1_000_000))
    let prices = (0..<24).map { _ in Int.random(in: 20...35, using: &random) * graph.priceScale / 16 }
    let isAllowed = [Bool](repeating: true, count: 24)
    let kind = BlockKind(capacity: 8, blocks: [0, 1, 2], required: [], isOptional: false)
    func branchAndBound(over threshold: Int, _ aim: BlockPricing.Aim) -> BlockPricing.Result {
      var pricing = BlockPricing(graph, scale: graph.priceScale, largestCapacity: 8)
      pricing.prepare(prices: prices, isAllowed: isAllowed, capacity: 8)
      return pricing.search(kind, threshold: threshold, aim: aim, workLimit: .max)
    }
    func list(over threshold: Int, _ aim: BlockPricing.Aim) -> BlockPricing.Result {
      listing.search(
        kind, prices: prices, isAllowed: isAllowed, threshold: threshold, aim: aim, workLimit: 1_000_000
      ).result
    }
    let best = branchAndBound(over: -10 * graph.priceScale, .best).best
    #expect(list(over: best, .best).blocks.isEmpty)
    #expect(list(over: best, .best).best == best)
    #expect(!list(over: best - 1, .best).blocks.isEmpty)
    let all = list(over: best - graph.priceScale / 2, .all(most: 100_000)).blocks
    let expected = branchAndBound(over: best - graph.priceScale / 2, .all(most: 100_000)).blocks
    #expect(all.count == expected.count && Set(all) == Set(expected))
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func theVerifierFindsAllBlocksThatAreWorthIt(seed: UInt64) throws {
    let question = PricingQuestion(seed: seed, scale: 8)
    let statement = try #require(question.statement)
    let kind = try #require(statement.kinds.first { $0.capacity == 6 })
    let best = question.blocks.map(question.worth).max() ?? 0
    var workLeft = 1_000_000
    func blocks(over threshold: Int, most: Int) -> [BlockSearch.Block]? {
      BlockListing.blocks(
        statement, prices: question.prices, scale: 8, kind: kind, threshold: threshold, most: most, workLeft: &workLeft)
    }
    let found = blocks(over: best - 30, most: 1000)
    guard question.kind.required.isEmpty, !question.hypergraph.vertexWeights.contains(0) else {
      return #expect(found == nil)
    }
    let all = try #require(found)
    #expect(all.allSatisfy { question.worth($0.vertices.map(Int32.init)) == $0.worth })
    #expect(all.count == Set(all.map(\.vertices)).count)
    #expect(
      Set(all.map { $0.vertices.map(Int32.init) }) == Set(question.blocks.filter { question.worth($0) > best - 30 }))
    #expect(blocks(over: best, most: 1)?.isEmpty == true)
    #expect(workLeft < 1_000_000)
    workLeft = 10
    #expect(blocks(over: best - 30, most: 1000) == nil)
  }

  @Test func gridsAreProvenOptimalAndTheProofIsAccepted() throws {
    let problem = PartitioningProblem(Graphs.grid(12, 10), capacity: .uniform(6))
    let partition = try #require(expectPartition(of: problem, options: PartitioningOptions(effort: .balanced)))
    // Twenty rectangles of two by three: 110 and 108 links, of which seven are in each.
    #expect(partition.isOptimal && partition.cost == 218 - 20 * 7)
    let certificate = try #require(partition.certificate)
    #expect(BoundVerifier(problem).verdict(on: certificate) == .holds)
    var corrupted = certificate
    corrupted.classes[0].prices?.prices[17] += 1 << 13
    guard case .refused = BoundVerifier(problem).verdict(on: corrupted) else {
      Issue.record("a wrong price was accepted")
      return
    }
  }

  @Test func whatIsJoinedInManyWaysIsLeftToOthers() {
    func pricing(_ hypergraph: Hypergraph, capacity: Int) -> ConnectedPricing? {
      let count = hypergraph.vertexCount
      let task = SearchTask(
        graph: SearchGraph(hypergraph), capacities: [Int](repeating: capacity, count: count),
        isFixed: [Bool](repeating: false, count: count), blocks: (0..<Int32(count)).map { $0 })
      return ConnectedPricing(task, mostWork: 20_000)
    }
    let star = Graphs.graph(vertexCount: 80, edges: (1..<80).map { [0, $0] })
    #expect(pricing(star, capacity: 10) == nil)
    #expect(pricing(star, capacity: 2) != nil)
    #expect(pricing(Graphs.path(200), capacity: 10) != nil)
    let path = SearchTask(
      graph: SearchGraph(Graphs.path(4)), capacities: [2, 2], isFixed: [true, false, false, false],
      blocks: [0, 0, 1, 1])
    if ConnectedPricing(path, mostWork: 20_000) != nil { Issue.record("a vertex is fixed") }
    let weightless = Hypergraph(vertexWeights: [0, 1, 1], nets: [[0, 1], [1, 2]])
    #expect(pricing(weightless, capacity: 2) == nil)
  }
}
