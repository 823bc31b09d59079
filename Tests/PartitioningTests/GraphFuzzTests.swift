import Partitioning
import TestSupport
import Testing

/// Random and damaged graph files: each is refused with a place and a reason, or read as a hypergraph that can be
/// partitioned.
@Suite struct GraphFuzzTests {
  @Test(arguments: [false, true])
  func randomFilesAreRefusedOrRead(isHypergraph: Bool) {
    var readCount: UInt64 = 0
    let count = Fuzzing.forEachSeed(usual: 400) { seed in
      let bytes = RandomGraphFile(isHypergraph: isHypergraph, seed: seed).bytes
      if isRead(bytes, isHypergraph: isHypergraph, seed: seed) { readCount += 1 }
    }
    #expect(readCount > 0, "some damage does no harm")
    #expect(readCount < count)
  }

  /// Reads a file, and tells whether it is a graph.
  private func isRead(_ bytes: [UInt8], isHypergraph: Bool, seed: UInt64) -> Bool {
    let hypergraph: Hypergraph
    do {
      hypergraph =
        try isHypergraph ? Hypergraph(hmetis: bytes, file: "x") : Hypergraph(metisGraph: bytes, file: "x")
    } catch {
      #expect("\(error)".hasPrefix("x:"), "seed \(seed): \(error)")
      return false
    }
    let heaviest = Int(hypergraph.vertexWeights.max() ?? 1)
    let problem = PartitioningProblem(hypergraph, capacity: .uniform(max(1, 2 * heaviest)))
    switch Partitioner(options: PartitioningOptions(effort: .fast)).solve(problem) {
    case .partition(let partition):
      let report = PartitionVerifier(problem).report(partition.blocks)
      #expect(report.isFeasible && report.cost == partition.cost, "seed \(seed)")
      #expect(partition.lowerBound <= partition.cost, "seed \(seed)")
    case .infeasible(let reason): Issue.record("seed \(seed): \(reason)")
    case .undecided: break
    }
    return true
  }
}

/// A small graph file with some bytes changed.
private struct RandomGraphFile {
  private(set) var bytes: [UInt8]

  private static let graphs = [
    "4 4\n2 4\n1 3\n2 4\n1 3\n", "% a comment\n3 2 11 1\n1 2 5\n2 1 5 3 1\n1 2 1\n", "2 1 1\n2 7\n1 7\n",
    "5 0\n\n\n\n\n\n", "3 3 10 1\n4 2 3\n2147483647 1 3\n0 1 2\n",
  ]
  private static let hypergraphs = [
    "3 4\n1 2\n2 3 4\n1 4\n", "% a comment\n2 3 11\n5 1 2\n1 2 3\n1\n2\n3\n", "1 2 1\n2147483647 1 2\n",
    "2 2 10\n1 2\n1\n1\n0\n",
  ]
  private static let pieces = [
    "0", "1", "2", "9", "-1", " ", "\n", "%", "\t", "\r", "2147483648", "99999999999999999999", "a", "",
  ]

  init(isHypergraph: Bool, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let examples = isHypergraph ? Self.hypergraphs : Self.graphs
    bytes = Array((examples.randomElement(using: &random) ?? "").utf8)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let start = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, start + Int.random(in: 0...2, using: &random))
      bytes.replaceSubrange(start..<end, with: (Self.pieces.randomElement(using: &random) ?? "").utf8)
      if Int.random(in: 0..<8, using: &random) == 0 { bytes.append(UInt8.random(in: 0...255, using: &random)) }
    }
  }
}
