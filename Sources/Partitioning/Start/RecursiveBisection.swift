/// Divides a graph among blocks by bisecting it again and again, each half with exactly as much weight as its blocks
/// can hold.
///
/// METIS's own recursive bisection fills blocks beyond their capacity; here what is over goes to the other half at
/// once, where the border is long and the choice is large. With vertices that all weigh the same the result is
/// within the capacities; with different weights it need not be.
struct RecursiveBisection {
  private let capacities: [Int]
  private let seed: UInt64
  private var blocks: [Int32]

  private struct Piece {
    var graph: SearchGraph
    /// The piece's vertices in the whole graph.
    var vertices: [Int32]
    var blocks: Range<Int>
  }

  /// - Parameters:
  ///   - graph: What to divide.
  ///   - capacities: What each block holds.
  ///   - seed: Where METIS's random choices start from.
  ///   - shouldStop: Whether to leave the rest undivided: then its vertices are in no block.
  /// - Returns: A block for each vertex; −1 for none.
  static func blocks(
    of graph: SearchGraph, capacities: [Int], seed: UInt64, shouldStop: () -> Bool
  ) -> [Int32] {
    var bisection = RecursiveBisection(
      capacities: capacities, seed: seed, blocks: [Int32](repeating: -1, count: graph.vertexCount))
    var pieces = [
      Piece(graph: graph, vertices: (0..<Int32(graph.vertexCount)).map { $0 }, blocks: 0..<capacities.count)
    ]
    while let piece = pieces.popLast(), !shouldStop() {
      if let halves = bisection.divide(piece) { pieces.append(contentsOf: halves) }
    }
    return bisection.blocks
  }

  /// The two halves of a piece; `nil` where its blocks are decided.
  private mutating func divide(_ piece: Piece) -> [Piece]? {
    if piece.blocks.count == 1 || piece.vertices.count <= piece.blocks.count {
      for (position, vertex) in piece.vertices.enumerated() {
        blocks[Int(vertex)] = Int32(piece.blocks.lowerBound + (piece.blocks.count == 1 ? 0 : position))
      }
      return nil
    }
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

  private func bisection(_ piece: Piece, _ ranges: [Range<Int>]) -> [Bool] {
    let limits = ranges.map { range in capacities[range].reduce(0, +) }
    let graph = MetisGraph(expanding: piece.graph)
    let share = Float(limits[0]) / Float(max(1, limits[0] + limits[1]))
    let pieceSeed = Int32(truncatingIfNeeded: (seed &+ UInt64(piece.blocks.lowerBound)) & 0x3FFF_FFFF)
    let sides =
      (limits[0] > 0 && limits[1] > 0 ? Metis.bisection(graph, share: share, seed: pieceSeed) : nil)
      ?? [Bool](repeating: limits[0] == 0, count: graph.vertexCount)
    var balancing = Balancing(
      graph, weights: piece.graph.vertexWeights.map(Int.init), sides: sides, limits: limits,
      leastCounts: ranges.map(\.count))
    balancing.run()
    return Array(balancing.sides[..<piece.graph.vertexCount])
  }
}
