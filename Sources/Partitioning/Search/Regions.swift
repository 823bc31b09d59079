/// Divides a large graph into regions of neighbouring blocks, of about the same number of vertices each.
///
/// A region grows breadth first from a random block; what was left between regions grown before is gathered along the
/// way. The regions share no block, so that each can be searched on its own, at the same time; the next pass has
/// others, and their borders elsewhere.
enum Regions {
  /// Grows regions.
  ///
  /// - Parameters:
  ///   - task: The graph, and its blocks as they are.
  ///   - size: How many vertices a region should have at least.
  ///   - random: Where the seeds come from.
  /// - Returns: The regions.
  /// - Complexity: O(vertices + arcs + pins).
  static func parts(_ task: SearchTask, size: Int, random: inout RandomSource) -> Parts {
    let graph = task.graph
    let blockCount = task.capacities.count
    let members = BlockRows(task.blocks, blockCount: blockCount)
    var regionOf = [Int32](repeating: -1, count: blockCount)
    var isNetSeen = [Bool](repeating: false, count: graph.netCount)
    var queue: [Int32] = []
    var next = 0
    var region: Int32 = 0
    var regionSize = 0

    func reach(_ block: Int32) {
      if regionOf[Int(block)] >= 0 { return }
      regionOf[Int(block)] = region
      regionSize += members[block].count
      queue.append(block)
      if regionSize >= size {
        region += 1
        regionSize = 0
        queue.removeAll(keepingCapacity: true)
        next = 0
      }
    }

    for seed in random.permutation(of: blockCount) {
      reach(seed)
      while next < queue.count {
        let block = queue[next]
        next += 1
        expand(members[block], graph, task.blocks, &isNetSeen, reach)
      }
    }
    let count = regionSize > 0 ? Int(region) + 1 : Int(region)
    return Parts(partOf: task.blocks.map { regionOf[Int($0)] }, count: count)
  }

  private static func expand(
    _ members: ArraySlice<Int32>, _ graph: SearchGraph, _ blocks: [Int32], _ isNetSeen: inout [Bool],
    _ reach: (Int32) -> Void
  ) {
    for vertex in members {
      for arc in graph.arcs(of: Int(vertex)) { reach(blocks[Int(graph.arcTargets[arc])]) }
      for position in graph.nets(of: Int(vertex)) {
        let net = Int(graph.incidentNets[position])
        // Once is enough: a net over everything would otherwise be gone through by each of its vertices.
        if isNetSeen[net] { continue }
        isNetSeen[net] = true
        for pin in graph.pins(of: net) { reach(blocks[Int(graph.pins[pin])]) }
      }
    }
  }
}

/// The vertices of each block, in rows.
struct BlockRows {
  private var offsets: [Int32]
  private var vertices: [Int32]

  init(_ blocks: [Int32], blockCount: Int) {
    offsets = [Int32](repeating: 0, count: blockCount + 1)
    for block in blocks { offsets[Int(block) + 1] += 1 }
    for block in 0..<blockCount { offsets[block + 1] += offsets[block] }
    var next = offsets
    vertices = [Int32](repeating: 0, count: blocks.count)
    for (vertex, block) in blocks.enumerated() {
      vertices[Int(next[Int(block)])] = Int32(vertex)
      next[Int(block)] += 1
    }
  }

  subscript(block: Int32) -> ArraySlice<Int32> {
    vertices[Int(offsets[Int(block)])..<Int(offsets[Int(block) + 1])]
  }
}
