/// A feasible partition, and how good it is known to be.
public struct Partition: Sendable, Equatable {
  /// How a lower bound was found.
  public enum BoundSource: String, Sendable, CaseIterable, Comparable {
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
    /// The linear relaxations for regions of the hypergraph, whose bounds add up.
    case regions

    /// Whether a source is simpler than another, in the order above.
    public static func < (first: Self, second: Self) -> Bool {
      (allCases.firstIndex(of: first) ?? 0) < (allCases.firstIndex(of: second) ?? 0)
    }
  }

  /// The block of each vertex, in `0..<blockCount`.
  ///
  /// Blocks that fixed vertices name, and blocks with capacities of their own, keep their numbers; the others are
  /// numbered in the order of their first vertices.
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
  /// What ``lowerBound`` and ``fewestBlocks`` rest on, for a ``BoundVerifier``.
  public var certificate: BoundCertificate?

  /// Whether no partition is better: neither fewer blocks nor less cost.
  public var isOptimal: Bool { cost == lowerBound && blockCount == fewestBlocks }

  /// A partition.
  public init(
    blocks: [Int32], blockCount: Int, cost: Int, lowerBound: Int, boundSource: BoundSource, fewestBlocks: Int,
    isInterrupted: Bool = false, certificate: BoundCertificate? = nil
  ) {
    self.blocks = blocks
    self.blockCount = blockCount
    self.cost = cost
    self.lowerBound = lowerBound
    self.boundSource = boundSource
    self.fewestBlocks = fewestBlocks
    self.isInterrupted = isInterrupted
    self.certificate = certificate
  }
}
