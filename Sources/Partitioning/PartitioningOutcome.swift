/// What the partitioner answers: a partition, or why there is none.
public enum PartitioningOutcome: Sendable, Equatable {
  /// A feasible partition with the fewest blocks (or as many as asked for).
  case partition(Partition)
  /// Nothing satisfies the problem.
  case infeasible(Infeasibility)
  /// Within the effort, neither was a way found to pack the vertices into so many blocks, nor a proof that there is
  /// none. Only weights that differ, with capacities or a number of blocks to meet exactly, can lead here.
  case undecided
}
