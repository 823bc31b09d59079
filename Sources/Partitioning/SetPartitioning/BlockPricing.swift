/// Finds the block that is worth most: the sum of its vertices' prices less the weight of the nets that it touches.
///
/// Branch and bound, exact whether or not the block hangs together: vertices are taken in or left out one after
/// another, the most promising first. The bound lets each net that isn't touched yet charge its weight to its pins, no
/// more in all than it weighs; what is left of the prices fills the room that is left. However the charges are
/// divided, the bound holds; they are divided such that the pins' remaining prices get as equal as can be, which is
/// where the bound is lowest (for the least of a sum of convex functions over a polymatroid's base, see Fujishige).
/// All of it is in integers, so that what it proves is proven. How nets are divided: `BlockPricing+Charges`.
///
/// > S. Fujishige. "Lexicographically Optimal Base of a Polymatroid with Respect to a Weight Vector." *Mathematics of
/// > Operations Research* 5(2), 1980. doi:10.1287/moor.5.2.186
/// >
/// > E. L. Johnson, A. Mehrotra and G. L. Nemhauser. "Min-cut clustering." *Mathematical Programming* 62, 1993.
/// > doi:10.1007/BF01585164
struct BlockPricing: ~Copyable {
  /// What a search found.
  struct Result {
    /// The greatest worth that was found; the threshold where nothing is worth more.
    var best: Int
    /// Whether no block is worth more than `best`.
    var isExact: Bool
    /// Blocks that are worth more than the threshold, each better than the one before; all of them, where that was
    /// asked for.
    var blocks: [[Int32]]
  }

  /// Whether to look for the best block or for all.
  enum Aim {
    case best
    /// All blocks worth more than the threshold; at most so many.
    case all(most: Int)
  }

  /// What a search begins with, and the share of it that one of several searches looks at.
  struct Share {
    var beginnings: [Beginning]
    /// Each of `count` searches takes every so-manieth beginning.
    var index: Int
    var count: Int
  }

  /// A vertex that a search begins with: blocks that hold it, and none of those before it.
  struct Beginning {
    var vertex: Int32
    /// The vertices that a search goes on with, where there are many such blocks, so that these can be shared too.
    var seconds: [Int32]?
  }

  let graph: PricingGraph
  /// By this, net weights are multiplied: the unit of prices is so much finer.
  let scale: Int
  let pinCount: Int
  let lightest: Int
  /// How charges are divided: weights of vertices, without zeros.
  let shares: [Double]

  // One row for each vertex taken in.
  /// The prices less the charges.
  var values: Table<Int>
  /// The prices less all nets that aren't touched yet: what taking in this vertex alone gains.
  private var gains: Table<Int>
  /// What each vertex is charged for each of its nets.
  var charges: Table<Int>
  /// What each vertex isn't charged for each of its links: more of these than fit beside it are of no use.
  var credits: Table<Int>
  var isFree: Table<Bool>
  private var isTouched: Table<Bool>
  /// What may still be added.
  var rooms: Table<Int>

  private var prices: Table<Int>
  private var chosen: [Int32] = []
  private var found: [[Int32]] = []
  private var best = 0
  private var collectsAll = false
  private var mostFound = Int.max
  private var usesEquality = true
  private let shouldStop: @Sendable () -> Bool
  private var workLimit = 0
  private var isCutShort = false
  private var nextCheck = 0
  /// The work that was done: about as many units as nets were divided and blocks of memory were read.
  var work = 0
  // Room for dividing one net.
  var dividedPins: Table<Int>
  var dividedValues: Table<Double>
  /// The most that each free vertex can be worth.
  private var limited: Table<Int>
  /// Room for a vertex's greatest credits.
  var greatest: Table<Int>

  /// - Parameters:
  ///   - graph: The graph that blocks are found in.
  ///   - scale: How many units of price a unit of net weight is.
  ///   - largestCapacity: The most that a block may hold.
  ///   - shouldStop: Whether to end a search early; asked now and then.
  init(
    _ graph: PricingGraph, scale: Int, largestCapacity: Int, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.graph = graph
    self.shouldStop = shouldStop
    self.scale = scale
    pinCount = graph.pins.count
    lightest = graph.weights.min() ?? 0
    shares = graph.weights.map { Double($0) + 1.0 / 16 }
    var room = largestCapacity, depth = 2
    for weight in graph.weights.sorted() where weight <= room {
      room -= weight
      depth += 1
    }
    values = Table(repeating: 0, count: depth * graph.vertexCount)
    gains = Table(repeating: 0, count: depth * graph.vertexCount)
    charges = Table(repeating: 0, count: depth * pinCount)
    credits = Table(repeating: 0, count: depth * pinCount)
    isFree = Table(repeating: false, count: depth * graph.vertexCount)
    isTouched = Table(repeating: false, count: depth * graph.netCount)
    rooms = Table(repeating: largestCapacity, count: depth)
    prices = Table(repeating: 0, count: graph.vertexCount)
    dividedPins = Table(repeating: 0, count: max(1, graph.vertexCount))
    dividedValues = Table(repeating: 0, count: max(1, graph.vertexCount))
    limited = Table(repeating: 0, count: graph.vertexCount)
    greatest = Table(repeating: 0, count: depth)
    // At first each net charges its pins alike.
    for net in 0..<graph.netCount {
      let pins = graph.pins(of: net)
      for position in pins { charges[graph.incidences[position]] = graph.netWeights[net] * scale / pins.count }
    }
  }

  /// Prepares for searches with these prices.
  ///
  /// - Parameters:
  ///   - prices: One a vertex, multiplied by the scale.
  ///   - isAllowed: Whether a vertex may be in the block at all.
  ///   - capacity: What the block may hold.
  mutating func prepare(prices: [Int], isAllowed: [Bool], capacity: Int) {
    rooms[0] = capacity
    for vertex in 0..<graph.vertexCount {
      self.prices[vertex] = prices[vertex]
      isFree[vertex] = isAllowed[vertex]
      var value = prices[vertex], gain = prices[vertex]
      for index in graph.nets(of: vertex) {
        if !isAllowed[vertex] { charges[index] = 0 }
        value -= charges[index]
        let net = Int(graph.incidentNets[index])
        gain -= graph.netWeights[net] * scale
        credits[index] = graph.pins(of: net).count == 2 ? graph.netWeights[net] * scale - charges[index] : 0
      }
      values[vertex] = value
      gains[vertex] = gain
    }
    for net in 0..<graph.netCount { isTouched[net] = false }
    for _ in 0..<60 {
      var largestChange = 0
      work += graph.netCount
      for net in 0..<graph.netCount { largestChange = max(largestChange, divide(net, level: 0)) }
      if largestChange <= scale >> 6 { break }
    }
  }

  /// Looks for a block that is worth more than a threshold.
  ///
  /// - Parameters:
  ///   - kind: What the block may hold, and must.
  ///   - anchor: A vertex that it must hold too, if any. Without one, prepare again before the next search.
  ///   - threshold: What a block has to be worth more than.
  ///   - aim: Whether to look for the best block or for all.
  ///   - share: What to look at, where not at everything.
  ///   - workLimit: How much work may be done.
  /// - Returns: The blocks.
  mutating func search(
    _ kind: BlockKind, anchor: Int32? = nil, threshold: Int, aim: Aim, share: Share? = nil, workLimit: Int
  ) -> Result {
    best = threshold
    found = []
    chosen = []
    self.workLimit = work + min(workLimit, 1 << 60)
    isCutShort = false
    switch aim {
    case .best: (collectsAll, mostFound, usesEquality) = (false, .max, true)
    case .all(let most): (collectsAll, mostFound, usesEquality) = (true, most, false)
    }
    var level = 0, room = kind.capacity, worth = 0
    for vertex in kind.required + (anchor.map { [$0] } ?? []) {
      if graph.weights[Int(vertex)] > room || !isFree[level * graph.vertexCount + Int(vertex)] {
        return Result(best: best, isExact: true, blocks: [])
      }
      room -= graph.weights[Int(vertex)]
      worth += take(vertex, level: level, room: room)
      level += 1
    }
    if level > 0 { record(worth) }
    if let share, level == 0 { extend(share, room: room) } else { extend(level: level, room: room, worth: worth) }
    return Result(best: best, isExact: !isCutShort, blocks: found)
  }

  /// Notes the chosen vertices if they are worth it.
  private mutating func record(_ worth: Int) {
    if worth <= best { return }
    if !collectsAll { best = worth }
    found.append(chosen.sorted())
    if found.count >= mostFound { isCutShort = true }
  }

  /// Looks at all blocks that hold the chosen vertices and some of the free ones.
  private mutating func extend(level: Int, room: Int, worth: Int) {
    if room < 2 * lightest, level > 0 {
      finish(level: level, room: room, worth: worth)
      return
    }
    while true {
      if isSpent() { return }
      guard let vertex = candidate(level: level, room: room, needed: best - worth) else { return }
      let roomLeft = room - graph.weights[Int(vertex)]
      let newWorth = worth + take(vertex, level: level, room: roomLeft)
      record(newWorth)
      extend(level: level + 1, room: roomLeft, worth: newWorth)
      chosen.removeLast()
      leave(vertex, level: level)
      if usesEquality { leaveEqual(vertex, level: level) }
    }
  }

  /// Looks at a share of all blocks.
  private mutating func extend(_ share: Share, room: Int) {
    var number = 0
    for beginning in share.beginnings {
      // What other searches found isn't known here, so that this one may have less left to look at, or more.
      if isSpent() || candidate(level: 0, room: room, needed: best) == nil { return }
      let isOwn = number % share.count == share.index
      if isOwn || beginning.seconds != nil {
        let roomLeft = room - graph.weights[Int(beginning.vertex)]
        let worth = take(beginning.vertex, level: 0, room: roomLeft)
        if isOwn { record(worth) }
        if let seconds = beginning.seconds {
          extend(seconds, share, number: number, room: roomLeft, worth: worth)
        } else {
          extend(level: 1, room: roomLeft, worth: worth)
        }
        chosen.removeLast()
      }
      number += beginning.seconds?.count ?? 1
      leave(beginning.vertex, level: 0)
      if usesEquality { leaveEqual(beginning.vertex, level: 0) }
    }
  }

  private mutating func extend(_ seconds: [Int32], _ share: Share, number: Int, room: Int, worth: Int) {
    for (index, second) in seconds.enumerated() {
      if isSpent() || candidate(level: 1, room: room, needed: best - worth) == nil { return }
      if (number + index) % share.count == share.index {
        let roomLeft = room - graph.weights[Int(second)]
        let newWorth = worth + take(second, level: 1, room: roomLeft)
        record(newWorth)
        extend(level: 2, room: roomLeft, worth: newWorth)
        chosen.removeLast()
      }
      leave(second, level: 1)
      if usesEquality { leaveEqual(second, level: 1) }
    }
  }

  /// So many beginnings are shared by their second vertices: the search begins with what is most promising, and there is
  /// most to look at.
  private static let sharedBeginnings = 8

  /// Tells what a search begins with. Prepare again afterwards.
  ///
  /// - Parameters:
  ///   - kind: What the block may hold; it must hold no vertex.
  ///   - threshold: What a block has to be worth more than.
  ///   - aim: Whether the search is for the best block or for all.
  /// - Returns: All vertices that a block may begin with, in order.
  mutating func beginnings(_ kind: BlockKind, threshold: Int, aim: Aim) -> [Beginning] {
    var beginnings: [Beginning] = []
    if case .best = aim { usesEquality = true } else { usesEquality = false }
    while let vertex = candidate(level: 0, room: kind.capacity, needed: threshold) {
      var beginning = Beginning(vertex: vertex)
      let room = kind.capacity - graph.weights[Int(vertex)]
      if beginnings.count < Self.sharedBeginnings, room >= 2 * lightest {
        let worth = take(vertex, level: 0, room: room)
        var seconds: [Int32] = []
        while let second = candidate(level: 1, room: room, needed: threshold - worth) {
          seconds.append(second)
          leave(second, level: 1)
          if usesEquality { leaveEqual(second, level: 1) }
        }
        beginning.seconds = seconds
        chosen.removeLast()
      }
      beginnings.append(beginning)
      leave(vertex, level: 0)
      if usesEquality { leaveEqual(vertex, level: 0) }
    }
    return beginnings
  }

  /// Whether the search is to end.
  private mutating func isSpent() -> Bool {
    if work >= workLimit { isCutShort = true }
    if work >= nextCheck {
      nextCheck = work + 10_000
      if shouldStop() { isCutShort = true }
    }
    return isCutShort
  }

  /// Adds the last vertex, as there is no room for two.
  private mutating func finish(level: Int, room: Int, worth: Int) {
    work += graph.vertexCount / 16 + 1
    let row = level * graph.vertexCount
    for vertex in 0..<graph.vertexCount where isFree[row + vertex] && graph.weights[vertex] <= room {
      if worth + gains[row + vertex] > best {
        chosen.append(Int32(vertex))
        record(worth + gains[row + vertex])
        chosen.removeLast()
        if isCutShort { return }
      }
    }
  }

  /// The vertex to branch on; `nil` where no block that extends the chosen vertices is worth more than is needed.
  private mutating func candidate(level: Int, room: Int, needed: Int) -> Int32? {
    let row = level * graph.vertexCount
    work += graph.vertexCount / 16 + 1
    var sum = 0, weight = 0
    var first = -1
    var firstDensity = -Double.infinity
    for vertex in 0..<graph.vertexCount {
      limited[vertex] = 0
      if !isFree[row + vertex] { continue }
      if values[row + vertex] <= 0, needed >= 0 || sum > 0 { continue }
      if graph.weights[vertex] > room { continue }
      let value = mostWorth(vertex, level: level)
      // At least one vertex is added; where less than nothing is needed, also one that isn't worth anything.
      if value <= 0, needed >= 0 || sum > 0 { continue }
      if value > 0 {
        limited[vertex] = value
        sum += value
        weight += graph.weights[vertex]
      }
      let density = Double(value) / shares[vertex]
      if density > firstDensity {
        firstDensity = density
        first = vertex
      }
    }
    if first < 0 { return nil }
    if sum == 0 { return mostWorth(first, level: level) > needed ? Int32(first) : nil }
    if sum <= needed { return nil }
    if weight > room, fill(room: room) <= needed { return nil }
    return Int32(first)
  }

  /// The most that free vertices are worth together in the room, up to their limits, parts of vertices allowed.
  private mutating func fill(room: Int) -> Int {
    // The densest vertices that fill the room, the densest first.
    var count = 0, weight = 0
    for vertex in 0..<graph.vertexCount where limited[vertex] > 0 {
      let density = Double(limited[vertex]) / Double(graph.weights[vertex])
      if weight >= room, density <= dividedValues[count - 1] { continue }
      rank(vertex, density: density, count: &count)
      weight += graph.weights[vertex]
      while count > 0, weight - graph.weights[dividedPins[count - 1]] >= room {
        weight -= graph.weights[dividedPins[count - 1]]
        count -= 1
      }
    }
    var sum = 0, left = room
    for index in 0..<count {
      let value = limited[dividedPins[index]], weight = graph.weights[dividedPins[index]]
      guard weight <= left else {
        // Rounded up: a bound may be too high, never too low.
        let product = value.multipliedFullWidth(by: left)
        return sum + weight.dividingFullWidth(product).quotient + 1
      }
      sum += value
      left -= weight
    }
    return sum
  }

  /// Takes a vertex in, on the next level, and says what it adds.
  private mutating func take(_ vertex: Int32, level: Int, room: Int) -> Int {
    let vertexCount = graph.vertexCount, netCount = graph.netCount
    let row = (level + 1) * vertexCount, pinRow = (level + 1) * pinCount, netRow = (level + 1) * netCount
    rooms[level + 1] = room
    values.copy(count: vertexCount, from: level * vertexCount, to: row)
    gains.copy(count: vertexCount, from: level * vertexCount, to: row)
    charges.copy(count: pinCount, from: level * pinCount, to: pinRow)
    credits.copy(count: pinCount, from: level * pinCount, to: pinRow)
    isFree.copy(count: vertexCount, from: level * vertexCount, to: row)
    isTouched.copy(count: netCount, from: level * netCount, to: netRow)
    chosen.append(vertex)
    work += (vertexCount + pinCount + netCount) / 64
    let gain = gains[row + Int(vertex)]
    isFree[row + Int(vertex)] = false
    for index in graph.nets(of: Int(vertex)) {
      let net = Int(graph.incidentNets[index])
      if isTouched[netRow + net] { continue }
      isTouched[netRow + net] = true
      let weight = graph.netWeights[net] * scale
      for position in graph.pins(of: net) {
        let pin = Int(graph.pins[position]), incidence = pinRow + Int(graph.incidences[position])
        values[row + pin] += charges[incidence]
        gains[row + pin] += weight
        charges[incidence] = 0
        credits[incidence] = 0
      }
    }
    // The neighbours are worth more now: their other nets charge them more, and others less.
    for index in graph.nets(of: Int(vertex)) {
      for position in graph.pins(of: Int(graph.incidentNets[index])) {
        let pin = Int(graph.pins[position])
        if !isFree[row + pin] { continue }
        for other in graph.nets(of: pin) {
          let net = Int(graph.incidentNets[other])
          if !isTouched[netRow + net] { _ = divide(net, level: level + 1) }
        }
      }
    }
    return gain
  }

  /// Leaves a vertex out on a level from now on.
  private mutating func leave(_ vertex: Int32, level: Int) {
    let row = level * graph.vertexCount, pinRow = level * pinCount, netRow = level * graph.netCount
    isFree[row + Int(vertex)] = false
    for index in graph.nets(of: Int(vertex)) {
      charges[pinRow + index] = 0
      let net = Int(graph.incidentNets[index])
      if !isTouched[netRow + net] { _ = divide(net, level: level) }
    }
  }

  /// Leaves out the vertices that could take the place of one that was left out, and aren't worth more.
  private mutating func leaveEqual(_ vertex: Int32, level: Int) {
    var other = graph.nextEqual[Int(vertex)]
    while other != vertex {
      if isFree[level * graph.vertexCount + Int(other)], prices[other] <= prices[vertex] { leave(other, level: level) }
      other = graph.nextEqual[Int(other)]
    }
  }
}
