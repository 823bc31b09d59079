/// What is asked of the partitioner: put every vertex of a hypergraph in a block, so that no block is heavier than
/// its capacity, as few blocks as possible (or exactly so many) are used, and then as little net weight as possible
/// crosses between blocks.
///
/// The cost of a partition is its connectivity: the sum over nets of weight · (λ − 1), where λ is the number of
/// blocks that the net touches.
public struct PartitioningProblem: Sendable, Equatable {
  /// How much the blocks hold.
  public enum Capacity: Sendable, Equatable {
    /// Every block may weigh so much.
    case uniform(Int)
    /// Block *i* may weigh so much; there are exactly as many blocks as capacities, whatever
    /// ``PartitioningProblem/blockCount`` says.
    case perBlock([Int])
  }

  /// How many blocks to use. Every block of an answer holds at least one vertex.
  public enum BlockCount: Sendable, Equatable {
    /// As few as possible, proven.
    case fewest
    /// So many, no more and no fewer.
    case exactly(Int)
  }

  /// What is to be partitioned.
  public var hypergraph: Hypergraph
  /// How much the blocks hold.
  public var capacity: Capacity
  /// How many blocks to use.
  public var blockCount: BlockCount
  /// The class of each vertex; vertices of different classes never share a block. Empty: all of one class.
  public var classes: [Int32]
  /// The block that each vertex must be in, −1 where it is free. Empty: all are free. Naming block *b* asks for at
  /// least *b* + 1 blocks.
  public var fixedBlocks: [Int32]

  /// A problem.
  ///
  /// - Parameters:
  ///   - hypergraph: What is to be partitioned.
  ///   - capacity: How much the blocks hold; no capacity is negative.
  ///   - blockCount: How many blocks to use; not negative.
  ///   - classes: One class a vertex, or empty.
  ///   - fixedBlocks: One block a vertex, at least −1, or empty.
  public init(
    _ hypergraph: Hypergraph, capacity: Capacity, blockCount: BlockCount = .fewest, classes: [Int32] = [],
    fixedBlocks: [Int32] = []
  ) {
    precondition(classes.isEmpty || classes.count == hypergraph.vertexCount, "one class a vertex")
    precondition(fixedBlocks.isEmpty || fixedBlocks.count == hypergraph.vertexCount, "one block a vertex")
    precondition(fixedBlocks.allSatisfy { $0 >= -1 }, "a fixed block is negative")
    self.hypergraph = hypergraph
    self.capacity = capacity
    self.blockCount = blockCount
    self.classes = classes
    self.fixedBlocks = fixedBlocks
  }
}

extension PartitioningProblem {
  /// The same problem with no block holding more than all vertices weigh, so that sums of capacities stay small.
  var withUsefulCapacities: PartitioningProblem {
    let most = max(1, hypergraph.totalWeight)
    var problem = self
    switch capacity {
    case .uniform(let capacity): problem.capacity = .uniform(min(capacity, most))
    case .perBlock(let capacities): problem.capacity = .perBlock(capacities.map { min($0, most) })
    }
    return problem
  }
}
