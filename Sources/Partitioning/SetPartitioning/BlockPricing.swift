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
  private var charges: Table<Int>
  private var isFree: Table<Bool>
  private var isTouched: Table<Bool>

  private var prices: Table<Int>
  private var chosen: [Int32] = []
  private var found: [[Int32]] = []
  private var best = 0
  private var collectsAll = false
  private var mostFound = Int.max
  private var usesEquality = true
  private var stepsLeft = 0
  /// How many nodes of search trees were looked at.
  private(set) var steps = 0
  // Room for dividing one net.
  private var dividedPins: Table<Int>
  private var dividedValues: Table<Double>
  /// The most that each free vertex can be worth.
  private var limited: Table<Int>

  init(_ graph: PricingGraph, scale: Int, largestCapacity: Int) {
    self.graph = graph
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
    isFree = Table(repeating: false, count: depth * graph.vertexCount)
    isTouched = Table(repeating: false, count: depth * graph.netCount)
    prices = Table(repeating: 0, count: graph.vertexCount)
    dividedPins = Table(repeating: 0, count: max(1, graph.vertexCount))
    dividedValues = Table(repeating: 0, count: max(1, graph.vertexCount))
    limited = Table(repeating: 0, count: graph.vertexCount)
    // At first each net charges its pins alike.
    for net in 0..<graph.netCount {
      let pins = graph.pins(of: net)
      for position in pins { charges[position] = graph.netWeights[net] * scale / pins.count }
    }
  }

  /// Prepares for searches with these prices.
  ///
  /// - Parameters:
  ///   - prices: One a vertex, multiplied by the scale.
  ///   - isAllowed: Whether a vertex may be in the block at all.
  mutating func prepare(prices: [Int], isAllowed: [Bool]) {
    for vertex in 0..<graph.vertexCount {
      self.prices[vertex] = prices[vertex]
      isFree[vertex] = isAllowed[vertex]
      var value = prices[vertex], gain = prices[vertex]
      for index in graph.nets(of: vertex) {
        if !isAllowed[vertex] { charges[Int(graph.pinPositions[index])] = 0 }
        value -= charges[Int(graph.pinPositions[index])]
        gain -= graph.netWeights[Int(graph.incidentNets[index])] * scale
      }
      values[vertex] = value
      gains[vertex] = gain
    }
    for net in 0..<graph.netCount { isTouched[net] = false }
    for _ in 0..<60 {
      var largestChange = 0
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
  ///   - stepLimit: How many nodes of the search tree may be looked at.
  /// - Returns: The blocks.
  mutating func search(
    _ kind: BlockKind, anchor: Int32? = nil, threshold: Int, aim: Aim, stepLimit: Int
  ) -> Result {
    best = threshold
    found = []
    chosen = []
    stepsLeft = stepLimit
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
    extend(level: level, room: room, worth: worth)
    steps += stepLimit - max(0, stepsLeft)
    return Result(best: best, isExact: stepsLeft > 0, blocks: found)
  }

  /// Notes the chosen vertices if they are worth it.
  private mutating func record(_ worth: Int) {
    if worth <= best { return }
    if !collectsAll { best = worth }
    found.append(chosen.sorted())
    if found.count >= mostFound { stepsLeft = 0 }
  }

  /// Looks at all blocks that hold the chosen vertices and some of the free ones.
  private mutating func extend(level: Int, room: Int, worth: Int) {
    if room < 2 * lightest, level > 0 {
      finish(level: level, room: room, worth: worth)
      return
    }
    while true {
      stepsLeft -= 1
      if stepsLeft <= 0 { return }
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

  /// Adds the last vertex, as there is no room for two.
  private mutating func finish(level: Int, room: Int, worth: Int) {
    stepsLeft -= 1
    let row = level * graph.vertexCount
    for vertex in 0..<graph.vertexCount where isFree[row + vertex] && graph.weights[vertex] <= room {
      if worth + gains[row + vertex] > best {
        chosen.append(Int32(vertex))
        record(worth + gains[row + vertex])
        chosen.removeLast()
        if stepsLeft <= 0 { return }
      }
    }
  }

  /// The vertex to branch on; `nil` where no block that extends the chosen vertices is worth more than is needed.
  private mutating func candidate(level: Int, room: Int, needed: Int) -> Int32? {
    let row = level * graph.vertexCount
    var sum = 0, weight = 0
    var first = -1
    var firstDensity = -Double.infinity
    for vertex in 0..<graph.vertexCount {
      limited[vertex] = 0
      if !isFree[row + vertex] { continue }
      let value = values[row + vertex]
      // At least one vertex is added; where less than nothing is needed, also one that isn't worth anything.
      if value <= 0, needed >= 0 || sum > 0 { continue }
      if graph.weights[vertex] > room { continue }
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
    if sum == 0 { return values[row + first] > needed ? Int32(first) : nil }
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
    values.copy(count: vertexCount, from: level * vertexCount, to: row)
    gains.copy(count: vertexCount, from: level * vertexCount, to: row)
    charges.copy(count: pinCount, from: level * pinCount, to: pinRow)
    isFree.copy(count: vertexCount, from: level * vertexCount, to: row)
    isTouched.copy(count: netCount, from: level * netCount, to: netRow)
    chosen.append(vertex)
    let gain = gains[row + Int(vertex)]
    isFree[row + Int(vertex)] = false
    for index in graph.nets(of: Int(vertex)) {
      let net = Int(graph.incidentNets[index])
      if isTouched[netRow + net] { continue }
      isTouched[netRow + net] = true
      let weight = graph.netWeights[net] * scale
      for position in graph.pins(of: net) {
        let pin = Int(graph.pins[position])
        values[row + pin] += charges[pinRow + position]
        gains[row + pin] += weight
        charges[pinRow + position] = 0
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
      charges[pinRow + Int(graph.pinPositions[index])] = 0
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

  /// Divides a net's weight among its free pins, so that what they are worth gets as equal as it can.
  ///
  /// - Returns: How much a charge changed at most.
  private mutating func divide(_ net: Int, level: Int) -> Int {
    let row = level * graph.vertexCount, pinRow = level * pinCount
    let weight = graph.netWeights[net] * scale
    var count = 0
    for position in graph.pins(of: net) where isFree[row + Int(graph.pins[position])] {
      let pin = Int(graph.pins[position])
      let density = Double(values[row + pin] + charges[pinRow + position]) / shares[pin]
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
      let pin = Int(graph.pins[position])
      var charge = 0
      if index + 1 == payers {
        charge = left
      } else if index < payers {
        charge = min(left, max(0, Int((dividedValues[index] - water) * shares[pin])))
      }
      left -= charge
      let change = charge - charges[pinRow + position]
      charges[pinRow + position] = charge
      values[row + pin] -= change
      largestChange = max(largestChange, abs(change))
    }
    return largestChange
  }
}
