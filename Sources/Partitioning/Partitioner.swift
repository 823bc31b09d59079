/// Partitions hypergraphs into blocks with hard capacities.
public struct Partitioner: Sendable {
  /// How it works.
  public var options: PartitioningOptions

  /// A partitioner.
  public init(options: PartitioningOptions = PartitioningOptions()) { self.options = options }

  /// Solves a problem.
  public func solve(_ problem: PartitioningProblem) -> PartitioningOutcome {
    let total = problem.hypergraph.vertexCount
    return .partition(
      Partition(
        blocks: (0..<Int32(total)).map { $0 }, blockCount: total, cost: 0, lowerBound: 0, boundSource: .trivial,
        fewestBlocks: 1))
  }
}
