/// Partitions hypergraphs into blocks with hard capacities.
///
/// First it is decided which blocks there have to be (bin packing, exactly). Each class of vertices has blocks of its
/// own, so that the problem falls into one for each class; their costs add up. Each is started by recursive bisection
/// and improved by annealing, of single vertices first and then of clusters.
public struct Partitioner: Sendable {
  /// How it works.
  public var options: PartitioningOptions

  /// A partitioner.
  public init(options: PartitioningOptions = PartitioningOptions()) { self.options = options }

  /// Solves a problem.
  ///
  /// The same problem, effort and seed give the same answer, unless a time limit or cancelling cuts it short.
  ///
  /// - Returns: A partition that is feasible, or why there is none.
  /// - Complexity: The time grows with the vertices, nets and pins, a little slower than in proportion for large
  ///   hypergraphs, and doesn't depend on the number of blocks. Memory: O(vertices + pins).
  public func solve(_ problem: PartitioningProblem) -> PartitioningOutcome {
    let clock = SearchClock(options)
    do throws(Infeasibility) {
      let request = try PackingRequest(problem)
      guard let plan = try BlockPlan.make(request, effort: packingSteps) else { return .undecided }
      return .partition(partition(problem, request, plan, clock))
    } catch {
      return .infeasible(error)
    }
  }

  /// The steps a search for a packing may take.
  private var packingSteps: Int {
    switch options.effort {
    case .fast: 200_000
    case .balanced: 2_000_000
    case .thorough: 50_000_000
    }
  }

  /// Solves each class on its own and puts the answers together.
  private func partition(
    _ problem: PartitioningProblem, _ request: PackingRequest, _ plan: BlockPlan, _ clock: SearchClock
  ) -> Partition {
    let whole = SearchTask(
      graph: SearchGraph(problem.hypergraph), capacities: plan.capacities,
      isFixed: request.fixedBlocks.map { $0 >= 0 }, blocks: plan.packing)
    let parts = Parts(partOf: request.classes, count: request.classCount)
    let degree = whole.graph.meanDegree
    clock.plan(
      steps: parts.vertices.reduce(0) {
        $0 + SearchSchedule(options.effort, vertexCount: $1.count, degree: degree).allSteps
      })
    let solver = TaskSolver(options: options, clock: clock)
    // A net over several classes is cut between them in every partition.
    let crossing = SearchCost.connectivity(of: request.classes, in: problem.hypergraph)
    var answer = Partition(
      blocks: plan.packing, blockCount: plan.capacities.count, cost: crossing, lowerBound: crossing,
      boundSource: crossing == 0 ? .trivial : .structure, fewestBlocks: plan.fewestBlocks)
    var bounds: [BoundCertificate.ClassBound] = []
    for part in parts.vertices.indices where !parts.vertices[part].isEmpty {
      let (task, names) = whole.task(part, of: parts)
      let found = solver.solve(task)
      for (position, block) in found.blocks.enumerated() {
        answer.blocks[Int(parts.vertices[part][position])] = names[Int(block)]
      }
      answer.cost += found.cost
      if plan.isShareForced {
        answer.lowerBound += found.lowerBound
        answer.boundSource = max(answer.boundSource, found.boundSource)
      }
      bounds.append(
        BoundCertificate.ClassBound(
          found, vertices: parts.vertices[part], blocks: task.capacities.count, isValid: plan.isShareForced))
    }
    answer.certificate = BoundCertificate(
      blocks: answer.blockCount, fewestBlocks: answer.fewestBlocks, lowerBound: answer.lowerBound, classes: bounds)
    if case .uniform = problem.capacity { number(&answer.blocks, request, count: answer.blockCount) }
    answer.isInterrupted = clock.isCutShort
    return answer
  }

  /// Numbers the blocks that no fixed vertex names in the order of their first vertices.
  private func number(_ blocks: inout [Int32], _ request: PackingRequest, count: Int) {
    var numbers = [Int32](repeating: -1, count: count)
    var isTaken = [Bool](repeating: false, count: count)
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
