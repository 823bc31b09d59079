import Partitioning
import TestSupport

/// Shapes of graphs for tests.
enum Graphs {
  static func graph(vertexCount: Int, edges: [[Int]], weights: [Int32]? = nil) -> Hypergraph {
    Hypergraph(
      vertexWeights: weights ?? [Int32](repeating: 1, count: vertexCount), nets: edges.map { $0.map(Int32.init) })
  }

  static func path(_ count: Int) -> Hypergraph {
    graph(vertexCount: count, edges: (1..<max(1, count)).map { [$0 - 1, $0] })
  }

  static func star(leaves: Int) -> Hypergraph {
    graph(vertexCount: leaves + 1, edges: (0..<leaves).map { [0, $0 + 1] })
  }

  static func grid(_ rows: Int, _ columns: Int) -> Hypergraph {
    var edges: [[Int]] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let vertex = row * columns + column
        if column + 1 < columns { edges.append([vertex, vertex + 1]) }
        if row + 1 < rows { edges.append([vertex, vertex + columns]) }
      }
    }
    return graph(vertexCount: rows * columns, edges: edges)
  }

  /// Links and LANs between random vertices; LANs large enough for every way that the search counts their pins.
  static func random(vertexCount: Int, links: Int, lans: Int, heaviest: Int32 = 1, seed: UInt64) -> Hypergraph {
    var random = SplitMix64(seed: seed)
    var nets = (0..<links).map { _ in (0..<2).map { _ in Int32.random(in: 0..<Int32(vertexCount), using: &random) } }
    for _ in 0..<lans {
      let size = Int.random(in: 3...min(30, vertexCount), using: &random)
      nets.append((0..<size).map { _ in Int32.random(in: 0..<Int32(vertexCount), using: &random) })
    }
    return Hypergraph(
      vertexWeights: (0..<vertexCount).map { _ in Int32.random(in: 1...heaviest, using: &random) }, nets: nets,
      netWeights: nets.map { _ in Int32.random(in: 1...4, using: &random) })
  }
}
