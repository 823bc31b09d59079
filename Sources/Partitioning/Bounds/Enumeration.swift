/// Looks at every partition of a small task, leaving out those that can't beat the best one so far.
///
/// Blocks that are empty and hold the same are alike: only the first of them is tried.
struct Enumeration {
  private let task: SearchTask
  private let order: [Int]
  private let weightLeft: [Int]
  private var blocks: [Int32]
  private var loads: [Int]
  private var counts: [Int]
  private var emptyCount: Int
  private var roomLeft: Int
  private var best: (blocks: [Int32], cost: Int)
  private var stepsLeft: Int

  /// Larger tasks aren't begun.
  private static let mostVertices = 40

  /// - Parameters:
  ///   - task: The problem, with the best partition that is known.
  ///   - stepLimit: How many placements of a vertex may be tried.
  /// - Returns: A partition of least cost; `nil` where the effort ran out.
  static func best(_ task: SearchTask, stepLimit: Int) -> (blocks: [Int32], cost: Int)? {
    guard task.blocks.count <= mostVertices else { return nil }
    var enumeration = Enumeration(task, stepLimit: stepLimit)
    enumeration.place(0, cost: 0)
    return enumeration.stepsLeft > 0 ? enumeration.best : nil
  }

  private init(_ task: SearchTask, stepLimit: Int) {
    best = (task.blocks, task.cost)
    self.task = task
    stepsLeft = stepLimit
    let order = Self.order(task)
    self.order = order
    var weights = [0]
    for vertex in order.reversed() {
      weights.append(weights[weights.count - 1] + Int(task.graph.vertexWeights[vertex]))
    }
    weightLeft = weights.reversed()
    blocks = [Int32](repeating: -1, count: order.count)
    loads = [Int](repeating: 0, count: task.capacities.count)
    counts = [Int](repeating: 0, count: task.capacities.count)
    emptyCount = task.capacities.count
    roomLeft = task.capacities.reduce(0, +)
  }

  /// The fixed vertices first; then always the vertex that most of what is placed is joined to, so that costs show
  /// early.
  private static func order(_ task: SearchTask) -> [Int] {
    var order: [Int] = []
    var ties = [Int](repeating: 0, count: task.blocks.count)
    var isPlaced = [Bool](repeating: false, count: task.blocks.count)
    while order.count < task.blocks.count {
      let left = task.blocks.indices.filter { !isPlaced[$0] }
      guard
        let next = left.min(by: {
          (task.isFixed[$0] ? 0 : 1, -ties[$0], $0) < (task.isFixed[$1] ? 0 : 1, -ties[$1], $1)
        })
      else { break }
      isPlaced[next] = true
      order.append(next)
      for arc in task.graph.arcs(of: next) { ties[Int(task.graph.arcTargets[arc])] += Int(task.graph.arcWeights[arc]) }
      for position in task.graph.nets(of: next) {
        let net = Int(task.graph.incidentNets[position])
        for pin in task.graph.pins(of: net) { ties[Int(task.graph.pins[pin])] += Int(task.graph.netWeights[net]) }
      }
    }
    return order
  }

  private mutating func place(_ position: Int, cost: Int) {
    if cost >= best.cost || stepsLeft <= 0 { return }
    if weightLeft[position] > roomLeft || emptyCount > order.count - position { return }
    if position == order.count {
      best = (blocks, cost)
      return
    }
    let vertex = order[position], weight = Int(task.graph.vertexWeights[vertex])
    var triedEmpty: [Int] = []
    for block in loads.indices where loads[block] + weight <= task.capacities[block] {
      if task.isFixed[vertex] {
        if block != Int(task.blocks[vertex]) { continue }
      } else if counts[block] == 0 {
        if triedEmpty.contains(task.capacities[block]) { continue }
        triedEmpty.append(task.capacities[block])
      }
      stepsLeft -= 1
      let more = addedCost(vertex, Int32(block))
      put(vertex, block, weight)
      place(position + 1, cost: cost + more)
      take(vertex, block, weight)
    }
  }

  private mutating func put(_ vertex: Int, _ block: Int, _ weight: Int) {
    if counts[block] == 0 { emptyCount -= 1 }
    counts[block] += 1
    loads[block] += weight
    roomLeft -= weight
    blocks[vertex] = Int32(block)
  }

  private mutating func take(_ vertex: Int, _ block: Int, _ weight: Int) {
    counts[block] -= 1
    if counts[block] == 0 { emptyCount += 1 }
    loads[block] -= weight
    roomLeft += weight
    blocks[vertex] = -1
  }

  /// What a vertex's nets cost more once it is in a block.
  private func addedCost(_ vertex: Int, _ block: Int32) -> Int {
    var cost = 0
    for arc in task.graph.arcs(of: vertex) {
      let other = blocks[Int(task.graph.arcTargets[arc])]
      if other >= 0, other != block { cost += Int(task.graph.arcWeights[arc]) }
    }
    for position in task.graph.nets(of: vertex) {
      let net = Int(task.graph.incidentNets[position])
      var isTouched = false, isThere = false
      for pin in task.graph.pins(of: net) {
        let other = blocks[Int(task.graph.pins[pin])]
        if other == block { isThere = true }
        if other >= 0 { isTouched = true }
      }
      if isTouched, !isThere { cost += Int(task.graph.netWeights[net]) }
    }
    return cost
  }
}
