/// What a lower bound rests on, such that a program that knows nothing of the search can add it up again.
///
/// Vertices of different classes share no block, so their costs add up: a net costs at least its weight for each class
/// after the first that it joins, and each class has a bound of its own.
public struct BoundCertificate: Sendable, Equatable, Codable {
  /// The version of the format that this is.
  public static let currentVersion = 1

  /// The version of the format.
  public var version = Self.currentVersion
  /// How many blocks the partitions have that the bound is for.
  public var blocks: Int
  /// No feasible partition has fewer blocks.
  public var fewestBlocks: Int
  /// No partition into so many blocks costs less.
  public var lowerBound: Int
  /// The bounds of the classes, in the order of their first vertices.
  public var classes: [ClassBound]

  /// The bound for one class of vertices.
  public struct ClassBound: Sendable, Equatable, Codable {
    /// The class's first vertex, counted from 0.
    public var vertex: Int
    /// How many blocks the class has.
    public var blocks: Int
    /// The class costs at least so much in so many blocks.
    public var lowerBound: Int
    /// How the bound was found.
    public var by: Partition.BoundSource
    /// What the bound is added up from, where it comes from a linear or integer program.
    public var prices: BlockPrices?
    /// What the bound is added up from, where it comes from regions.
    public var regions: [Region]?
  }

  /// A part of a class's vertices, and what the nets between them cost at least, whatever blocks they are in.
  ///
  /// A net counts in one region only: a net of two vertices in the one that has both, a larger one in the first of
  /// those that have most of its vertices, as if it joined no others. Then the regions' costs add up.
  public struct Region: Sendable, Equatable, Codable {
    /// Its vertices, counted from 0, ascending.
    public var vertices: [Int]
    /// Its nets cost at least so much.
    public var lowerBound: Int
    /// Prices and the worth are in units of 1 / scale.
    public var scale: Int
    /// The price of each vertex; empty where the structure is enough.
    public var prices: [Int]
    /// No vertices that fit a block are worth more; at least 0. No more blocks than vertices have a part here.
    public var worth: Int
  }

  /// Prices of a class's vertices, and what no block is worth more than at these prices.
  ///
  /// A block's *worth* is the price of its vertices less the weight of the nets that it touches. A partition's nets
  /// weigh, each counted in each block that it touches, the prices of all vertices less the worths of all blocks. So
  /// if no block of a kind is worth more than ``Kind/worth``, no partition weighs less than ``value``; and whoever
  /// weighs less than some limit has only blocks that are worth nearly that much, of which there may be so few that
  /// all choices of them can be tried.
  ///
  /// > E. L. Johnson, A. Mehrotra and G. L. Nemhauser. "Min-cut clustering." *Mathematical Programming* 62, 1993.
  /// > doi:10.1007/BF01585164
  public struct BlockPrices: Sendable, Equatable, Codable {
    /// Prices, worths and the value are in units of 1 / scale.
    public var scale: Int
    /// The price of each vertex of the class, in the order of their numbers.
    public var prices: [Int]
    /// The kinds of blocks that the class has.
    public var kinds: [Kind]
    /// The sum of the prices less all blocks' worths.
    public var value: Int
  }

  /// Blocks that differ by nothing but their numbers.
  public struct Kind: Sendable, Equatable, Codable {
    /// The most that such a block may weigh.
    public var capacity: Int
    /// The vertices that are fixed to it, counted from 0. A block that has some is the only one of its kind.
    public var fixed: [Int]
    /// How many such blocks there are.
    public var blocks: Int
    /// No such block is worth more.
    public var worth: Int
  }
}

extension Partition.BoundSource: Codable {}

extension BoundCertificate.ClassBound {
  /// The bound for a class that an answer has.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - vertices: The class's vertices, ascending.
  ///   - blocks: How many blocks it has.
  ///   - isValid: Whether it has as many in every partition.
  init(_ answer: TaskSolver.Answer, vertices: [Int32], blocks: Int, isValid: Bool) {
    vertex = Int(vertices.first ?? 0)
    self.blocks = blocks
    lowerBound = isValid ? answer.lowerBound : 0
    by = isValid ? answer.boundSource : .trivial
    prices = isValid ? answer.prices : nil
    regions = isValid ? answer.regions : nil
    for region in (regions ?? []).indices {
      regions?[region].vertices = answer.regions?[region].vertices.map { Int(vertices[$0]) } ?? []
    }
    for kind in (prices?.kinds ?? []).indices {
      prices?.kinds[kind].fixed = answer.prices?.kinds[kind].fixed.map { Int(vertices[$0]) } ?? []
    }
  }
}
