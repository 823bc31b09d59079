/// Vertices that nothing joins to others and that weigh 1: they fill what room is left, wherever it is.
///
/// A search that has to carry them along finds every block full. Without them blocks have room, and clusters can move
/// where they couldn't otherwise. As many as there are blocks are kept, so that a block may hold nothing else.
struct SpareVertices: Sendable {
  /// The task without them.
  let task: SearchTask
  /// The vertices that are kept, ascending.
  private let kept: [Int32]
  private let spare: [Int32]
  private let capacities: [Int]

  /// Finds them; `nil` where there are none that can be spared.
  ///
  /// - Parameter whole: A task with a feasible partition.
  init?(_ whole: SearchTask) {
    let graph = whole.graph
    // A block that holds nothing else keeps one.
    var isHeld = [Bool](repeating: false, count: whole.capacities.count)
    var candidates: [Int32] = []
    for vertex in 0..<graph.vertexCount {
      let isJoined = !graph.arcs(of: vertex).isEmpty || !graph.nets(of: vertex).isEmpty
      if !isJoined, !whole.isFixed[vertex], graph.vertexWeights[vertex] == 1 {
        candidates.append(Int32(vertex))
      } else {
        isHeld[Int(whole.blocks[vertex])] = true
      }
    }
    guard candidates.count > whole.capacities.count else { return nil }
    var spare: [Int32] = []
    var mayBeSpared = candidates.count - whole.capacities.count
    for vertex in candidates {
      let block = Int(whole.blocks[Int(vertex)])
      if isHeld[block], mayBeSpared > 0 {
        spare.append(vertex)
        mayBeSpared -= 1
      }
      isHeld[block] = true
    }
    if spare.isEmpty { return nil }
    var partOf = [Int32](repeating: 0, count: graph.vertexCount)
    for vertex in spare { partOf[Int(vertex)] = 1 }
    let parts = Parts(partOf: partOf, count: 2)
    kept = parts.vertices[0]
    self.spare = spare
    capacities = whole.capacities
    task = SearchTask(
      graph: parts.graph(0, of: graph), capacities: whole.capacities, isFixed: kept.map { whole.isFixed[Int($0)] },
      blocks: kept.map { whole.blocks[Int($0)] })
  }

  /// The blocks of all vertices, from those of the task's.
  func filled(_ blocks: [Int32]) -> [Int32] {
    var all = [Int32](repeating: -1, count: kept.count + spare.count)
    var rooms = capacities
    for (position, vertex) in kept.enumerated() {
      all[Int(vertex)] = blocks[position]
      rooms[Int(blocks[position])] -= Int(task.graph.vertexWeights[position])
    }
    var block = 0
    for vertex in spare {
      while rooms[block] < 1 { block += 1 }
      all[Int(vertex)] = Int32(block)
      rooms[block] -= 1
    }
    return all
  }
}
