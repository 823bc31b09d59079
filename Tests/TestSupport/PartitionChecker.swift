public import Partitioning
public import Testing

/// Solves a problem and checks the partition that comes out: counted again by a verifier that shares no code with the
/// search, and claiming no more than it has.
///
/// - Returns: The partition; `nil`, and a failure, where the answer isn't one.
@discardableResult
public func expectPartition(
  of problem: PartitioningProblem, options: PartitioningOptions = PartitioningOptions(effort: .fast),
  _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) -> Partition? {
  let outcome = Partitioner(options: options).solve(problem)
  guard case .partition(let partition) = outcome else {
    Issue.record("no partition but \(outcome); \(comment ?? "")", sourceLocation: sourceLocation)
    return nil
  }
  expectSound(partition, of: problem, comment, sourceLocation: sourceLocation)
  return partition
}

/// Checks a partition: feasible, and its claims as counted by the verifier.
public func expectSound(
  _ partition: Partition, of problem: PartitioningProblem, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let report = PartitionVerifier(problem).report(partition.blocks)
  #expect(report.violations == [], comment, sourceLocation: sourceLocation)
  #expect(report.cost == partition.cost, comment, sourceLocation: sourceLocation)
  #expect(report.blockCount == partition.blockCount, comment, sourceLocation: sourceLocation)
  #expect(partition.lowerBound <= partition.cost, comment, sourceLocation: sourceLocation)
  #expect(partition.fewestBlocks <= partition.blockCount, comment, sourceLocation: sourceLocation)
}
