import Partitioning
import TestSupport
import Testing

/// Random files beside a graph: fixed vertices, classes, weights of blocks, partitions. Each is refused with a place and
/// a reason, or makes a problem that is solved, or whose conflict is told.
@Suite struct ProblemFilesFuzzTests {
  private static let vertexCount = 8

  @Test func randomFilesAreRefusedOrMakeProblemsThatAreAnswered() {
    var counts = (refused: 0, solved: 0, infeasible: 0)
    Fuzzing.forEachSeed(usual: 600) { seed in
      var random = SplitMix64(seed: seed)
      do throws(GraphFileError) {
        let problem = try Self.problem(&random)
        switch Partitioner(options: PartitioningOptions(effort: .fast)).solve(problem) {
        case .partition(let partition):
          counts.solved += 1
          expectSound(partition, of: problem, "seed \(seed)")
        case .infeasible(let reason):
          counts.infeasible += 1
          #expect(!problem.conflict(behind: reason).statements.isEmpty, "seed \(seed)")
        case .undecided: Issue.record("seed \(seed): undecided")
        }
      } catch {
        counts.refused += 1
        #expect(error.description.hasPrefix("f:"), "seed \(seed): \(error)")
      }
    }
    #expect(counts.refused > 50 && counts.solved > 50 && counts.infeasible > 20, "\(counts)")
  }

  private static func problem(_ random: inout SplitMix64) throws(GraphFileError) -> PartitioningProblem {
    let graph = Graphs.grid(2, vertexCount / 2)
    var problem = PartitioningProblem(graph, capacity: .uniform(Int.random(in: 1...8, using: &random)))
    let kind = Int.random(in: 0..<4, using: &random)
    let bytes = file(
      &random, numbers: kind == 2 ? ["1", "2", "2", "3", "4", "8"] : ["0", "0", "1", "1", "2", "3", "9"])
    switch kind {
    case 0: problem.fixedBlocks = try PartitionFile.fixedBlocks(bytes, file: "f", vertexCount: vertexCount)
    case 1: problem.classes = try PartitionFile.classes(bytes, file: "f", vertexCount: vertexCount)
    case 2: problem.capacity = .perBlock(try PartitionFile.capacities(bytes, file: "f"))
    default:
      let blocks = try PartitionFile.blocks(bytes, file: "f", vertexCount: vertexCount)
      #expect(blocks.count == vertexCount && blocks.allSatisfy { $0 >= 0 })
      // Whoever goes on from a partition fixes it.
      problem.fixedBlocks = blocks
    }
    return problem
  }

  /// Lines of numbers; now and then some bytes are damaged.
  private static func file(_ random: inout SplitMix64, numbers: [String]) -> [UInt8] {
    let pieces = ["", "-", "-1", "-2", "2147483647", " ", "\n", "%", "9223372036854775808", "x", "\r", "\0", "1e3"]
    let lineCount = Int.random(in: 0..<8, using: &random) == 0 ? Int.random(in: 0...12, using: &random) : vertexCount
    var bytes = Array((0..<lineCount).map { _ in (numbers.randomElement(using: &random) ?? "") + "\n" }.joined().utf8)
    guard Int.random(in: 0..<3, using: &random) == 0 else { return bytes }
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let start = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, start + Int.random(in: 0...2, using: &random))
      bytes.replaceSubrange(start..<end, with: (pieces.randomElement(using: &random) ?? "").utf8)
    }
    return bytes
  }
}
