/// Finds the block that is worth most by dynamic programming: the same as ``BlockPricing``, for graphs whose variables
/// can be eliminated one after another without much being left open.
///
/// For each variable, a table says the most that it and the variables below it in the tree can be worth together: for
/// each state of its scope, where what is taken in weighs so much. Tables of children are put together by dividing the
/// weight between them, in all ways; as tables are no longer than what is below weighs, that takes no longer for all
/// vertices together than their number times the capacity (as in knapsacks on trees).
///
/// > D. S. Johnson and K. A. Niemi. "On Knapsacks, Partitions, and a New Dynamic Programming Technique for Trees."
/// > *Mathematics of Operations Research* 8(1), 1983. doi:10.1287/moor.8.1.1
///
/// For what is eliminated, and in which order: ``EliminationTree``.
struct EliminationPricing: ~Copyable {
  let tree: EliminationTree
  let graph: PricingGraph
  private let scale: Int
  /// Whether every vertex weighs something.
  private let hasWeights: Bool
  /// What the vertices below each variable weigh, itself included, if no more than the largest capacity.
  private let weights: [Int]
  /// Where each variable's table begins: a row for each state of the scope, with the most worth for each weight.
  private let offsets: [Int]
  private var tables: Table<Int>
  /// For each child the state of its scope in each state of its parent and the parent's scope, one child after another.
  private let statesOfChildren: Table<Int32>
  /// Where each child's begin.
  private let stateOffsets: [Int]

  // What is asked.
  private(set) var capacity = 0
  /// The least that a block weighs.
  private(set) var least = 0
  /// What taking each variable in gains: prices less links, or less the weight of the net.
  private var gains: Table<Int>
  private var isAllowed: Table<Bool>
  private var isRequired: Table<Bool>
  /// The most that a block is worth in which each variable is the last in the order of elimination.
  private(set) var tops: Table<Int>

  // Room for putting tables together.
  private var joined: Table<Int>
  private var other: Table<Int>
  /// The work that the search has done so far, in the units of ``BlockPricing``.
  var work = 0

  /// What is not allowed is worth less than anything; sums with it stay so, and don't overflow.
  static var impossible: Int { -(1 << 58) }
  /// Whether something is allowed.
  static func isPossible(_ worth: Int) -> Bool { worth > -(1 << 57) }

  /// Pricing for a graph; `nil` where a search would take too much work.
  ///
  /// - Parameters:
  ///   - graph: The graph that blocks are found in.
  ///   - scale: How many units of price a unit of net weight is.
  ///   - largestCapacity: The most that a block may hold.
  ///   - mostWork: The work that one search may take.
  init?(_ graph: PricingGraph, scale: Int, largestCapacity: Int, mostWork: Int) {
    // A state is at least one step for each unit of capacity, and there are 64 of these in a unit of work.
    guard largestCapacity < 1 << 20,
      let tree = EliminationTree(graph, mostStates: min(Self.mostEntries, 64 * mostWork) / (largestCapacity + 1))
    else { return nil }
    var weights = [Int](repeating: 0, count: tree.variables.count)
    var offsets = weights
    var entries = 0, steps = 0, childStates = 0
    for variable in tree.order {
      let parts = tree.variables[Int(variable)]
      childStates += parts.children.count * (2 << parts.scopeCount)
      var weight = 0
      for child in tree.children[parts.children] {
        let added = weights[Int(child.variable)]
        steps += (min(weight, added) + 1) * (min(largestCapacity, weight + added) + 1) * (2 << parts.scopeCount)
        weight = min(largestCapacity, weight + added)
      }
      let own = Int(variable) < graph.vertexCount ? graph.weights[Int(variable)] : 0
      weights[Int(variable)] = min(largestCapacity, weight + min(largestCapacity, own))
      offsets[Int(variable)] = entries
      entries += (weights[Int(variable)] + 1) << parts.scopeCount
    }
    guard steps / 64 <= mostWork, childStates <= Self.mostEntries else { return nil }
    self.graph = graph
    self.scale = scale
    hasWeights = !graph.weights.contains(0)
    self.tree = tree
    self.weights = weights
    self.offsets = offsets
    tables = Table(repeating: 0, count: entries)
    var states: [Int32] = []
    var stateOffsets = [Int](repeating: 0, count: tree.children.count)
    for variable in tree.variables {
      for child in variable.children {
        stateOffsets[child] = states.count
        for state in 0..<(2 << variable.scopeCount) {
          states.append(Int32(tree.state(of: tree.children[child], in: state)))
        }
      }
    }
    statesOfChildren = Table(states)
    self.stateOffsets = stateOffsets
    gains = Table(repeating: 0, count: weights.count)
    isAllowed = Table(repeating: true, count: weights.count)
    isRequired = Table(repeating: false, count: weights.count)
    tops = Table(repeating: 0, count: weights.count)
    joined = Table(repeating: 0, count: largestCapacity + 1)
    other = Table(repeating: 0, count: largestCapacity + 1)
  }

  /// No more numbers than these in all tables.
  private static let mostEntries = 1 << 23

  /// Looks for blocks that are worth more than a threshold.
  ///
  /// - Parameters:
  ///   - kind: What the block may hold, and must.
  ///   - prices: One a vertex, multiplied by the scale.
  ///   - isAllowed: Whether a vertex may be in the block at all.
  ///   - threshold: What a block has to be worth more than.
  ///   - aim: Whether to look for the best block or for all. With the best come others that are the best in their part
  ///     of the graph.
  /// - Returns: The blocks, and what they took in the units of ``BlockPricing``; `nil` where the best might be worth
  ///   less than none at all, and have no weight either.
  mutating func search(
    _ kind: BlockKind, prices: [Int], isAllowed: [Bool], threshold: Int, aim: BlockPricing.Aim
  ) -> (result: BlockPricing.Result, work: Int)? {
    // Blocks that weigh nothing can't be told from none.
    if threshold < 0, !hasWeights, kind.required.isEmpty { return nil }
    least = threshold < 0 && kind.required.isEmpty ? 1 : 0
    work = 0
    prepare(kind, prices: prices, isAllowed: isAllowed)
    for variable in tree.order { tabulate(variable) }
    let result =
      switch aim {
      case .best: best(kind, threshold: threshold)
      case .all(let most): all(threshold: threshold, most: most)
      }
    return (result, work)
  }
}

// MARK: Tables

extension EliminationPricing {
  private mutating func prepare(_ kind: BlockKind, prices: [Int], isAllowed: [Bool]) {
    capacity = kind.capacity
    for vertex in 0..<graph.vertexCount {
      self.isAllowed[vertex] = isAllowed[vertex]
      isRequired[vertex] = false
      var gain = prices[vertex]
      for index in graph.nets(of: vertex) {
        let net = Int(graph.incidentNets[index])
        // A link is paid for once: what both ends pay comes back where both are taken in.
        if graph.pins(of: net).count <= 2 { gain -= graph.netWeights[net] * scale }
      }
      gains[vertex] = gain
    }
    for vertex in kind.required { isRequired[vertex] = true }
    for (index, net) in tree.nets.enumerated() {
      gains[graph.vertexCount + index] = -graph.netWeights[Int(net)] * scale
    }
  }

  /// What a variable gains by being taken in, in a state of its scope.
  func gain(_ variable: Int32, state: Int) -> Int {
    let parts = tree.variables[Int(variable)]
    let isVertex = Int(variable) < graph.vertexCount
    guard isAllowed[variable], !isVertex || state & parts.pinned == parts.pinned else { return Self.impossible }
    var gain = gains[variable]
    for link in tree.links[parts.links] where state >> link.position & 1 == 1 { gain += link.weight * scale }
    return gain
  }

  /// What a variable gains by being left out, in a state of its scope: nothing, where that is allowed.
  func loss(_ variable: Int32, state: Int) -> Int {
    let isVertex = Int(variable) < graph.vertexCount
    let isNeeded = isVertex ? isRequired[variable] : state & tree.variables[Int(variable)].pinned != 0
    return isNeeded ? Self.impossible : 0
  }

  /// What a variable weighs by itself.
  func weight(_ variable: Int32) -> Int { Int(variable) < graph.vertexCount ? graph.weights[Int(variable)] : 0 }

  /// The most that a variable and those below it are worth where they weigh so much.
  func worth(_ variable: Int32, state: Int, weight: Int) -> Int {
    let most = weights[Int(variable)]
    return weight > most ? Self.impossible : tables[offsets[Int(variable)] + state * (most + 1) + weight]
  }

  /// Fills a variable's table from those of its children.
  private mutating func tabulate(_ variable: Int32) {
    let parts = tree.variables[Int(variable)]
    let weight = weights[Int(variable)], own = self.weight(variable)
    let offset = offsets[Int(variable)]
    tops[variable] = Self.impossible
    for state in 0..<(1 << parts.scopeCount) {
      let row = offset + state * (weight + 1)
      for sum in 0...weight { tables[row + sum] = Self.impossible }
      if Self.isPossible(loss(variable, state: state)) {
        let last = join(parts.children, state: state)
        for sum in 0...last { tables[row + sum] = joined[sum] }
      }
      let gain = gain(variable, state: state)
      if !Self.isPossible(gain) || own > weight { continue }
      let last = join(parts.children, state: state | 1 << parts.scopeCount)
      for sum in own...min(weight, last + own) { tables[row + sum] = max(tables[row + sum], joined[sum - own] + gain) }
      if state == 0, max(own, least) <= capacity {
        for sum in max(own, least)...max(own, least, min(capacity, last + own)) where sum - own <= last {
          tops[variable] = max(tops[variable], joined[sum - own] + gain)
        }
      }
    }
    work += (1 << parts.scopeCount) * (weight + 1 + 8 * parts.children.count) / 48 + 1
  }

  /// Puts the tables of children together: the most that they are worth for each weight.
  ///
  /// - Returns: The largest weight.
  private mutating func join(_ children: Range<Int>, state: Int) -> Int {
    joined[0] = 0
    var last = 0
    for index in children {
      let child = tree.children[index]
      let added = weights[Int(child.variable)]
      let row = offsets[Int(child.variable)] + Int(statesOfChildren[stateOffsets[index] + state]) * (added + 1)
      if index == children.lowerBound {
        let range = row..<(row + added + 1)
        unsafe joined.pointer(to: 0..<range.count).update(from: tables.pointer(to: range), count: range.count)
        last = added
        continue
      }
      let total = min(joined.count - 1, last + added)
      unsafe Self.join(
        joined.pointer(to: 0..<(last + 1)), last, tables.pointer(to: row..<(row + added + 1)), added,
        into: other.pointer(to: 0..<(total + 1)), total)
      work += (total + 1) * (min(last, added) + 1) / 128 + 1
      swap(&joined, &other)
      last = total
    }
    return last
  }

  /// The most that two are worth together for each weight, from what each is worth by itself.
  private static func join(
    _ first: UnsafeMutablePointer<Int>, _ firstLast: Int, _ second: UnsafeMutablePointer<Int>, _ secondLast: Int,
    into sums: UnsafeMutablePointer<Int>, _ last: Int
  ) {
    for weight in 0...last { unsafe sums[weight] = impossible }
    for share in 0...min(secondLast, last) {
      let worth = unsafe second[share]
      if !isPossible(worth) { continue }
      for weight in 0...min(firstLast, last - share) {
        unsafe sums[weight &+ share] = max(sums[weight &+ share], first[weight] &+ worth)
      }
    }
  }
}
