/// What the partitioner answers: a partition, or why there is none.
public enum PartitioningOutcome: Sendable, Equatable {
  /// A feasible partition with the fewest blocks (or as many as asked for).
  case partition(Partition)
  /// Nothing satisfies the problem.
  case infeasible(Infeasibility)
}

/// A feasible partition, and how good it is known to be.
public struct Partition: Sendable, Equatable {
  /// How a lower bound was found.
  public enum BoundSource: String, Sendable {
    /// Nothing can cost less than nothing.
    case trivial
    /// From the structure of the hypergraph: nets and vertices that can't be together.
    case structure
    /// Every possibility was looked at.
    case enumeration
    /// The linear relaxation of the set-partitioning program.
    case linearProgram = "linear program"
    /// The integer program was solved.
    case integerProgram = "integer program"
  }

  /// The block of each vertex, in `0..<blockCount`.
  public var blocks: [Int32]
  /// How many blocks there are; each holds at least one vertex.
  public var blockCount: Int
  /// The connectivity cost: the sum over nets of weight · (λ − 1).
  public var cost: Int
  /// No partition into this many blocks costs less than this.
  public var lowerBound: Int
  /// How ``lowerBound`` was found.
  public var boundSource: BoundSource
  /// No feasible partition has fewer blocks than this (the number asked for, where one was).
  public var fewestBlocks: Int
  /// Whether the search was stopped by its time limit or by being cancelled.
  public var isInterrupted: Bool

  /// Whether no partition is better: neither fewer blocks nor less cost.
  public var isOptimal: Bool { cost == lowerBound && blockCount == fewestBlocks }

  /// A partition.
  public init(
    blocks: [Int32], blockCount: Int, cost: Int, lowerBound: Int, boundSource: BoundSource, fewestBlocks: Int,
    isInterrupted: Bool = false
  ) {
    self.blocks = blocks
    self.blockCount = blockCount
    self.cost = cost
    self.lowerBound = lowerBound
    self.boundSource = boundSource
    self.fewestBlocks = fewestBlocks
    self.isInterrupted = isInterrupted
  }
}

/// Why nothing satisfies a problem: statements of the problem that can't all hold.
public enum Infeasibility: Error, Sendable, Equatable {
  /// A vertex is heavier than any block may be.
  case vertexTooHeavy(vertex: Int, weight: Int, capacity: Int)
  /// The vertices fixed to a block are heavier than it may be.
  case fixedTooHeavy(block: Int, weight: Int, capacity: Int)
  /// Vertices of different classes are fixed to the same block.
  case fixedClassesMeet(block: Int, vertices: [Int])
  /// More blocks are needed than asked for.
  case tooFewBlocks(asked: Int, needed: Int)
  /// There are fewer vertices than blocks asked for, and no block may be empty.
  case tooManyBlocks(asked: Int, vertices: Int)
}
