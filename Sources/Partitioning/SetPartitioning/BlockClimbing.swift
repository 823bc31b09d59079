/// Looks for blocks that are worth much near known ones: one vertex more, one less, or one exchanged for another, as long
/// as that makes the block worth more.
///
/// Near the end of column generation the blocks that are missing resemble those that are there, and a climb takes a
/// thousandth of an exact search's time.
///
/// > C. Barnhart et al. "Branch-and-Price: Column Generation for Solving Huge Integer Programs." *Operations Research*
/// > 46(3), 1998. doi:10.1287/opre.46.3.316 (pricing by heuristics first)
struct BlockClimbing: ~Copyable {
  /// One exchange, and what it gains.
  private struct Step {
    var gain: Int
    /// The position of the member that goes, if any.
    var index: Int?
    /// The vertex that comes, if any.
    var vertex: Int32?
  }

  private let graph: PricingGraph
  private let scale: Int
  /// How many pins of each net the block holds.
  private var held: Table<Int>
  private var isInside: Table<Bool>
  /// The number of the last round in which each vertex was a candidate.
  private var lastRound: Table<Int>
  private var round = 0
  private var candidates: [Int32] = []
  private var members: [Int32] = []
  private var room = 0
  /// The work that was done, in the units of exact searches.
  private(set) var work = 0

  /// - Parameters:
  ///   - graph: The graph that blocks are found in.
  ///   - scale: How many units of price a unit of net weight is.
  init(_ graph: PricingGraph, scale: Int) {
    self.graph = graph
    self.scale = scale
    held = Table(repeating: 0, count: graph.netCount)
    isInside = Table(repeating: false, count: graph.vertexCount)
    lastRound = Table(repeating: 0, count: graph.vertexCount)
  }

  /// Climbs from a block.
  ///
  /// - Parameters:
  ///   - block: A block of the kind.
  ///   - kind: What blocks may hold, and must.
  ///   - prices: One a vertex, multiplied by the scale.
  ///   - isAllowed: Whether a vertex may be in the block at all.
  /// - Returns: A block that no single exchange makes worth more; not empty.
  mutating func climb(from block: [Int32], kind: BlockKind, prices: [Int], isAllowed: [Bool]) -> [Int32] {
    members = block
    room = block.reduce(kind.capacity) { $0 - graph.weights[Int($1)] }
    for vertex in block { put(vertex) }
    // Each step is worth more, so that it ends; where prices are all alike not before long.
    for _ in 0..<(4 * block.count + 16) {
      guard let step = bestStep(kind, prices, isAllowed) else { break }
      if let index = step.index { room += graph.weights[Int(remove(at: index))] }
      if let vertex = step.vertex {
        members.append(vertex)
        room -= graph.weights[Int(vertex)]
        put(vertex)
      }
    }
    for vertex in members { take(vertex) }
    return members.sorted()
  }

  /// The exchange that gains most.
  private mutating func bestStep(_ kind: BlockKind, _ prices: [Int], _ isAllowed: [Bool]) -> Step? {
    gatherCandidates(isAllowed)
    var best = Step(gain: 0)
    if let added = bestAddition(prices, room: room), added.gain > best.gain { best = added }
    for index in members.indices where !kind.required.contains(members[index]) {
      let vertex = members[index]
      take(vertex)
      let gain = newNetWeight(vertex) - prices[Int(vertex)]
      if gain > best.gain, members.count > 1 { best = Step(gain: gain, index: index) }
      if let added = bestAddition(prices, room: room + graph.weights[Int(vertex)]), gain + added.gain > best.gain {
        best = Step(gain: gain + added.gain, index: index, vertex: added.vertex)
      }
      put(vertex)
    }
    return best.gain > 0 ? best : nil
  }

  /// The candidate that gains most in a room.
  private mutating func bestAddition(_ prices: [Int], room: Int) -> Step? {
    var best: Step?
    for vertex in candidates where graph.weights[Int(vertex)] <= room {
      let gain = prices[Int(vertex)] - newNetWeight(vertex)
      if gain > best?.gain ?? .min { best = Step(gain: gain, vertex: vertex) }
    }
    work += candidates.count / 4 + 1
    return best
  }

  /// The vertices outside that share a net with the block.
  private mutating func gatherCandidates(_ isAllowed: [Bool]) {
    round += 1
    candidates.removeAll(keepingCapacity: true)
    for member in members {
      for index in graph.nets(of: Int(member)) {
        for pin in graph.pins[graph.pins(of: Int(graph.incidentNets[index]))] where lastRound[pin] != round {
          lastRound[pin] = round
          if !isInside[pin], isAllowed[Int(pin)] { candidates.append(pin) }
        }
      }
    }
  }

  /// What the nets weigh that a vertex brings along.
  private func newNetWeight(_ vertex: Int32) -> Int {
    var weight = 0
    for index in graph.nets(of: Int(vertex)) {
      let net = Int(graph.incidentNets[index])
      if held[net] == 0 { weight += graph.netWeights[net] }
    }
    return weight * scale
  }

  private mutating func put(_ vertex: Int32) {
    isInside[vertex] = true
    for index in graph.nets(of: Int(vertex)) { held[graph.incidentNets[index]] += 1 }
  }

  private mutating func take(_ vertex: Int32) {
    isInside[vertex] = false
    for index in graph.nets(of: Int(vertex)) { held[graph.incidentNets[index]] -= 1 }
  }

  private mutating func remove(at index: Int) -> Int32 {
    let vertex = members.remove(at: index)
    take(vertex)
    return vertex
  }
}
