/// Blocks that any column of the kind may become: they hold the same, and the same vertices are fixed to them.
struct BlockKind: Sendable, Equatable {
  var capacity: Int
  /// The blocks, ascending. Where vertices are fixed to a block, it is the only one of its kind.
  var blocks: [Int32]
  /// The vertices that every block of this kind holds.
  var required: [Int32]
  /// Whether there may be fewer such blocks.
  var isOptional: Bool

  /// The kinds of a task's blocks, in the order of their first blocks.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - areOptional: Whether there may be fewer blocks.
  /// - Returns: The kinds.
  static func kinds(of task: SearchTask, areOptional: Bool = false) -> [BlockKind] {
    var required = [[Int32]](repeating: [], count: task.capacities.count)
    for (vertex, block) in task.blocks.enumerated() where task.isFixed[vertex] {
      required[Int(block)].append(Int32(vertex))
    }
    var kinds: [BlockKind] = []
    var kindOfCapacity: [Int: Int] = [:]
    for (block, capacity) in task.capacities.enumerated() {
      if required[block].isEmpty, let kind = kindOfCapacity[capacity] {
        kinds[kind].blocks.append(Int32(block))
        continue
      }
      if required[block].isEmpty { kindOfCapacity[capacity] = kinds.count }
      kinds.append(
        BlockKind(capacity: capacity, blocks: [Int32(block)], required: required[block], isOptional: areOptional))
    }
    return kinds
  }
}

/// A block that a partition may have: a column of the set-partitioning program.
struct Column: Sendable, Hashable {
  /// Its vertices, ascending.
  var vertices: [Int32]
  /// The number of its kind.
  var kind: Int
}
