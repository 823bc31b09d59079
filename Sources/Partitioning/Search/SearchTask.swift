/// A graph of one class with a feasible partition to be improved; each block stays as it is named.
struct SearchTask: Sendable {
  var graph: SearchGraph
  /// What each block holds.
  var capacities: [Int]
  /// Whether a vertex has to stay in its block.
  var isFixed: [Bool]
  /// A block for each vertex: within the capacities, no block empty.
  var blocks: [Int32]

  /// The vertices that may change their block.
  var movable: [Int32] { isFixed.indices.filter { !isFixed[$0] }.map(Int32.init) }

  /// The task of a part, with its blocks numbered anew.
  ///
  /// - Parameters:
  ///   - part: The part's number.
  ///   - parts: Parts such that all vertices of a block are in the same one.
  /// - Returns: The part's task, and the names that its blocks have here.
  func task(_ part: Int, of parts: Parts) -> (task: SearchTask, blockNames: [Int32]) {
    if parts.vertices.count == 1 { return (self, capacities.indices.map(Int32.init)) }
    let vertices = parts.vertices[part]
    let names = Set(vertices.map { blocks[Int($0)] }).sorted()
    var numbers: [Int32: Int32] = [:]
    for (number, name) in names.enumerated() { numbers[name] = Int32(number) }
    let task = SearchTask(
      graph: parts.graph(part, of: graph),
      capacities: names.map { capacities[Int($0)] },
      isFixed: vertices.map { isFixed[Int($0)] },
      blocks: vertices.map { numbers[blocks[Int($0)], default: 0] })
    return (task, names)
  }
}

extension SearchTask {
  /// What the partition costs.
  var cost: Int { BlockState(graph, blocks: blocks, capacities: capacities).cost }
}
