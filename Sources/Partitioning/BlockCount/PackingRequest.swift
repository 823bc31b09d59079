/// A problem's vertices, classes and capacities, without its nets: what decides which blocks there have to be.
struct PackingRequest {
  let weights: [Int]
  /// The class of each vertex, numbered from 0 in the order of their first vertices.
  let classes: [Int32]
  let classCount: Int
  /// The block of each fixed vertex; −1 where it's free.
  let fixedBlocks: [Int32]
  let capacity: PartitioningProblem.Capacity
  let blockCount: PartitioningProblem.BlockCount
  /// How many blocks the fixed vertices name: the highest number and one.
  let namedCount: Int
  /// The weight that is fixed to each named block, and its class; −1 where nothing is fixed to it.
  let fixedWeights: [Int]
  let fixedClasses: [Int32]

  /// - Throws: What contradicts itself already without packing anything.
  init(_ problem: PartitioningProblem) throws(Infeasibility) {
    weights = problem.hypergraph.vertexWeights.map(Int.init)
    capacity = problem.capacity
    blockCount = problem.blockCount
    (classes, classCount) = Self.numbered(problem.classes, count: weights.count)
    fixedBlocks = problem.fixedBlocks.isEmpty ? [Int32](repeating: -1, count: weights.count) : problem.fixedBlocks
    try Self.checkVertices(weights, capacity)
    let asked: Int? =
      switch (capacity, blockCount) {
      case (.perBlock(let capacities), _): capacities.count
      case (.uniform, .exactly(let count)): count
      case (.uniform, .fewest): nil
      }
    for (vertex, block) in fixedBlocks.enumerated() {
      if let asked, block >= asked { throw .fixedOutside(vertex: vertex, block: Int(block), asked: asked) }
    }
    namedCount = Int(fixedBlocks.max() ?? -1) + 1
    // No block may be empty: a name beyond the vertices needs no memory to be refused.
    if namedCount > weights.count { throw .tooManyBlocks(asked: namedCount, possible: weights.count) }
    (fixedWeights, fixedClasses) = try Self.fixedContents(fixedBlocks, namedCount, weights, classes)
    for (block, weight) in fixedWeights.enumerated() {
      let room = capacity[block]
      if weight > room { throw .fixedTooHeavy(block: block, weight: weight, capacity: room) }
    }
  }

  private static func checkVertices(
    _ weights: [Int], _ capacity: PartitioningProblem.Capacity
  ) throws(Infeasibility) {
    let largest =
      switch capacity {
      case .uniform(let capacity): capacity
      case .perBlock(let capacities): capacities.max() ?? 0
      }
    for (vertex, weight) in weights.enumerated() where weight > largest {
      throw .vertexTooHeavy(vertex: vertex, weight: weight, capacity: largest)
    }
  }

  private static func numbered(_ classes: [Int32], count: Int) -> (classes: [Int32], count: Int) {
    if classes.isEmpty { return ([Int32](repeating: 0, count: count), 1) }
    var numbers: [Int32: Int32] = [:]
    let numbered = classes.map { name in
      if let number = numbers[name] { return number }
      let number = Int32(numbers.count)
      numbers[name] = number
      return number
    }
    return (numbered, max(1, numbers.count))
  }

  private static func fixedContents(
    _ fixedBlocks: [Int32], _ namedCount: Int, _ weights: [Int], _ classes: [Int32]
  ) throws(Infeasibility) -> (weights: [Int], classes: [Int32]) {
    var fixedWeights = [Int](repeating: 0, count: namedCount)
    var firstVertices = [Int](repeating: -1, count: namedCount)
    for (vertex, block) in fixedBlocks.enumerated() where block >= 0 {
      let first = firstVertices[Int(block)]
      if first < 0 {
        firstVertices[Int(block)] = vertex
      } else if classes[first] != classes[vertex] {
        throw .fixedClassesMeet(block: Int(block), vertices: [first, vertex])
      }
      fixedWeights[Int(block)] += weights[vertex]
    }
    return (fixedWeights, firstVertices.map { $0 < 0 ? -1 : classes[$0] })
  }
}

extension PartitioningProblem.Capacity {
  /// What a block holds.
  subscript(block: Int) -> Int {
    switch self {
    case .uniform(let capacity): capacity
    case .perBlock(let capacities): capacities[block]
    }
  }
}
