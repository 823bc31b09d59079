/// A division of vertices into numbered parts, each of which is searched on its own.
struct Parts: Sendable {
  /// The part of each vertex.
  let partOf: [Int32]
  /// The position of each vertex in its part.
  let positions: [Int32]
  /// The vertices of each part, ascending.
  let vertices: [[Int32]]

  init(partOf: [Int32], count: Int) {
    var positions = [Int32](repeating: 0, count: partOf.count)
    var vertices = [[Int32]](repeating: [], count: count)
    for (vertex, part) in partOf.enumerated() {
      positions[vertex] = Int32(vertices[Int(part)].count)
      vertices[Int(part)].append(Int32(vertex))
    }
    self.partOf = partOf
    self.positions = positions
    self.vertices = vertices
  }

  /// A part of a graph.
  func graph(_ part: Int, of graph: SearchGraph) -> SearchGraph {
    SearchGraph(graph, vertices: vertices[part], part: Int32(part), partOf: partOf, positions: positions)
  }
}
