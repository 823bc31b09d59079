/// A partition that is put together from the answers to its classes; where a class has none yet, from the packing.
struct PartitionDraft: Sendable {
  private let problem: PartitioningProblem
  private let request: PackingRequest
  private let plan: BlockPlan
  private let parts: Parts
  /// What is known of each class, and the names of its blocks in the plan.
  private var answers: [(found: TaskSolver.Answer, blockNames: [Int32])?]

  /// - Parameters:
  ///   - problem: The problem.
  ///   - request: What it asks for, apart from its nets.
  ///   - plan: Which blocks there are.
  ///   - parts: The vertices of each class.
  init(_ problem: PartitioningProblem, _ request: PackingRequest, _ plan: BlockPlan, _ parts: Parts) {
    self.problem = problem
    self.request = request
    self.plan = plan
    self.parts = parts
    answers = Array(repeating: nil, count: parts.vertices.count)
  }

  /// Sets what is known of a class.
  mutating func set(_ found: TaskSolver.Answer, part: Int, blockNames: [Int32]) {
    answers[part] = (found, blockNames)
  }

  /// The partition; what isn't known of a class yet counts for nothing in its bound.
  ///
  /// - Complexity: O(pins).
  func partition(isInterrupted: Bool) -> Partition {
    var blocks = plan.packing
    // A net over several classes is cut between them in every partition.
    var lowerBound = request.classCount > 1 ? SearchCost.connectivity(of: request.classes, in: problem.hypergraph) : 0
    var boundSource: Partition.BoundSource = lowerBound == 0 ? .trivial : .structure
    var bounds: [BoundCertificate.ClassBound] = []
    for part in parts.vertices.indices where !parts.vertices[part].isEmpty {
      let vertices = parts.vertices[part]
      guard let (found, blockNames) = answers[part] else {
        let count = Set(vertices.lazy.map { plan.packing[Int($0)] }).count
        bounds.append(BoundCertificate.ClassBound(vertex: Int(vertices[0]), blocks: count, lowerBound: 0, by: .trivial))
        continue
      }
      for (position, block) in found.blocks.enumerated() { blocks[Int(vertices[position])] = blockNames[Int(block)] }
      if plan.isShareForced {
        lowerBound += found.lowerBound
        boundSource = max(boundSource, found.boundSource)
      }
      bounds.append(
        BoundCertificate.ClassBound(
          found, vertices: vertices, blocks: blockNames.count, isValid: plan.isShareForced))
    }
    var partition = Partition(
      blocks: blocks, blockCount: plan.capacities.count,
      cost: SearchCost.connectivity(of: blocks, in: problem.hypergraph), lowerBound: lowerBound,
      boundSource: boundSource, fewestBlocks: plan.fewestBlocks, isInterrupted: isInterrupted)
    partition.certificate = BoundCertificate(
      blocks: partition.blockCount, fewestBlocks: partition.fewestBlocks, lowerBound: lowerBound, classes: bounds)
    if case .uniform = problem.capacity { number(&partition.blocks) }
    return partition
  }

  /// Numbers the blocks that no fixed vertex names in the order of their first vertices.
  private func number(_ blocks: inout [Int32]) {
    var numbers = [Int32](repeating: -1, count: plan.capacities.count)
    var isTaken = [Bool](repeating: false, count: plan.capacities.count)
    for block in request.fixedBlocks where block >= 0 {
      numbers[Int(block)] = block
      isTaken[Int(block)] = true
    }
    var next = 0
    for vertex in blocks.indices {
      let block = Int(blocks[vertex])
      if numbers[block] < 0 {
        while isTaken[next] { next += 1 }
        numbers[block] = Int32(next)
        next += 1
      }
      blocks[vertex] = numbers[block]
    }
  }
}
