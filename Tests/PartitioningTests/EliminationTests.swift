import TestSupport
import Testing

@testable import Partitioning

/// Blocks found by eliminating variables, against brute force: by the engine, and by the verifier in its own way.
@Suite struct EliminationTests {
  private static let scale = 8

  @Test(arguments: 0..<60 as Range<UInt64>)
  func findsTheBlockThatIsWorthMost(seed: UInt64) throws {
    let question = PricingQuestion(seed: seed, scale: Self.scale)
    guard let best = question.blocks.map(question.worth).max() else { return }
    let elimination = EliminationPricing(
      question.graph, scale: Self.scale, largestCapacity: 6, mostWork: 1_000_000)
    guard var elimination else {
      Issue.record("nine vertices are too many")
      return
    }
    func search(over threshold: Int, _ aim: BlockPricing.Aim = .best) -> BlockPricing.Result? {
      elimination.search(
        question.kind, prices: question.prices, isAllowed: question.isAllowed, threshold: threshold, aim: aim)?.result
    }
    let mayDecline = question.hypergraph.vertexWeights.contains(0) && best <= 0 && question.kind.required.isEmpty
    guard let found = search(over: best - 1) else {
      #expect(mayDecline)
      return
    }
    #expect(found.isExact && found.best == best && found.blocks.last.map(question.worth) == best)
    let possible = Set(question.blocks)
    #expect(found.blocks.allSatisfy { possible.contains($0) && question.worth($0) > best - 1 })
    if let none = search(over: best) { #expect(none.isExact && none.blocks.isEmpty) }
    // What comes with the best is worth more than the threshold too.
    if let more = search(over: best - 30) {
      #expect(more.best == best && more.blocks.allSatisfy { possible.contains($0) && question.worth($0) > best - 30 })
    }
    if let all = search(over: best - 30, .all(most: 1000)) {
      #expect(all.isExact && all.blocks.count == Set(all.blocks).count)
      #expect(Set(all.blocks) == possible.filter { question.worth($0) > best - 30 })
      let some = search(over: best - 30, .all(most: 1))
      #expect(some?.isExact == false && some?.blocks.count == 1)
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func theVerifierFindsWhatItIsWorth(seed: UInt64) throws {
    let question = PricingQuestion(seed: seed, scale: Self.scale)
    let statement = try #require(question.statement)
    let kind = try #require(statement.kinds.first { $0.capacity == 6 })
    var workLeft = 1_000_000
    let most = try #require(
      BlockElimination.mostWorth(
        statement, prices: question.prices, scale: Self.scale, kind: kind, workLeft: &workLeft))
    #expect(workLeft < 1_000_000)
    guard let best = question.blocks.map(question.worth).max() else { return #expect(most < -1_000_000) }
    #expect(question.hypergraph.vertexWeights.contains(0) ? most == max(best, 0) || most == best : most == best)
    let blocks = try #require(
      BlockElimination.blocks(
        statement, prices: question.prices, scale: Self.scale, kind: kind, threshold: best - 30, most: 1000,
        workLeft: &workLeft))
    #expect(blocks.allSatisfy { question.worth($0.vertices.map(Int32.init)) == $0.worth })
    #expect(
      Set(blocks.map { $0.vertices.map(Int32.init) }) == Set(question.blocks.filter { question.worth($0) > best - 30 }))
    var tooLittle = 10
    #expect(
      BlockElimination.mostWorth(
        statement, prices: question.prices, scale: Self.scale, kind: kind, workLeft: &tooLittle) == nil)
  }

  /// A network of 150 vertices, each joined to one or two of the four before it.
  private static func network(seed: UInt64) -> Hypergraph {
    var random = SplitMix64(seed: seed)
    var edges: [[Int]] = []
    for vertex in 1..<150 {
      for _ in 0...Int.random(in: 0...1, using: &random) {
        edges.append([vertex, max(0, vertex - Int.random(in: 1...4, using: &random))])
      }
    }
    return Graphs.graph(vertexCount: 150, edges: edges)
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>)
  func longNetworksAreProvenOptimalAndTheProofIsAccepted(seed: UInt64) throws {
    let problem = PartitioningProblem(Self.network(seed: seed), capacity: .uniform(10))
    let options = PartitioningOptions(effort: .balanced)
    let partition = try #require(expectPartition(of: problem, options: options))
    #expect(partition.isOptimal, "\(partition.cost), at least \(partition.lowerBound)")
    let certificate = try #require(partition.certificate)
    #expect(BoundVerifier(problem).verdict(on: certificate) == .holds)
  }

  @Test func whatIsJoinedInManyWaysIsLeftToOthers() {
    let grid = PricingGraph(SearchGraph(Graphs.grid(30, 30)))
    #expect(EliminationTree(grid, mostStates: 100_000) == nil)
    let pricing = EliminationPricing(grid, scale: 8, largestCapacity: 10, mostWork: 100_000)
    if pricing != nil { Issue.record("a large grid takes little work") }
    #expect(EliminationTree(PricingGraph(SearchGraph(Graphs.path(1000))), mostStates: 4000) != nil)
  }
}
