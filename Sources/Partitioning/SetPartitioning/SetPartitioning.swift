/// Solves a task as an integer program: choose blocks such that each vertex is in one of them.
///
/// The linear relaxation's bound is nearly always within a unit or two of the optimum. What a better partition could
/// consist of, by its prices, is then so little that all of it can be listed, and GLPK's branch and cut decides.
///
/// > E. L. Johnson, A. Mehrotra and G. L. Nemhauser. "Min-cut clustering." *Mathematical Programming* 62, 1993.
/// > doi:10.1007/BF01585164
/// >
/// > R. Baldacci, N. Christofides and A. Mingozzi. "An exact algorithm for the vehicle routing problem based on the set
/// > partitioning formulation with additional cuts." *Mathematical Programming* 115, 2008.
/// > doi:10.1007/s10107-007-0178-5 (listing the columns whose reduced cost is within the gap)
struct SetPartitioning {
  /// How much work pricing and linear programs may do.
  var workLimit: Int
  /// How many columns an integer program may have.
  var columnLimit: Int
  /// How many nodes of its search tree GLPK may look at.
  var nodeLimit: Int

  /// Whether the task is likely to be solved sooner than a long search is done.
  var isQuick = false
  /// Pricing by listing, where that takes little.
  var connected: ConnectedPricing?

  /// What was found out.
  struct Answer {
    var blocks: [Int32]
    var cost: Int
    /// No feasible partition costs less.
    var lowerBound: Int
    /// Whether integer programming was needed for the bound.
    var usedIntegerProgram: Bool
    /// What the bound rests on.
    var prices: BoundCertificate.BlockPrices?
    /// What the linear relaxation comes nearest to, a block for each vertex, −1 for none: where to search from.
    var rounded: [Int32]?
  }

  /// Improves a task's partition, and says how good it is.
  ///
  /// - Parameters:
  ///   - task: A problem with the best partition so far.
  ///   - shouldStop: Whether to end early.
  /// - Returns: A partition that costs no more than the task's, and a bound.
  func solve(_ task: SearchTask, shouldStop: @escaping @Sendable () -> Bool) -> Answer {
    var generation = ColumnGeneration(task, connected: connected, workLimit: workLimit, shouldStop: shouldStop)
    generation.add(partition: task.blocks)
    let total = generation.graph.totalNetWeight
    var answer = Answer(
      blocks: task.blocks, cost: task.cost,
      lowerBound: 0, usedIntegerProgram: false)
    let isSolved = generation.run(goal: answer.cost + total)
    if let bound = generation.bound {
      let scale = generation.scale
      answer.lowerBound = max(0, (bound.value + scale - 1) / scale - total)
      answer.prices = Self.prices(bound, generation)
    }
    answer.rounded = generation.rounded()
    guard isSolved, answer.lowerBound < answer.cost else { return answer }
    choose(
      generation.knownColumns(forCost: answer.cost - 1 + total), generation, task, &answer, shouldStop, isAll: false)
    guard answer.lowerBound < answer.cost else { return answer }
    if let all = generation.columns(forCost: answer.cost - 1 + total, most: columnLimit) {
      choose(all, generation, task, &answer, shouldStop, isAll: true)
    }
    return answer
  }

  private static func prices(
    _ bound: ColumnGeneration.Bound, _ generation: borrowing ColumnGeneration
  ) -> BoundCertificate.BlockPrices {
    let kinds = generation.kinds.enumerated().map { number, kind in
      BoundCertificate.Kind(
        capacity: kind.capacity, fixed: kind.required.map(Int.init), blocks: kind.blocks.count,
        worth: bound.worths[number])
    }
    return BoundCertificate.BlockPrices(
      scale: generation.scale, prices: bound.prices, kinds: kinds, value: bound.value)
  }

  /// Improves the answer by the best choice of columns.
  private func choose(
    _ columns: [Column], _ generation: borrowing ColumnGeneration, _ task: SearchTask, _ answer: inout Answer,
    _ shouldStop: @escaping () -> Bool, isAll: Bool
  ) {
    let graph = generation.graph
    let program = CoverProgram(
      vertexCount: graph.vertexCount, kinds: generation.kinds, isCover: generation.isCover, columns: columns,
      costs: columns.map { graph.cost(of: $0.vertices) })
    let outcome = program.solve(
      below: answer.cost + graph.totalNetWeight, nodeLimit: nodeLimit, workLimit: workLimit / 4,
      shouldStop: shouldStop)
    switch outcome {
    case .optimal(let chosen), .feasible(let chosen):
      guard let blocks = Self.partition(chosen.map { columns[$0] }, task, generation.kinds) else { return }
      let cost = BlockState(task.graph, blocks: blocks, capacities: task.capacities).cost
      if cost < answer.cost { (answer.blocks, answer.cost) = (blocks, cost) }
    case .none, .undecided: break
    }
    guard isAll else { return }
    switch outcome {
    case .optimal, .none:
      answer.lowerBound = answer.cost
      answer.usedIntegerProgram = true
    case .feasible, .undecided: break
    }
  }

  /// The partition that columns make; `nil` if they make none.
  private static func partition(_ columns: [Column], _ task: SearchTask, _ kinds: [BlockKind]) -> [Int32]? {
    var blocks = [Int32](repeating: -1, count: task.blocks.count)
    var used = [Int](repeating: 0, count: kinds.count)
    // Small blocks first: what is covered twice stays in the smaller, which isn't emptied.
    for column in columns.sorted(by: { $0.vertices.count < $1.vertices.count }) {
      guard used[column.kind] < kinds[column.kind].blocks.count else { return nil }
      let block = kinds[column.kind].blocks[used[column.kind]]
      used[column.kind] += 1
      for vertex in column.vertices where blocks[Int(vertex)] < 0 { blocks[Int(vertex)] = block }
    }
    return blocks.contains(-1) || Set(blocks).count != task.capacities.count ? nil : blocks
  }
}

extension SetPartitioning {
  /// The work that an effort allows; `nil` where the task is too large to begin.
  ///
  /// - Parameters:
  ///   - effort: How hard to look.
  ///   - task: The task.
  ///   - shouldStop: Whether to end early.
  init?(_ effort: Effort, _ task: SearchTask, shouldStop: @escaping @Sendable () -> Bool) {
    let vertexCount = task.blocks.count
    // Quick pricing is only looked for where it would be used.
    let (mostVertices, mostWork) =
      switch effort {
      case .fast: (40, 20_000)
      case .balanced: (500, 1_200_000)
      case .thorough: (2000, 5_000_000)
      }
    if vertexCount <= mostVertices {
      connected = ConnectedPricing(task, mostWork: mostWork, shouldStop: shouldStop)
    }
    let isConnected = connected != nil
    let hasSmallScopes =
      effort != .fast && vertexCount <= mostVertices
      && EliminationTree(PricingGraph(task.graph), mostStates: 200 * vertexCount) != nil
    isQuick = vertexCount <= Self.small || hasSmallScopes || isConnected && vertexCount <= Self.middling
    // Blocks of many vertices can be put together in too many ways for a good bound in a short time.
    let hasSmallBlocks = vertexCount <= 15 * task.capacities.count
    switch effort {
    case .fast where vertexCount <= 40: (workLimit, columnLimit, nodeLimit) = (4_000_000, 2000, 100)
    case .balanced where vertexCount <= 60: (workLimit, columnLimit, nodeLimit) = (60_000_000, 10_000, 1000)
    case .balanced where vertexCount <= 200 && isConnected:
      (workLimit, columnLimit, nodeLimit) = (40_000_000, 10_000, 1000)
    case .balanced where vertexCount <= 200 && hasSmallScopes:
      (workLimit, columnLimit, nodeLimit) = (hasSmallBlocks ? 16_000_000 : 10_000_000, 10_000, 1000)
    case .balanced where vertexCount <= 200:
      (workLimit, columnLimit, nodeLimit) = (hasSmallBlocks ? 15_000_000 : 5_000_000, 10_000, 1000)
    case .balanced where vertexCount <= 500 && isConnected:
      (workLimit, columnLimit, nodeLimit) = (30_000_000, 10_000, 1000)
    case .balanced where vertexCount <= 500 && hasSmallScopes && hasSmallBlocks && task.graph.meanDegree < 3:
      (workLimit, columnLimit, nodeLimit) = (10_000_000, 10_000, 1000)
    case .thorough where vertexCount <= (hasSmallScopes || isConnected ? 2000 : 400):
      (workLimit, columnLimit, nodeLimit) = (600_000_000, 50_000, 10_000)
    default: return nil
    }
  }

  /// Tasks up to this size are solved sooner than a long search is done.
  private static let small = 100
  /// Those up to this size as well, where their blocks are listed.
  private static let middling = 500
}
