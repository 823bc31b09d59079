/// Makes a partition feasible that has vertices in no block, blocks over their capacity, or empty ones.
///
/// Blocks give up the vertices that are joined to them least, until they hold what they may. These go, the heaviest
/// first, to the block with room that they are joined to most, or else to the one they fit best; where none has room,
/// a lighter vertex makes way.
struct Repair {
  private let task: SearchTask
  private var blocks: [Int32]
  private var loads: [Int]
  private var counts: [Int]
  private var members: [[Int32]]
  /// Blocks by what room they have left, so that the one that is filled best is found by bisection.
  private var order: [(room: Int, block: Int)] = []

  /// - Parameters:
  ///   - blocks: A block for each vertex, −1 for none; fixed vertices in their blocks.
  ///   - task: The problem.
  /// - Returns: A feasible partition; `nil` where none was found.
  static func feasible(_ blocks: [Int32], _ task: SearchTask) -> [Int32]? {
    var repair = Repair(blocks, task)
    return repair.run() ? repair.blocks : nil
  }

  private init(_ blocks: [Int32], _ task: SearchTask) {
    self.task = task
    self.blocks = blocks
    loads = [Int](repeating: 0, count: task.capacities.count)
    counts = [Int](repeating: 0, count: task.capacities.count)
    members = []
    for (vertex, block) in blocks.enumerated() where block >= 0 {
      loads[Int(block)] += weight(vertex)
      counts[Int(block)] += 1
    }
  }

  private func weight(_ vertex: Int) -> Int { Int(task.graph.vertexWeights[vertex]) }

  private mutating func run() -> Bool {
    let isDone =
      !blocks.contains(-1) && !counts.contains(0) && loads.indices.allSatisfy { loads[$0] <= task.capacities[$0] }
    if isDone { return true }
    members = [[Int32]](repeating: [], count: task.capacities.count)
    for (vertex, block) in blocks.enumerated() where block >= 0 && !task.isFixed[vertex] {
      members[Int(block)].append(Int32(vertex))
    }
    for block in loads.indices where loads[block] > task.capacities[block] { shrink(block) }
    fillEmptyBlocks()
    guard !counts.contains(0) else { return false }
    order = loads.indices.map { (task.capacities[$0] - loads[$0], $0) }.sorted { $0 < $1 }
    let homeless = blocks.indices.filter { blocks[$0] < 0 }.sorted { (weight($1), $0) < (weight($0), $1) }
    for vertex in homeless {
      guard place(vertex, makingWay: 3) else { return false }
    }
    return true
  }

  /// Takes the vertices that are joined least to a block from it, until it holds what it may.
  private mutating func shrink(_ block: Int) {
    let ties = members[block].map { (vertex: $0, tie: connection(Int($0), to: Int32(block))) }
      .sorted { ($0.tie, $0.vertex) < ($1.tie, $1.vertex) }
    for (vertex, _) in ties where loads[block] > task.capacities[block] && weight(Int(vertex)) > 0 {
      take(Int(vertex))
    }
  }

  private mutating func take(_ vertex: Int) {
    let block = Int(blocks[vertex])
    loads[block] -= weight(vertex)
    counts[block] -= 1
    members[block].removeAll { $0 == vertex }
    blocks[vertex] = -1
  }

  private mutating func put(_ vertex: Int, _ block: Int) {
    loads[block] += weight(vertex)
    counts[block] += 1
    members[block].append(Int32(vertex))
    blocks[vertex] = Int32(block)
  }

  /// Gives each empty block a vertex without one, or else one from a block that holds others too.
  private mutating func fillEmptyBlocks() {
    var homeless = 0
    var spare = 0
    for block in counts.indices where counts[block] == 0 {
      let capacity = task.capacities[block]
      while homeless < blocks.count, blocks[homeless] >= 0 || weight(homeless) > capacity { homeless += 1 }
      if homeless < blocks.count {
        put(homeless, block)
        continue
      }
      while spare < blocks.count, !canSpare(spare, capacity) { spare += 1 }
      guard spare < blocks.count else { return }
      take(spare)
      put(spare, block)
    }
  }

  private func canSpare(_ vertex: Int, _ capacity: Int) -> Bool {
    !task.isFixed[vertex] && blocks[vertex] >= 0 && counts[Int(blocks[vertex])] > 1 && weight(vertex) <= capacity
  }

  private func connection(_ vertex: Int, to block: Int32) -> Int {
    var sum = 0
    for arc in task.graph.arcs(of: vertex) where blocks[Int(task.graph.arcTargets[arc])] == block {
      sum += Int(task.graph.arcWeights[arc])
    }
    return sum
  }

  private mutating func place(_ vertex: Int, makingWay depth: Int) -> Bool {
    if let block = bestNeighbor(of: vertex) ?? bestFit(weight(vertex)) {
      reorder(block) { $0.put(vertex, block) }
      return true
    }
    return depth > 0 && exchange(vertex, depth)
  }

  private func bestNeighbor(of vertex: Int) -> Int? {
    var best: (tie: Int, block: Int)?
    for arc in task.graph.arcs(of: vertex) {
      let block = Int(blocks[Int(task.graph.arcTargets[arc])])
      if block < 0 || loads[block] + weight(vertex) > task.capacities[block] { continue }
      let tie = connection(vertex, to: Int32(block))
      if best == nil || (best?.tie ?? 0, block) < (tie, best?.block ?? 0) { best = (tie, block) }
    }
    return best?.block
  }

  private func bestFit(_ weight: Int) -> Int? {
    let index = position(of: (weight, -1))
    return index < order.count ? order[index].block : nil
  }

  private func position(of entry: (room: Int, block: Int)) -> Int {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if order[middle] < entry { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func reorder(_ block: Int, _ change: (inout Repair) -> Void) {
    order.remove(at: position(of: (task.capacities[block] - loads[block], block)))
    change(&self)
    let entry = (room: task.capacities[block] - loads[block], block: block)
    order.insert(entry, at: position(of: entry))
  }

  /// Puts a vertex where a lighter one makes way, from the blocks with most room down; the lighter one goes on.
  private mutating func exchange(_ vertex: Int, _ depth: Int) -> Bool {
    let heavy = weight(vertex)
    for (room, block) in order.reversed().prefix(20) where room > 0 {
      let lighter = members[block].filter {
        weight(Int($0)) < heavy && weight(Int($0)) >= heavy - room
      }
      guard let other = lighter.min(by: { (weight(Int($0)), $0) < (weight(Int($1)), $1) }) else { continue }
      reorder(block) {
        $0.take(Int(other))
        $0.put(vertex, block)
      }
      if place(Int(other), makingWay: depth - 1) { return true }
      reorder(block) {
        $0.take(vertex)
        $0.put(Int(other), block)
      }
    }
    return false
  }
}
