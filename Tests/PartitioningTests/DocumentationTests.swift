import Foundation
import Partitioning
import TestSupport
import Testing

/// The example of the documentation compiles and does what its comments say.
@Suite struct DocumentationTests {
  @Test func theExampleHolds() throws {
    let network = Hypergraph(
      vertexWeights: [1, 1, 1, 1, 1, 1],
      nets: [[0, 1, 2], [3, 4, 5], [2, 3]])
    var problem = PartitioningProblem(network, capacity: .uniform(3))

    switch Partitioner().solve(problem) {
    case .partition(let partition):
      #expect(partition.blocks == [0, 0, 0, 1, 1, 1])
      #expect(partition.cost == 1)
      #expect(partition.isOptimal)
    case .infeasible(let reason):
      Issue.record("\(reason) \(problem.conflict(behind: reason).changes)")
    case .undecided:
      Issue.record("more effort is needed")
    }

    problem.classes = [0, 0, 0, 0, 0, 1]  // the last one is of another kind
    problem.fixedBlocks = [1, -1, -1, -1, -1, -1]  // the first one is in block 1

    let report = PartitionVerifier(problem).report([1, 1, 1, 0, 0, 2])
    #expect(report.isFeasible && report.cost == 2)
  }

  @Test func theArticleHasThisExample() throws {
    let article = try String(
      contentsOf: Examples.root.appending(path: "Sources/Partitioning/Partitioning.docc/FirstPartition.md"),
      encoding: .utf8)
    let example = try String(contentsOfFile: #filePath, encoding: .utf8)
    func statements(_ text: some StringProtocol) -> [String] {
      text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let tested = Set(statements(example))
    let shown = article.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }
      .flatMap { statements($0.element).dropFirst() }
    #expect(shown.count > 15)
    // What it prints is what is expected here.
    #expect(shown.filter { !tested.contains($0) && !$0.hasPrefix("print(") } == [])
  }
}
