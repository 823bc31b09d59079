/// A graph in two sides, each of which may weigh so much and has to have so many vertices, under improvement by moves of
/// single vertices.
///
/// A pass moves every vertex at most once, always one whose move gains most, also where it loses; a side may be too
/// heavy by one vertex meanwhile. What counts is the best state on the way.
///
/// > C. M. Fiduccia and R. M. Mattheyses. "A Linear-Time Heuristic for Improving Network Partitions." *DAC*, 1982.
/// > doi:10.1109/DAC.1982.1585498
struct Bisection: ~Copyable {
  private let graph: SearchGraph
  private let limits: [Int]
  private let leastCounts: [Int]
  /// The side of each vertex, 0 or 1.
  private var sides: Table<UInt8>
  private var loads = Table(repeating: 0, count: 2)
  private var counts = Table(repeating: 0, count: 2)
  /// What moving each vertex gains.
  private var gains: Table<Int>
  /// What moving a vertex gains where all are on one side: minus what it is joined by.
  private var leastGains: Table<Int>
  /// What arcs and nets between the sides weigh.
  private var cut = 0
  /// How many pins each net has on either side, two numbers a net.
  private var pinCounts: Table<Int32>
  /// The vertices that may be moved.
  private var queue: GainQueue
  /// The vertices that were moved, in order.
  private var moved: [Int32] = []
  private var isMoved: Table<Bool>
  private let heaviest: Int
  private let weight: Int

  /// So many moves that gain nothing end a pass.
  private static let patience = 60
  /// The first passes gain nearly everything.
  private static let mostPasses = 3

  /// - Parameters:
  ///   - graph: What is bisected.
  ///   - limits: What either side may weigh.
  ///   - leastCounts: How many vertices either side needs.
  init(_ graph: SearchGraph, limits: [Int], leastCounts: [Int]) {
    self.graph = graph
    self.limits = limits
    self.leastCounts = leastCounts
    sides = Table(repeating: 1, count: graph.vertexCount)
    gains = Table(repeating: 0, count: graph.vertexCount)
    leastGains = Table(repeating: 0, count: graph.vertexCount)
    isMoved = Table(repeating: false, count: graph.vertexCount)
    pinCounts = Table(repeating: 0, count: 2 * graph.netCount)
    var greatest = 0
    for vertex in 0..<graph.vertexCount {
      var sum = 0
      for arc in graph.arcs(of: vertex) { sum += Int(graph.arcWeights[arc]) }
      for position in graph.nets(of: vertex) { sum += Int(graph.netWeights[Int(graph.incidentNets[position])]) }
      leastGains[vertex] = -sum
      greatest = max(greatest, sum)
    }
    queue = GainQueue(vertexCount: graph.vertexCount, greatest: greatest)
    heaviest = graph.vertexWeights.reduce(0) { max($0, Int($1)) }
    weight = graph.vertexWeights.reduce(0) { $0 + Int($1) }
  }

  /// Whether each vertex is on the second side.
  var isSecond: [Bool] { (0..<sides.count).map { sides[$0] == 1 } }

  /// What is too much on either side: weight, and vertices that the other side lacks.
  private var excess: Int {
    var sum = 0
    for side in 0..<2 {
      sum += max(0, loads[side] - limits[side]) + max(0, leastCounts[side] - counts[side])
    }
    return sum
  }

  /// Takes sides from elsewhere.
  mutating func set(_ isSecond: [Bool]) {
    gather()
    for vertex in isSecond.indices where !isSecond[vertex] { move(Int32(vertex), reaching: false) }
  }

  /// Grows the first side from a random vertex until it has its share: always by a vertex that cuts least more.
  mutating func grow(random: inout RandomSource) {
    gather()
    let all = loads[1]
    let room = max(1, limits[0] + limits[1])
    let fair = room.dividingFullWidth(all.multipliedFullWidth(by: limits[0])).quotient
    let share = min(limits[0], max(all - limits[1], fair))
    let order = random.permutation(of: sides.count)
    var next = 0
    while loads[0] < share || counts[0] < leastCounts[0], counts[1] > leastCounts[1] {
      var candidate = queue.first(of: 1)
      while candidate == nil, next < order.count {
        if sides[order[next]] == 1 { candidate = order[next] }
        next += 1
      }
      guard let vertex = candidate else { break }
      if queue.contains(vertex) { queue.remove(vertex) }
      // Where it is too heavy, a lighter one may fit.
      if loads[0] + Int(graph.vertexWeights[Int(vertex)]) > limits[0], counts[0] >= leastCounts[0] { continue }
      isMoved[vertex] = true
      move(vertex, reaching: true)
    }
    queue.removeAll()
  }

  /// Improves the sides by passes until one gains nothing.
  ///
  /// - Returns: What is too much on the sides after that, and the cut.
  mutating func refine() -> (excess: Int, cut: Int) {
    for _ in 0..<Self.mostPasses {
      let before = (excess, cut)
      pass()
      if (excess, cut) >= before { break }
    }
    return (excess, cut)
  }

  private mutating func pass() {
    for vertex in 0..<Int32(sides.count) {
      queue.insert(vertex, of: Int(sides[vertex]), gain: gains[vertex])
      isMoved[vertex] = false
    }
    moved.removeAll(keepingCapacity: true)
    var best = (excess: excess, cut: cut, count: 0)
    while moved.count - best.count < Self.patience, let vertex = nextVertex() {
      queue.remove(vertex)
      isMoved[vertex] = true
      moved.append(vertex)
      move(vertex, reaching: true)
      if (excess, cut) < (best.excess, best.cut) { best = (excess, cut, moved.count) }
    }
    queue.removeAll()
    while moved.count > best.count { move(moved.removeLast(), reaching: false) }
  }

  /// The vertex whose move gains most, of the side that is too heavy where one is.
  private mutating func nextVertex() -> Int32? {
    for side in 0..<2 where loads[side] > limits[side] || counts[1 - side] < leastCounts[1 - side] {
      return queue.first(of: side)
    }
    var best: Int32?
    for side in 0..<2 where counts[side] > leastCounts[side] && loads[1 - side] < limits[1 - side] + heaviest {
      guard let vertex = queue.first(of: side) else { continue }
      if best.map({ gains[$0] >= gains[vertex] }) != true { best = vertex }
    }
    return best
  }

  /// Moves a vertex to the other side; `reaching` adds its neighbours to the queue, where they haven't been moved.
  private mutating func move(_ vertex: Int32, reaching: Bool) {
    let from = Int(sides[vertex]), to = 1 - from
    let weight = Int(graph.vertexWeights[Int(vertex)])
    loads[from] -= weight
    loads[to] += weight
    counts[from] -= 1
    counts[to] += 1
    sides[vertex] = UInt8(to)
    cut -= gains[vertex]
    gains[vertex] = -gains[vertex]
    for arc in graph.arcs(of: Int(vertex)) {
      let neighbor = graph.arcTargets[arc]
      let change = 2 * Int(graph.arcWeights[arc])
      gain(neighbor, sides[neighbor] == UInt8(from) ? change : -change, reaching)
    }
    for position in graph.nets(of: Int(vertex)) {
      moveNet(Int(graph.incidentNets[position]), vertex, from: from, to: to, reaching)
    }
  }

  private mutating func moveNet(_ net: Int, _ vertex: Int32, from: Int, to: Int, _ reaching: Bool) {
    let weight = Int(graph.netWeights[net])
    let pins = graph.pins(of: net)
    let left = pinCounts[2 * net + from] - 1, joined = pinCounts[2 * net + to]
    pinCounts[2 * net + from] = left
    pinCounts[2 * net + to] = joined + 1
    // Neither before nor after is a pin alone on its side, so that nobody's gain changes.
    if joined > 1, left > 1 { return }
    for position in pins {
      let pin = graph.pins[position]
      if pin == vertex { continue }
      let side = Int(sides[pin])
      var change = 0
      // The net was on one side only: leaving it costs nothing more.
      if joined == 0 { change += weight }
      // The net is on one side only now.
      if left == 0 { change -= weight }
      // The pin that was alone on the side isn't any more.
      if joined == 1, side == to { change -= weight }
      // The pin that is alone on the other side now can end the cut.
      if left == 1, side == from { change += weight }
      if change != 0 { gain(pin, change, reaching) }
    }
  }

  private mutating func gain(_ vertex: Int32, _ change: Int, _ reaching: Bool) {
    gains[vertex] += change
    if !reaching { return }
    if queue.contains(vertex) {
      queue.remove(vertex)
    } else if isMoved[vertex] {
      return
    }
    queue.insert(vertex, of: Int(sides[vertex]), gain: gains[vertex])
  }

  /// Puts all vertices on the second side.
  private mutating func gather() {
    (loads[0], loads[1], counts[0], counts[1], cut) = (0, weight, 0, sides.count, 0)
    for net in 0..<graph.netCount {
      (pinCounts[2 * net], pinCounts[2 * net + 1]) = (0, Int32(graph.pins(of: net).count))
    }
    for vertex in 0..<sides.count { (sides[vertex], gains[vertex], isMoved[vertex]) = (1, leastGains[vertex], false) }
  }
}
