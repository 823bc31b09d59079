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
  /// Once it is to stop, it answers within a tenth of a second or so: a step that can't be stopped ends by itself, on
  /// a thread of its own.
  ///
  /// - Returns: A partition that is feasible, or why there is none.
  /// - Complexity: The time grows with the vertices, nets and pins, a little slower than in proportion for large
  ///   hypergraphs, and doesn't depend on the number of blocks. Memory: O(vertices + pins).
  public func solve(_ problem: PartitioningProblem) -> PartitioningOutcome {
    let clock = SearchClock(options)
    return stoppable(when: clock.shouldStop) {
      ThreadCount.$limit.withValue(options.threads) { solve(problem.withUsefulCapacities, clock) }
    } substitute: {
      clock.incumbent.partition(isInterrupted: true).map { .partition($0) }
    }
  }

  private func solve(_ problem: PartitioningProblem, _ clock: SearchClock) -> PartitioningOutcome {
    do throws(Infeasibility) {
      let request = try PackingRequest(problem)
      guard let plan = try BlockPlan.make(request, effort: packingSteps, shouldStop: clock.shouldStop) else {
        return .undecided
      }
      solveClasses(problem, request, plan, clock)
    } catch {
      return .infeasible(error)
    }
    return clock.incumbent.partition(isInterrupted: clock.isCutShort).map { .partition($0) } ?? .undecided
  }

  /// The steps a search for a packing may take.
  private var packingSteps: Int {
    switch options.effort {
    case .fast: 200_000
    case .balanced: 2_000_000
    case .thorough: 50_000_000
    }
  }

  /// Solves each class on its own.
  private func solveClasses(
    _ problem: PartitioningProblem, _ request: PackingRequest, _ plan: BlockPlan, _ clock: SearchClock
  ) {
    let parts = Parts(partOf: request.classes, count: request.classCount)
    clock.incumbent.begin(PartitionDraft(problem, request, plan, parts))
    let whole = SearchTask(
      graph: SearchGraph(problem.hypergraph), capacities: plan.capacities,
      isFixed: request.fixedBlocks.map { $0 >= 0 }, blocks: plan.packing)
    clock.plan(steps: parts.vertices.reduce(0) { $0 + SearchSchedule(options.effort, vertexCount: $1.count).allSteps })
    let solver = TaskSolver(options: options, clock: clock)
    for part in parts.vertices.indices where !parts.vertices[part].isEmpty {
      let (task, blockNames) = whole.task(part, of: parts)
      clock.incumbent.begin(part: part, blockNames: blockNames)
      clock.incumbent.improve(solver.solve(task))
    }
  }
}
