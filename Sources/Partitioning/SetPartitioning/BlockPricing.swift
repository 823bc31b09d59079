/// Finds the block that is worth most: the sum of its vertices' prices less the weight of the nets that it touches.
///
/// Branch and bound, exact whether or not the block hangs together: vertices are taken in or left out one after
/// another, the most promising first. The bound lets each net that isn't touched yet charge its weight to its pins, no
/// more in all than it weighs; what is left of the prices fills the room that is left. However the charges are
/// divided, the bound holds; they are divided such that the pins' remaining prices get as equal as can be, which is
/// where the bound is lowest (for the least of a sum of convex functions over a polymatroid's base, see Fujishige).
/// All of it is in integers, so that what it proves is proven.
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

  /// A share of the vertices that blocks begin with.
  struct Roots {
    /// All of them, in order.
    var vertices: [Int32]
    /// The share: each of `shareCount` searches takes every so-manieth vertex.
    var share: Int
    var shareCount: Int
  }

  private let graph: PricingGraph
  /// By this, net weights are multiplied: the unit of prices is so much finer.
  private let scale: Int
  private let pinCount: Int
  private let lightest: Int
  /// How charges are divided: weights of vertices, without zeros.
  private let shares: [Double]

  // One row for each vertex taken in.
  /// The prices less the charges.
  private var values: Table<Int>
  /// The prices less all nets that aren't touched yet: what taking in this vertex alone gains.
  private var gains: Table<Int>
  /// What each vertex is charged for each of its nets.
  private var charges: Table<Int>
  /// What each vertex isn't charged for each of its links: more of these than fit beside it are of no use.
  private var credits: Table<Int>
  private var isFree: Table<Bool>
  private var isTouched: Table<Bool>
  /// What may still be added.
  private var rooms: Table<Int>

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
  private(set) var work = 0
  // Room for dividing one net.
  private var dividedPins: Table<Int>
  private var dividedValues: Table<Double>
  /// The most that each free vertex can be worth.
  private var limited: Table<Int>
  /// Room for a vertex's greatest credits.
  private var greatest: Table<Int>

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
  ///   - roots: Which of the vertices to begin with, where not with all of them.
  ///   - workLimit: How much work may be done.
  /// - Returns: The blocks.
  mutating func search(
    _ kind: BlockKind, anchor: Int32? = nil, threshold: Int, aim: Aim, roots: Roots? = nil, workLimit: Int
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
    if let roots, level == 0 { extend(roots, room: room) } else { extend(level: level, room: room, worth: worth) }
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

  /// Looks at the blocks that begin with some of the roots.
  private mutating func extend(_ roots: Roots, room: Int) {
    for (index, root) in roots.vertices.enumerated() {
      // Other searches may have found better blocks meanwhile, and this one may have less left to look at.
      if isSpent() || candidate(level: 0, room: room, needed: best) == nil { return }
      if index % roots.shareCount == roots.share {
        let roomLeft = room - graph.weights[Int(root)]
        let worth = take(root, level: 0, room: roomLeft)
        record(worth)
        extend(level: 1, room: roomLeft, worth: worth)
        chosen.removeLast()
      }
      leave(root, level: 0)
      if usesEquality { leaveEqual(root, level: 0) }
    }
  }

  /// The vertices that a search begins with, one after another, each without those before it. Prepare again afterwards.
  ///
  /// - Parameters:
  ///   - kind: What the block may hold; it must hold no vertex.
  ///   - threshold: What a block has to be worth more than.
  ///   - aim: Whether the search is for the best block or for all.
  mutating func roots(_ kind: BlockKind, threshold: Int, aim: Aim) -> [Int32] {
    var roots: [Int32] = []
    while let root = candidate(level: 0, room: kind.capacity, needed: threshold) {
      roots.append(root)
      leave(root, level: 0)
      if case .best = aim { leaveEqual(root, level: 0) }
    }
    return roots
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
      var index = count
      while index > 0, dividedValues[index - 1] < density {
        dividedValues[index] = dividedValues[index - 1]
        dividedPins[index] = dividedPins[index - 1]
        index -= 1
      }
      dividedValues[index] = density
      dividedPins[index] = vertex
      count += 1
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

  /// How many vertices fit beside a vertex.
  private func mostBeside(_ vertex: Int, level: Int) -> Int {
    let room = max(0, rooms[level] - graph.weights[vertex])
    return lightest == 1 ? room : lightest == 0 ? .max : room / lightest
  }

  /// The most that a free vertex can be worth: of the links that it isn't charged for, no more than fit beside it.
  private mutating func mostWorth(_ vertex: Int, level: Int) -> Int {
    let value = values[level * graph.vertexCount + vertex]
    let most = mostBeside(vertex, level: level)
    if graph.nets(of: vertex).count <= most { return value }
    return value - credit(vertex, level: level, most: most).useless
  }

  /// The part of a vertex's credits that is of no use, as only so many links can be in the block with it, and the least
  /// credit that is of use, if there are as many.
  private mutating func credit(_ vertex: Int, level: Int, most: Int) -> (useless: Int, least: Int) {
    let pinRow = level * pinCount
    work += (graph.nets(of: vertex).count + 8) / 16
    var useless = 0, count = 0
    for index in graph.nets(of: vertex) {
      let credit = credits[pinRow + index]
      if credit <= 0 { continue }
      if count == most {
        if most == 0 || credit <= greatest[count - 1] {
          useless += credit
          continue
        }
        useless += greatest[count - 1]
        count -= 1
      }
      var position = count
      while position > 0, greatest[position - 1] < credit {
        greatest[position] = greatest[position - 1]
        position -= 1
      }
      greatest[position] = credit
      count += 1
    }
    return (useless, most == 0 ? .max : count < most ? 0 : greatest[most - 1])
  }

  /// Divides a link's weight between its ends, both of them free, so that what they are worth gets as equal as it can.
  ///
  /// - Returns: How much a charge changed at most.
  private mutating func divideLink(_ net: Int, level: Int) -> Int {
    let row = level * graph.vertexCount, pinRow = level * pinCount
    let weight = graph.netWeights[net] * scale
    let begin = graph.pins(of: net).lowerBound
    let first = Int(graph.pins[begin]), second = Int(graph.pins[begin + 1])
    let index = pinRow + Int(graph.incidences[begin]), otherIndex = pinRow + Int(graph.incidences[begin + 1])
    let before = charges[index]
    values[row + first] += before - weight
    values[row + second] += charges[otherIndex] - weight
    credits[index] = 0
    credits[otherIndex] = 0
    let one = endOfLink(first, level: level), other = endOfLink(second, level: level)
    // Credit for nothing goes to where it is of no use.
    let gift = min(weight, one.least), otherGift = min(weight, other.least)
    var credit: Int
    if gift + otherGift >= weight {
      credit = (weight + gift - otherGift) / 2
    } else {
      let excess = weight - gift - otherGift
      let share = shares[first] / (shares[first] + shares[second])
      credit = gift + max(0, min(excess, Int(Double(one.value + other.value + excess) * share) - one.value))
    }
    charges[index] = weight - credit
    charges[otherIndex] = credit
    credits[index] = credit
    credits[otherIndex] = weight - credit
    values[row + first] += credit
    values[row + second] += weight - credit
    return abs(weight - credit - before)
  }

  /// What an end of a link is worth without any credit for it, and how much credit wouldn't change that.
  private mutating func endOfLink(_ vertex: Int, level: Int) -> (value: Int, least: Int) {
    let value = values[level * graph.vertexCount + vertex]
    let most = mostBeside(vertex, level: level)
    if graph.nets(of: vertex).count <= most { return (value, 0) }
    let (useless, least) = credit(vertex, level: level, most: most)
    return (value - useless, least)
  }

  /// Divides a net's weight among its free pins, so that what they are worth gets as equal as it can.
  ///
  /// - Returns: How much a charge changed at most.
  private mutating func divide(_ net: Int, level: Int) -> Int {
    let row = level * graph.vertexCount, pinRow = level * pinCount
    let pins = graph.pins(of: net)
    let weight = graph.netWeights[net] * scale
    work += pins.count
    var count = 0
    for position in pins {
      let pin = Int(graph.pins[position])
      credits[pinRow + Int(graph.incidences[position])] = 0
      if !isFree[row + pin] { continue }
      let density = Double(values[row + pin] + charges[pinRow + Int(graph.incidences[position])]) / shares[pin]
      var index = count
      while index > 0, dividedValues[index - 1] < density {
        dividedValues[index] = dividedValues[index - 1]
        dividedPins[index] = dividedPins[index - 1]
        index -= 1
      }
      dividedValues[index] = density
      dividedPins[index] = position
      count += 1
    }
    if count == 0 { return 0 }
    if count == 2, pins.count == 2 { return divideLink(net, level: level) }
    // The densities above a water level pay for the net.
    var shareSum = 0.0, densitySum = 0.0, water = 0.0
    var payers = 0
    while payers < count {
      let share = shares[Int(graph.pins[dividedPins[payers]])]
      shareSum += share
      densitySum += dividedValues[payers] * share
      payers += 1
      water = (densitySum - Double(weight)) / shareSum
      if payers < count, dividedValues[payers] > water { continue }
      break
    }
    var left = weight, largestChange = 0
    for index in 0..<count {
      let position = dividedPins[index]
      let pin = Int(graph.pins[position]), incidence = pinRow + Int(graph.incidences[position])
      var charge = 0
      if index + 1 == payers {
        charge = left
      } else if index < payers {
        charge = min(left, max(0, Int((dividedValues[index] - water) * shares[pin])))
      }
      left -= charge
      let change = charge - charges[incidence]
      charges[incidence] = charge
      values[row + pin] -= change
      largestChange = max(largestChange, abs(change))
    }
    return largestChange
  }
}
