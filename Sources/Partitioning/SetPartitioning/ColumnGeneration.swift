/// The lower bound of the set-partitioning program's linear relaxation, by column generation.
///
/// The master program prices vertices and kinds of blocks; pricing finds blocks that are worth more than their kind
/// costs, which become columns. Prices are rounded to integers in units of 1 / `scale` before anything is concluded
/// from them: for all prices π, each partition costs at least Σ π less, for each block, the greatest worth that a
/// block has at these prices.
///
/// > C. Barnhart et al. "Branch-and-Price: Column Generation for Solving Huge Integer Programs." *Operations Research*
/// > 46(3), 1998. doi:10.1287/opre.46.3.316
struct ColumnGeneration: ~Copyable {
  let graph: PricingGraph
  let kinds: [BlockKind]
  /// Whether each vertex is fixed to a block.
  let isFixed: [Bool]
  /// Whether partitions may be sought among covers, as blocks can't be spared.
  let isCover: Bool
  /// Prices are integers in units of 1 / scale.
  let scale: Int
  /// The columns so far, the first ones those of the partition that was given.
  private(set) var columns: [Column] = []
  private(set) var costs: [Int] = []
  /// The best bound so far.
  private(set) var bound: Bound?
  private var known: Set<Column> = []
  private var master: MasterProgram
  private var pricing: BlockPricing
  /// The same for searches that take long.
  private let exactPricing: SharedPricing
  /// The same by dynamic programming, for graphs that it is good for.
  private var elimination: EliminationPricing?
  /// The same by listing what hangs together, for graphs where that isn't much.
  private let connected: ConnectedPricing?
  /// The work of these two.
  private var quickWork = 0
  private var climbing: BlockClimbing
  private let workLimit: Int
  private let shouldStop: @Sendable () -> Bool
  /// The prices with the best bound so far.
  private var center: Duals
  /// How far from these towards a solution's prices to go.
  private var step = 0.5
  /// The best block of each kind at the prices that were looked at last.
  private var bestBlocks: [[Int32]] = []

  /// Prices in units of 1 / scale.
  private struct Duals {
    /// One a vertex.
    var prices: [Int]
    /// What a block of each kind has to be worth more than.
    var thresholds: [Int]
  }

  /// Prices, and what they prove.
  struct Bound: Sendable {
    /// The price of each vertex, in units of 1 / scale.
    var prices: [Int]
    /// The greatest worth of a block of each kind at these prices.
    var worths: [Int]
    /// Every partition costs at least this, in units of 1 / scale, with each net counted in each block it touches.
    var value: Int
  }

  /// - Parameters:
  ///   - task: What the blocks are of; its partition doesn't count.
  ///   - isRegion: Whether the task is a piece of a larger one: its blocks may be parts of blocks, as many as it takes.
  ///   - connected: Pricing for the task's graph by listing, where that takes little.
  ///   - workLimit: How much work may be done.
  ///   - shouldStop: Whether to end early.
  init(
    _ task: SearchTask, isRegion: Bool = false, connected: ConnectedPricing?, workLimit: Int,
    shouldStop: @escaping @Sendable () -> Bool
  ) {
    graph = PricingGraph(task.graph)
    kinds = BlockKind.kinds(of: task, areOptional: isRegion)
    isFixed = task.isFixed
    // If one block less can't hold everything, a cover that is thinned out leaves no block empty.
    let room = task.capacities.reduce(0, +) - (task.capacities.min() ?? 0)
    // Not in the expression: Swift 6.3 destroys what isn't there yet where a closure captures self here.
    let needsAll = graph.weights.reduce(0, +) > room
    isCover = isRegion || needsAll
    scale = graph.priceScale
    master = MasterProgram(vertexCount: graph.vertexCount, kinds: kinds, isCover: isCover)
    pricing = BlockPricing(graph, scale: scale, largestCapacity: task.capacities.max() ?? 0, shouldStop: shouldStop)
    exactPricing = SharedPricing(
      graph, scale: scale, largestCapacity: task.capacities.max() ?? 0, searchCount: isRegion ? 1 : 4,
      shouldStop: shouldStop)
    self.connected = connected
    elimination = EliminationPricing(
      graph, scale: scale, largestCapacity: task.capacities.max() ?? 0,
      mostWork: min(workLimit / 20, connected.map { 2 * $0.work } ?? .max))
    climbing = BlockClimbing(graph, scale: scale)
    self.workLimit = workLimit
    self.shouldStop = shouldStop
    center = Duals(
      prices: [Int](repeating: 0, count: graph.vertexCount), thresholds: [Int](repeating: 0, count: kinds.count))
  }

  /// Adds a block as a column, unless it is one.
  @discardableResult
  mutating func add(_ vertices: [Int32], kind: Int) -> Bool {
    let column = Column(vertices: vertices, kind: kind)
    guard known.insert(column).inserted else { return false }
    let cost = graph.cost(of: vertices)
    columns.append(column)
    costs.append(cost)
    master.add(column, cost: Double(cost))
    return true
  }

  /// Adds the blocks of a partition as columns.
  mutating func add(partition blocks: [Int32]) {
    for (kind, alike) in kinds.enumerated() {
      var vertices = [[Int32]](repeating: [], count: alike.blocks.count)
      for (vertex, block) in blocks.enumerated() {
        if let index = alike.blocks.firstIndex(of: block) { vertices[index].append(Int32(vertex)) }
      }
      for block in vertices { add(block, kind: kind) }
    }
    center = shared(blocks)
  }

  /// Prices at which a net is paid for by all its pins alike, and all vertices pay alike for the nets that a partition
  /// cuts: a block is worth what it pays beyond half the links that it cuts.
  private func shared(_ blocks: [Int32]) -> Duals {
    var prices = [Int](repeating: 0, count: graph.vertexCount)
    var cost = -graph.totalNetWeight
    for net in 0..<graph.netCount {
      let pins = graph.pins[graph.pins(of: net)]
      for pin in pins { prices[Int(pin)] += graph.netWeights[net] * scale / pins.count }
      cost += graph.netWeights[net] * Set(pins.map { blocks[Int($0)] }).count
    }
    let weight = max(1, graph.weights.reduce(0, +))
    for vertex in prices.indices { prices[vertex] += cost * scale / weight * graph.weights[vertex] }
    return Duals(prices: prices, thresholds: [Int](repeating: 0, count: kinds.count))
  }

  /// The work that is left.
  private var workLeft: Int {
    workLimit - pricing.work - exactPricing.work - quickWork - climbing.work - master.work
  }
  /// Whether exact pricing takes little.
  private var isQuick: Bool { elimination != nil || connected != nil }
  /// Whether to end.
  private var isSpent: Bool { workLeft <= 0 || shouldStop() }

  /// Generates columns until none improves the relaxation, the bound reaches the goal, or the effort is spent.
  ///
  /// - Parameter goal: A bound that suffices, with each net counted in each block it touches.
  /// - Returns: Whether the relaxation was solved as far as it matters for whole costs.
  mutating func run(goal: Int) -> Bool {
    if isQuick { _ = priceExactly(center, improving: center) }
    while !isSpent {
      guard let solution = master.solve(iterationLimit: 100_000, shouldStop: shouldStop) else { return false }
      let least = Int((solution.objective - 1e-6).rounded(.up))
      if let bound, bound.value > (goal - 1) * scale { return true }
      // Where it takes little to come nearer, less is left to choose from afterwards.
      let isNear = !isQuick || Int(solution.objective * Double(scale)) - (bound?.value ?? 0) < scale / 16
      if let bound, isNear, bound.value > (least - 1) * scale { return true }
      let duals = Duals(
        prices: solution.vertexDuals.map { integer($0, isPrice: true) },
        thresholds: solution.kindDuals.map { integer(-$0, isPrice: false) })
      // Prices near those that gave the best bound jump less from one solution to the next; only where they lead
      // nowhere, the solution's own decide.
      let steady = steadied(duals)
      let isFound = isQuick ? searchExactly(steady, duals) : search(steady, duals)
      if isFound || isSpent { continue }
      if !priceExactly(duals, improving: duals) { return !isSpent }
    }
    return false
  }

  /// Looks for columns that improve the relaxation, by what takes least first.
  private mutating func search(_ steady: Duals, _ duals: Duals) -> Bool {
    climb(steady, improving: duals) || climb(duals, improving: duals) || priceAround(steady, improving: duals)
      || priceExactly(steady, improving: duals) || isSpent || priceAround(duals, improving: duals)
  }

  /// The same where exact pricing takes little: each solution also improves the bound.
  private mutating func searchExactly(_ steady: Duals, _ duals: Duals) -> Bool {
    let before = center.prices
    let isFound = priceExactly(steady, improving: duals)
    adaptStep(before, duals.prices)
    // What is found so is the best in its place; climbs find what is nearly as good.
    return climb(steady, improving: duals) || isFound || isSpent || climb(duals, improving: duals)
  }

  /// The solution's prices, drawn towards those that gave the best bound.
  private func steadied(_ duals: Duals) -> Duals {
    func between(_ center: Int, _ value: Int) -> Int { center + Int(Double(value - center) * step) }
    return Duals(
      prices: zip(center.prices, duals.prices).map(between),
      thresholds: zip(center.thresholds, duals.thresholds).map(between))
  }

  /// Goes further towards the solution's prices while the bound still rises where the last step ended, and less far
  /// where it falls.
  ///
  /// > A. Pessoa, R. Sadykov, E. Uchoa and F. Vanderbeck. "Automation and Combination of Linear-Programming Based
  /// > Stabilization Techniques in Column Generation." *INFORMS Journal on Computing* 30(2), 2018.
  /// > doi:10.1287/ijoc.2017.0784
  private mutating func adaptStep(_ before: [Int], _ solution: [Int]) {
    var slope = 0
    for vertex in solution.indices { slope += solution[vertex] - before[vertex] }
    for kind in kinds.indices {
      for vertex in bestBlocks[kind] {
        slope -= kinds[kind].blocks.count * (solution[Int(vertex)] - before[Int(vertex)])
      }
    }
    step = slope > 0 ? min(0.9, step + 0.1) : max(0.3, step * 0.8)
  }

  /// Whether a column improves the relaxation's solution.
  private func improves(_ column: [Int32], _ kind: Int, _ duals: Duals) -> Bool {
    let worth = column.reduce(-graph.cost(of: column) * scale) { $0 + duals.prices[Int($1)] }
    return worth > duals.thresholds[kind] + tolerance
  }

  private func integer(_ dual: Double, isPrice: Bool) -> Int {
    let value = (dual * Double(scale)).rounded()
    return Int(isPrice && isCover ? max(0, value) : value)
  }

  /// The vertices that may be in blocks of a kind.
  private func isAllowed(_ kind: Int) -> [Bool] {
    var isAllowed = isFixed.map { !$0 }
    for vertex in kinds[kind].required { isAllowed[Int(vertex)] = true }
    return isAllowed
  }

  /// What reduced costs have to differ from 0 by to count.
  private var tolerance: Int { scale / 1024 }

  /// Looks for columns near those that come closest to improving the relaxation.
  private mutating func climb(_ duals: Duals, improving solution: Duals) -> Bool {
    // Loops, as Swift 6.3 crashes where closures capture what can't be copied.
    var worths: [(worth: Int, index: Int)] = []
    for (index, column) in columns.enumerated() where !column.vertices.isEmpty {
      var worth = -costs[index] * scale - duals.thresholds[column.kind]
      for vertex in column.vertices { worth += duals.prices[Int(vertex)] }
      worths.append((worth, index))
    }
    worths.sort { ($1.worth, $0.index) < ($0.worth, $1.index) }
    var allowed: [[Bool]] = []
    for kind in kinds.indices { allowed.append(isAllowed(kind)) }
    var isNew = false
    for (_, start) in worths.prefix(graph.vertexCount) {
      let (vertices, kind) = (columns[start].vertices, columns[start].kind)
      let block = climbing.climb(from: vertices, kind: kinds[kind], prices: duals.prices, isAllowed: allowed[kind])
      if improves(block, kind, solution), add(block, kind: kind) { isNew = true }
    }
    return isNew
  }

  /// Looks for columns around each vertex, briefly.
  private mutating func priceAround(_ duals: Duals, improving solution: Duals) -> Bool {
    var isNew = false
    for kind in kinds.indices {
      let isAllowed = isAllowed(kind)
      pricing.prepare(prices: duals.prices, isAllowed: isAllowed, capacity: kinds[kind].capacity)
      let anchors: [Int32?] =
        kinds[kind].required.isEmpty
        ? (0..<Int32(graph.vertexCount)).filter { isAllowed[Int($0)] } : [nil]
      for anchor in anchors {
        let result = pricing.search(
          kinds[kind], anchor: anchor, threshold: duals.thresholds[kind] + tolerance, aim: .best,
          workLimit: (8 * graph.vertexCount + graph.pins.count) * kinds[kind].capacity / 16)
        if let block = result.blocks.last, add(block, kind: kind), improves(block, kind, solution) { isNew = true }
      }
    }
    return isNew
  }

  /// Looks for the best columns, and learns a bound from them.
  ///
  /// - Returns: Whether there are new columns that improve the relaxation.
  private mutating func priceExactly(_ duals: Duals, improving solution: Duals) -> Bool {
    var worths: [Int] = []
    var isNew = false
    var isExact = true
    bestBlocks = []
    for kind in kinds.indices {
      let result = exactBlocks(kind, prices: duals.prices, threshold: duals.thresholds[kind] + tolerance, aim: .best)
      for block in result.blocks where add(block, kind: kind) && improves(block, kind, solution) { isNew = true }
      bestBlocks.append(result.blocks.last ?? [])
      worths.append(kinds[kind].isOptional ? max(0, result.best) : result.best)
      isExact = isExact && result.isExact
    }
    if isExact {
      var value = duals.prices.reduce(0, +)
      for (kind, worth) in worths.enumerated() { value -= worth * kinds[kind].blocks.count }
      if value > bound?.value ?? .min {
        bound = Bound(prices: duals.prices, worths: worths, value: value)
        center = Duals(prices: duals.prices, thresholds: worths)
      }
    }
    return isNew
  }

  /// The blocks of a kind that are worth more than a threshold, or the best of them.
  private mutating func exactBlocks(
    _ kind: Int, prices: [Int], threshold: Int, aim: BlockPricing.Aim
  ) -> BlockPricing.Result {
    let isAllowed = isAllowed(kind)
    if let found = elimination?.search(
      kinds[kind], prices: prices, isAllowed: isAllowed, threshold: threshold, aim: aim)
    {
      quickWork += found.work
      return found.result
    }
    if let connected {
      let found = connected.search(
        kinds[kind], prices: prices, isAllowed: isAllowed, threshold: threshold, aim: aim, workLimit: workLeft)
      quickWork += found.work
      return found.result
    }
    return exactPricing.search(
      kinds[kind], prices: prices, isAllowed: isAllowed, threshold: threshold, aim: aim, workLimit: workLeft)
  }

  /// Adds all columns that a partition may have which costs no more than so much.
  ///
  /// - Parameters:
  ///   - cost: The cost, with each net counted in each block it touches.
  ///   - most: How many columns to add at most.
  /// - Returns: The columns; `nil` where there are too many.
  mutating func columns(forCost cost: Int, most: Int) -> [Column]? {
    guard let bound else { return nil }
    let gap = cost * scale - bound.value
    var all: [Column] = []
    for kind in kinds.indices {
      let result = exactBlocks(
        kind, prices: bound.prices, threshold: bound.worths[kind] - gap - 1, aim: .all(most: most - all.count))
      guard result.isExact else { return nil }
      all += result.blocks.map { Column(vertices: $0, kind: kind) }
    }
    return all
  }

  /// The columns so far that a partition may have which costs no more than so much.
  func knownColumns(forCost cost: Int) -> [Column] {
    guard let bound else { return columns }
    let gap = cost * scale - bound.value
    return columns.indices.filter { index in
      let worth = columns[index].vertices.reduce(-costs[index] * scale) { $0 + bound.prices[Int($1)] }
      return worth >= bound.worths[columns[index].kind] - gap
    }.map { columns[$0] }
  }

  /// The blocks that the relaxation's last solution has most of, as far as they have no vertex in common.
  ///
  /// - Returns: A block for each vertex, −1 for none.
  func rounded() -> [Int32] {
    var blocks = [Int32](repeating: -1, count: graph.vertexCount)
    var used = [Int](repeating: 0, count: kinds.count)
    let values = master.columnValues
    for index in values.indices.sorted(by: { (values[$1], $0) < (values[$0], $1) }) where values[index] > 1e-6 {
      let (vertices, kind) = (columns[index].vertices, columns[index].kind)
      guard used[kind] < kinds[kind].blocks.count, vertices.allSatisfy({ blocks[Int($0)] < 0 }) else { continue }
      for vertex in vertices { blocks[Int(vertex)] = kinds[kind].blocks[used[kind]] }
      used[kind] += 1
    }
    return blocks
  }
}
