/// Packs vertices into blocks with capacities of their own, none of which may stay empty.
///
/// A block takes the class of the first vertex in it. Packing goes best fit first; where that fails and there are few
/// vertices, every packing is tried, up to the effort.
struct GivenBlockPacking {
  private let request: PackingRequest
  private let capacities: [Int]
  private let stepLimit: Int
  private let shouldStop: () -> Bool
  /// Longer searches would go too deep.
  private static let mostForSearch = 400

  init(_ request: PackingRequest, capacities: [Int], effort: Int, shouldStop: @escaping () -> Bool) {
    self.request = request
    self.capacities = capacities
    stepLimit = effort
    self.shouldStop = shouldStop
  }

  /// Blocks while they are filled.
  private struct Blocks {
    var rooms: [Int]
    var classes: [Int32]
    var packing: [Int32]
    var emptyCount: Int

    mutating func put(_ vertex: Int, _ weight: Int, _ owner: Int32, into block: Int) {
      if classes[block] < 0 { emptyCount -= 1 }
      classes[block] = owner
      rooms[block] -= weight
      packing[vertex] = Int32(block)
    }
  }

  func plan() throws(Infeasibility) -> BlockPlan? {
    let start = self.start()
    let free = request.weights.indices.filter { request.fixedBlocks[$0] < 0 }
      .sorted { (request.weights[$1], $0) < (request.weights[$0], $1) }
    try checkRoom(start, free)
    let seeds = try seeded(start, free)
    if let packing = bestFit(seeds.blocks, seeds.left) ?? bestFit(start, free) { return plan(packing) }
    guard free.count <= Self.mostForSearch else { return nil }
    var stepsLeft = stepLimit
    var blocks = start
    if search(&blocks, free, 0, &stepsLeft) { return plan(blocks) }
    if stepsLeft > 0 { throw .noPacking }
    return nil
  }

  private func plan(_ blocks: Blocks) -> BlockPlan {
    BlockPlan(
      capacities: capacities, classes: blocks.classes, packing: blocks.packing, fewestBlocks: capacities.count,
      isShareForced: request.classCount == 1)
  }

  private func start() -> Blocks {
    var blocks = Blocks(
      rooms: capacities, classes: [Int32](repeating: -1, count: capacities.count), packing: request.fixedBlocks,
      emptyCount: capacities.count)
    for (vertex, block) in request.fixedBlocks.enumerated() where block >= 0 {
      blocks.put(vertex, request.weights[vertex], request.classes[vertex], into: Int(block))
    }
    return blocks
  }

  /// All weights are multiples of their greatest common divisor, and so is what a block can be filled with.
  private func checkRoom(_ start: Blocks, _ free: [Int]) throws(Infeasibility) {
    if start.emptyCount > free.count {
      throw .tooManyBlocks(asked: capacities.count, possible: capacities.count - start.emptyCount + free.count)
    }
    let unit = max(1, free.reduce(0) { Self.greatestCommonDivisor($0, request.weights[$1]) })
    let weight = request.weights.reduce(0, +)
    let unusable = start.rooms.reduce(0) { $0 + $1 % unit }
    let capacity = capacities.reduce(0, +) - unusable
    if weight > capacity { throw .overCapacity(weight: weight, capacity: capacity) }
  }

  private static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
    var (a, b) = (first, second)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// Gives each empty block a vertex, the least blocks first, each the heaviest that fits. What fits a block fits all
  /// that follow, so that this fails only where nothing could succeed.
  private func seeded(_ start: Blocks, _ free: [Int]) throws(Infeasibility) -> (blocks: Blocks, left: [Int]) {
    var blocks = start
    var left: [Int] = []
    let empty = capacities.indices.filter { start.classes[$0] < 0 }.sorted {
      (capacities[$0], $0) < (capacities[$1], $1)
    }
    // The free vertices from the lightest, those that fit so far waiting on a stack with the heaviest on top.
    var lightest = free.count - 1
    var waiting: [Int] = []
    for block in empty {
      while lightest >= 0, request.weights[free[lightest]] <= capacities[block] {
        waiting.append(free[lightest])
        lightest -= 1
      }
      guard let vertex = waiting.popLast() else {
        throw .blockStaysEmpty(block: block, capacity: capacities[block])
      }
      blocks.put(vertex, request.weights[vertex], request.classes[vertex], into: block)
    }
    let taken = blocks.packing
    left = free.filter { taken[$0] < 0 }
    return (blocks, left)
  }

  private func bestFit(_ start: Blocks, _ free: [Int]) -> Blocks? {
    var blocks = start
    // Blocks by room, so that the best one is found by bisection.
    var byRoom = capacities.indices.sorted { (blocks.rooms[$0], $0) < (blocks.rooms[$1], $1) }
    for vertex in free {
      let weight = request.weights[vertex], owner = request.classes[vertex]
      let firstFit = byRoom.partitioningIndex { blocks.rooms[$0] >= weight }
      guard
        let position = (firstFit..<byRoom.count).first(where: {
          blocks.classes[byRoom[$0]] == owner || blocks.classes[byRoom[$0]] < 0
        })
      else { return nil }
      let block = byRoom.remove(at: position)
      blocks.put(vertex, weight, owner, into: block)
      byRoom.insert(
        block,
        at: byRoom.partitioningIndex { (blocks.rooms[$0], $0) >= (blocks.rooms[block], block) })
    }
    return blocks.emptyCount == 0 ? blocks : nil
  }

  /// Tries every block for the heaviest vertex left, but of blocks that are alike only one.
  private func search(_ blocks: inout Blocks, _ free: [Int], _ position: Int, _ stepsLeft: inout Int) -> Bool {
    if blocks.emptyCount > free.count - position { return false }
    if position == free.count { return true }
    let vertex = free[position], weight = request.weights[vertex], owner = request.classes[vertex]
    var tried: [(room: Int, isEmpty: Bool)] = []
    let order = blocks.rooms.indices.filter {
      blocks.rooms[$0] >= weight && (blocks.classes[$0] < 0 || blocks.classes[$0] == owner)
    }.sorted { (blocks.rooms[$0], $0) < (blocks.rooms[$1], $1) }
    for block in order {
      let isEmpty = blocks.classes[block] < 0
      if tried.contains(where: { $0 == (blocks.rooms[block], isEmpty) }) { continue }
      tried.append((blocks.rooms[block], isEmpty))
      stepsLeft = shouldStop() ? 0 : stepsLeft - 1
      if stepsLeft <= 0 { return false }
      let before = blocks
      blocks.put(vertex, weight, owner, into: block)
      if search(&blocks, free, position + 1, &stepsLeft) { return true }
      blocks = before
    }
    return false
  }
}

extension Array {
  /// The first index whose element satisfies a condition that, once true, stays true; the end where none does.
  fileprivate func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
