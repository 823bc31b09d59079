/// Divides a graph among blocks by bisecting it again and again, each half with exactly as much weight as its blocks
/// can hold.
///
/// METIS's own recursive bisection fills blocks beyond their capacity; here what is over goes to the other half at
/// once, where the border is long and the choice is large. With vertices that all weigh the same the result is
/// within the capacities; with different weights it need not be. Small pieces, of which there are as many as blocks,
/// are bisected without METIS, several at a time.
///
/// A large graph is first divided coarsely, with light clusters for vertices, into pieces of some blocks each: there
/// are enough clusters in a piece to fill it exactly, and fewer to go through.
struct RecursiveBisection {
  private let capacities: [Int]
  private let seed: UInt64

  private struct Piece: Sendable {
    var graph: SearchGraph
    /// The piece's vertices in the whole graph.
    var vertices: [Int32]
    var blocks: Range<Int>
  }

  /// Graphs with more vertices are first divided coarsely.
  private static let coarsenedSize = 5000
  /// Graphs up to this size are bisected by growing a side and refining it, so often that the best is good.
  private static let grownSize = 1300
  private static let growths = 5
  /// So many blocks has a piece at most, before it is divided finely.
  private static let coarsePiece = 64

  /// - Parameters:
  ///   - graph: What to divide.
  ///   - capacities: What each block holds.
  ///   - seed: Where METIS's random choices start from.
  ///   - shouldStop: Whether to leave the rest undivided: then its vertices are in no block.
  /// - Returns: A block for each vertex; −1 for none.
  /// - Complexity: O(*p* log *k*), where *p* is the number of arcs and pins.
  static func blocks(
    of graph: SearchGraph, capacities: [Int], seed: UInt64, shouldStop: @Sendable () -> Bool
  ) -> [Int32] {
    let bisection = RecursiveBisection(capacities: capacities, seed: seed)
    let coarsePieces = bisection.coarsePieces(of: graph, shouldStop)
    let found = concurrentMap(count: coarsePieces.count) { index in
      bisection.pieces(of: coarsePieces[index], mostBlocks: 1, shouldStop)
    }
    var blocks = [Int32](repeating: -1, count: graph.vertexCount)
    for piece in found.joined() {
      for (position, vertex) in piece.vertices.enumerated() {
        // A piece with fewer vertices than blocks has a block for each.
        blocks[Int(vertex)] = Int32(piece.blocks.lowerBound + (piece.blocks.count == 1 ? 0 : position))
      }
    }
    return blocks
  }

  /// Pieces of some blocks each, of a large graph; otherwise the whole graph.
  private func coarsePieces(of graph: SearchGraph, _ shouldStop: @Sendable () -> Bool) -> [Piece] {
    let whole = Piece(
      graph: graph, vertices: (0..<Int32(graph.vertexCount)).map { $0 }, blocks: 0..<capacities.count)
    guard graph.vertexCount > Self.coarsenedSize, capacities.count > Self.coarsePiece else { return [whole] }
    var random = RandomSource(seed: seed, stream: 0)
    let totalWeight = graph.vertexWeights.reduce(0) { $0 + Int($1) }
    let heaviest = max(2, totalWeight / (4 * capacities.count))
    let clustering = Clustering(
      graph, labels: [Int32](repeating: 0, count: graph.vertexCount), heaviest: heaviest,
      fewest: 3 * capacities.count, random: &random)
    let coarser = Contraction(graph, clusterOf: clustering.clusterOf, count: clustering.count)
    let coarse = Piece(
      graph: coarser.graph, vertices: (0..<Int32(clustering.count)).map { $0 }, blocks: whole.blocks)
    // METIS serves one at a time; what it needn't do is done side by side.
    let large = pieces(of: coarse, mostBlocks: Self.coarsePiece, mostVertices: Self.grownSize, shouldStop)
    let pieces = concurrentMap(count: large.count) { index in
      self.pieces(of: large[index], mostBlocks: Self.coarsePiece, shouldStop)
    }.flatMap { $0 }
    var pieceOf = [Int32](repeating: 0, count: clustering.count)
    for (index, piece) in pieces.enumerated() {
      for cluster in piece.vertices { pieceOf[Int(cluster)] = Int32(index) }
    }
    if shouldStop() { return [] }
    let parts = Parts(partOf: coarser.projected(pieceOf), count: pieces.count)
    return concurrentMap(count: pieces.count) { index in
      Piece(graph: parts.graph(index, of: graph), vertices: parts.vertices[index], blocks: pieces[index].blocks)
    }
  }

  /// The pieces that are left once each has so few blocks or vertices, or no more vertices than blocks.
  private func pieces(
    of whole: Piece, mostBlocks: Int, mostVertices: Int = 0, _ shouldStop: () -> Bool
  ) -> [Piece] {
    var done: [Piece] = []
    var pieces = [whole]
    while let piece = pieces.popLast(), !shouldStop() {
      let count = piece.vertices.count
      if piece.blocks.count <= mostBlocks || count <= max(mostVertices, piece.blocks.count) {
        done.append(piece)
      } else {
        pieces.append(contentsOf: halves(of: piece))
      }
    }
    return done
  }

  private func halves(of piece: Piece) -> [Piece] {
    let middle = piece.blocks.lowerBound + piece.blocks.count / 2
    let ranges = [piece.blocks.lowerBound..<middle, middle..<piece.blocks.upperBound]
    let sides = bisection(piece, ranges)
    let parts = Parts(partOf: sides.map { $0 ? 1 : 0 }, count: 2)
    return (0..<2).map { side in
      Piece(
        graph: parts.graph(side, of: piece.graph), vertices: parts.vertices[side].map { piece.vertices[Int($0)] },
        blocks: ranges[side])
    }
  }

  /// Whether each vertex is on the second side: the best of several grown bisections of a small graph, METIS's of a
  /// large one, either refined until both sides are within their limits.
  private func bisection(_ piece: Piece, _ ranges: [Range<Int>]) -> [Bool] {
    let limits = ranges.map { range in capacities[range].reduce(0, +) }
    var bisection = Bisection(piece.graph, limits: limits, leastCounts: ranges.map(\.count))
    let pieceSeed = seed &+ UInt64(piece.blocks.lowerBound)
    if piece.graph.vertexCount <= Self.grownSize {
      return grown(&bisection, seed: pieceSeed &+ UInt64(piece.blocks.count) << 32)
    }
    let share = Float(limits[0]) / Float(max(1, limits[0] + limits[1]))
    let sides =
      limits[0] > 0 && limits[1] > 0
      ? Metis.bisection(
        MetisGraph(expanding: piece.graph), share: share, seed: Int32(truncatingIfNeeded: pieceSeed & 0x3FFF_FFFF))
      : nil
    bisection.set(sides.map { Array($0[..<piece.graph.vertexCount]) } ?? piece.vertices.map { _ in limits[0] == 0 })
    _ = bisection.refine()
    return bisection.isSecond
  }

  private func grown(_ bisection: inout Bisection, seed: UInt64) -> [Bool] {
    var random = RandomSource(seed: seed)
    var best: (score: (Int, Int), sides: [Bool])?
    for _ in 0..<Self.growths {
      bisection.grow(random: &random)
      let score = bisection.refine()
      if best == nil || best.map({ score < $0.score }) == true { best = (score, bisection.isSecond) }
    }
    return best?.sides ?? bisection.isSecond
  }
}
