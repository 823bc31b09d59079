/// Divides a graph among blocks by bisecting it again and again, each half with exactly as much weight as its blocks
/// can hold.
///
/// Other partitioners' recursive bisection fills blocks beyond their capacity; here what is over goes to the other half
/// at once, where the border is long and the choice is large. With vertices that all weigh the same the result is
/// within the capacities; with different weights it need not be. Pieces are bisected several at a time.
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
  /// So many blocks has a piece at most, before it is divided finely.
  private static let coarsePiece = 64

  /// - Parameters:
  ///   - graph: What to divide.
  ///   - capacities: What each block holds.
  ///   - seed: Where random choices start from.
  ///   - shouldStop: Whether to leave the rest undivided: then its vertices are in no block.
  /// - Returns: A block for each vertex; −1 for none.
  /// - Complexity: O(*p* log *k*), where *p* is the number of arcs and pins.
  static func blocks(
    of graph: SearchGraph, capacities: [Int], seed: UInt64, shouldStop: @Sendable () -> Bool
  ) -> [Int32] {
    let bisection = RecursiveBisection(capacities: capacities, seed: seed)
    let coarsePieces = bisection.coarsePieces(of: graph, shouldStop)
    let found = concurrentMap(count: coarsePieces.count) { index in
      bisection.pieces(of: coarsePieces[index], shouldStop)
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
    let pieces = concurrentPieces(of: coarse, shouldStop)
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

  /// Pieces of not too many blocks each, all of which are divided at a time.
  private func concurrentPieces(of whole: Piece, _ shouldStop: @Sendable () -> Bool) -> [Piece] {
    var done: [Piece] = []
    var pieces = [whole]
    while !pieces.isEmpty, !shouldStop() {
      let current = pieces
      let halves = concurrentMap(count: current.count) { self.halves(of: current[$0]) }.joined()
      pieces = halves.filter { $0.blocks.count > Self.coarsePiece && !isDone($0) }
      done.append(contentsOf: halves.filter { $0.blocks.count <= Self.coarsePiece || isDone($0) })
    }
    return done
  }

  /// The pieces that are left once nothing is to be divided any more, or it has to stop.
  private func pieces(of whole: Piece, _ shouldStop: () -> Bool) -> [Piece] {
    var done: [Piece] = []
    var pieces = [whole]
    while let piece = pieces.popLast(), !shouldStop() {
      if isDone(piece) { done.append(piece) } else { pieces.append(contentsOf: halves(of: piece)) }
    }
    return done
  }

  /// Whether a piece is a block, or has no more vertices than blocks.
  private func isDone(_ piece: Piece) -> Bool {
    piece.blocks.count <= 1 || piece.vertices.count <= piece.blocks.count
  }

  private func halves(of piece: Piece) -> [Piece] {
    let middle = piece.blocks.lowerBound + piece.blocks.count / 2
    let ranges = [piece.blocks.lowerBound..<middle, middle..<piece.blocks.upperBound]
    var random = RandomSource(seed: seed &+ UInt64(piece.blocks.lowerBound), stream: piece.blocks.count)
    let isSecond = MultilevelBisection(limits: ranges.map { capacities[$0].reduce(0, +) })
      .isSecond(in: piece.graph, leastCounts: ranges.map(\.count), random: &random)
    let parts = Parts(partOf: isSecond.map { $0 ? 1 : 0 }, count: 2)
    return (0..<2).map { side in
      Piece(
        graph: parts.graph(side, of: piece.graph), vertices: parts.vertices[side].map { piece.vertices[Int($0)] },
        blocks: ranges[side])
    }
  }
}
