import Partitioning
import TestSupport
import Testing

/// The partitioner against brute force.
@Suite struct OracleTests {
  /// In all three thousand problems: weights, classes, fixed vertices, LANs, exactly so many blocks, blocks with
  /// capacities of their own, and mixtures of these.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func agreesWithBruteForceOnTinyProblems(seed: UInt64) {
    var problems = RandomProblem(seed: seed)
    for number in 0..<50 {
      let problem = problems.next(vertexCount: number % 10...number % 10)
      let comment: Comment = "problem \(number) of seed \(seed): \(problem)"
      let outcome = Partitioner(options: PartitioningOptions(effort: .fast)).solve(problem)
      let solution = Oracle.solution(problem)
      guard let solution else {
        guard case .infeasible = outcome else {
          Issue.record("nothing is feasible, but the answer is \(outcome); \(comment)")
          continue
        }
        continue
      }
      guard case .partition(let partition) = outcome else {
        Issue.record("feasible at cost \(solution.cost), but the answer is \(outcome); \(comment)")
        continue
      }
      expectSound(partition, of: problem, comment)
      #expect(partition.blockCount == solution.blockCount, comment)
      #expect(partition.fewestBlocks == solution.blockCount, comment)
      #expect(partition.cost >= solution.cost && partition.lowerBound <= solution.cost, comment)
      // How many blocks each class gets is a choice only if there are blocks to spare; else tiny problems are solved.
      if problem.classes.isEmpty {
        #expect(partition.cost == solution.cost && partition.isOptimal, comment)
      }
    }
  }

  @Test(arguments: 100..<104 as Range<UInt64>)
  func agreesWithBruteForceOnUnweightedClasses(seed: UInt64) {
    var problems = RandomProblem(seed: seed)
    for _ in 0..<20 {
      var problem = problems.next(vertexCount: 5...7)
      problem.blockCount = .fewest
      problem.capacity = .uniform(9)
      problem.fixedBlocks = []
      guard let solution = Oracle.solution(problem), let partition = expectPartition(of: problem) else { continue }
      #expect(partition.cost == solution.cost && partition.isOptimal, "\(problem)")
    }
  }
}
