/// Lists sets of vertices that hang together and fit in a block, each once, with what they are worth.
///
/// A set is grown from its first vertex by one neighbor after another; who was passed over stays out, so that no set
/// comes twice. What can't lead to anything that is looked for isn't grown any further.
///
/// > S. Wernicke. "Efficient Detection of Network Motifs." *IEEE/ACM Transactions on Computational Biology and
/// > Bioinformatics* 3(4), 2006. doi:10.1109/TCBB.2006.51 (ESU, the listing of connected subgraphs)
struct ConnectedSearch: ~Copyable {
  /// What to look for.
  enum Aim {
    /// Nothing: to see how many sets there are.
    case count
    /// The best piece that begins with each vertex, and the most that pieces of each weight are worth.
    case bestPieces
    /// The best block that begins with each vertex, of several pieces where these are given.
    case bestBlocks(PieceWorths?)
    /// All blocks, at most so many, of several pieces where these are given.
    case all(PieceWorths?, most: Int)
  }

  /// A block that was found.
  struct Block: Sendable {
    /// Ascending.
    var vertices: [Int32]
    var worth: Int
  }

  /// What a search found.
  struct Findings: Sendable {
    var blocks: [Block]
    /// The most that pieces of each weight are worth.
    var bests: [Int]
    /// The same for pieces that begin with a certain vertex, one row of weights for each vertex, up to half the capacity.
    var lightBests: [Int]
    /// The work that was done, in the units of ``BlockPricing``.
    var work: Int
    /// Whether something was not looked at.
    var isCutShort: Bool
  }

  private let layout: ConnectedLayout
  private let capacity: Int
  private let workLimit: Int
  private let shouldStop: @Sendable () -> Bool
  private var nextCheck = 0
  private var isCutShort = false
  private var work = 0

  // What is looked for.
  private let threshold: Int
  private let isLooking: Bool
  private let keepsBests: Bool
  private let collectsAll: Bool
  private let mostFound: Int
  /// What further pieces are worth; `nil` where blocks are to be of one piece.
  private let further: PieceWorths?

  // What was found.
  private var blocks: [Block] = []
  private var bests: Table<Int>
  private var lightBests: Table<Int>
  /// The best block that begins with the present vertex.
  private var best = Block(vertices: [], worth: 0)

  // Where the search is.
  private var chosen: Table<Int32>
  private var chosenCount = 0
  /// The first vertex of the piece; none before it is taken in.
  private var root = 0
  /// What taking each vertex in gains; impossible for those that are in already.
  private var gains: Table<Int>
  /// The most that taking a vertex in gains that is joined to none.
  private let mostByItself: Int
  /// How many pins of each larger net are taken in.
  private var counts: Table<Int32>
  /// Whether a vertex was taken in, passed over or is waiting.
  private var isSeen: Table<Bool>
  private var waiting: Table<Int32>

  private static var impossible: Int { PieceWorths.impossible }

  /// - Parameters:
  ///   - layout: The graph.
  ///   - prices: One a vertex, multiplied by the scale.
  ///   - isAllowed: Whether a vertex may be in a block at all.
  ///   - capacity: What a block may hold.
  ///   - threshold: What a block has to be worth more than.
  ///   - aim: What to look for.
  ///   - workLimit: How much work may be done.
  ///   - shouldStop: Whether to end early; asked now and then.
  init(
    _ layout: ConnectedLayout, prices: [Int], isAllowed: [Bool], capacity: Int, threshold: Int, aim: Aim,
    workLimit: Int, shouldStop: @escaping @Sendable () -> Bool
  ) {
    self.layout = layout
    self.capacity = capacity
    self.workLimit = workLimit
    self.shouldStop = shouldStop
    switch aim {
    case .count: (isLooking, keepsBests, collectsAll, mostFound, further) = (false, false, false, .max, nil)
    case .bestPieces: (isLooking, keepsBests, collectsAll, mostFound, further) = (true, true, false, .max, nil)
    case .bestBlocks(let worths):
      (isLooking, keepsBests, collectsAll, mostFound, further) = (true, false, false, .max, worths)
    case .all(let worths, let most):
      (isLooking, keepsBests, collectsAll, mostFound, further) = (true, false, true, most, worths)
    }
    self.threshold = isLooking ? threshold : .max
    bests = Table(repeating: Self.impossible, count: capacity + 1)
    lightBests = Table(
      repeating: Self.impossible, count: keepsBests ? layout.vertexCount * (capacity / 2 + 1) : 0)
    chosen = Table(repeating: 0, count: min(layout.vertexCount, capacity / layout.lightest) + 1)
    gains = Table(layout.costs.indices.map { isAllowed[$0] ? prices[$0] - layout.costs[$0] : Self.impossible })
    mostByItself = gains.elements.max() ?? 0
    counts = Table(repeating: 0, count: layout.netWeights.count)
    isSeen = Table(isAllowed.map { !$0 })
    waiting = Table(repeating: 0, count: layout.vertexCount)
  }

  /// Looks at a share of all sets: those whose first vertex is every so-manieth one.
  mutating func run(share: Int, of count: Int) -> Findings {
    for first in stride(from: share, to: layout.vertexCount, by: count) where !isCutShort {
      best.worth = threshold
      begin(first, end: 0, room: capacity, pieceRoom: capacity, worth: 0)
      if !collectsAll, best.worth > threshold { blocks.append(best) }
    }
    return Findings(
      blocks: blocks, bests: bests.elements, lightBests: lightBests.elements, work: work, isCutShort: isCutShort)
  }

  // MARK: Growing

  /// Looks at all sets whose last piece begins with a vertex.
  private mutating func begin(_ first: Int, end: Int, room: Int, pieceRoom: Int, worth: Int) {
    if isSeen[first] || layout.weights[first] > pieceRoom { return }
    let before = root
    root = first
    isSeen[first] = true
    take(Int32(first), rest: end..<end, room: room, pieceRoom: pieceRoom, worth: worth)
    isSeen[first] = false
    root = before
  }

  /// Takes a vertex in, looks at all sets that then are possible, and leaves it again.
  ///
  /// - Parameters:
  ///   - vertex: The vertex.
  ///   - rest: Where those wait that may be taken in after it.
  ///   - room: What the block may hold yet.
  ///   - pieceRoom: What the piece may hold yet, no more than the block.
  ///   - worth: What the block was worth before.
  private mutating func take(_ vertex: Int32, rest: Range<Int>, room: Int, pieceRoom: Int, worth: Int) {
    let worth = worth + gains[vertex]
    let room = room - layout.weights[Int(vertex)], pieceRoom = pieceRoom - layout.weights[Int(vertex)]
    chosen[chosenCount] = vertex
    chosenCount += 1
    gains[vertex] += Self.impossible
    var end = rest.upperBound
    for link in layout.links(of: Int(vertex)) {
      let target = layout.linkTargets[link]
      gains[target] += layout.linkWeights[link]
      enqueue(target, &end)
    }
    for index in layout.nets(of: Int(vertex)) { touch(Int(layout.incidentNets[index]), &end) }
    countWork(1)
    note(worth, room: room)
    addPieces(after: end, room: room, worth: worth)
    grow(rest.lowerBound..<end, room: room, pieceRoom: pieceRoom, worth: worth)
    for index in layout.nets(of: Int(vertex)) { leave(Int(layout.incidentNets[index])) }
    for link in layout.links(of: Int(vertex)) { gains[layout.linkTargets[link]] -= layout.linkWeights[link] }
    for index in rest.upperBound..<end { isSeen[waiting[index]] = false }
    gains[vertex] -= Self.impossible
    chosenCount -= 1
  }

  /// Grows the piece by those that wait.
  private mutating func grow(_ candidates: Range<Int>, room: Int, pieceRoom: Int, worth: Int) {
    if pieceRoom < layout.lightest || isCutShort { return }
    if pieceRoom < 2 * layout.lightest {
      finish(candidates, room: room, pieceRoom: pieceRoom, worth: worth)
    } else if isUseless(candidates, room: room, pieceRoom: pieceRoom, worth: worth) {
      return
    } else if pieceRoom < 3 * layout.lightest, layout.isUniform {
      finishByTwo(candidates, room: room, pieceRoom: pieceRoom, worth: worth)
    } else {
      for index in candidates where !isCutShort {
        let next = waiting[index]
        if next < root || layout.weights[Int(next)] > pieceRoom { continue }
        take(next, rest: (index + 1)..<candidates.upperBound, room: room, pieceRoom: pieceRoom, worth: worth)
      }
    }
  }

  /// Adds further pieces, each no heavier than the one before, or as heavy and with a later first vertex.
  private mutating func addPieces(after end: Int, room: Int, worth: Int) {
    guard let further, worth + further.rests[room] > needed else { return }
    countWork(layout.vertexCount / 16)
    var weight = 0
    var index = chosenCount
    repeat {
      index -= 1
      weight += layout.weights[Int(chosen[index])]
    } while chosen[index] != root
    let present = root
    for first in 0..<layout.vertexCount where !isCutShort {
      if worth + further.rest(from: first, room: room) <= needed { continue }
      begin(first, end: end, room: room, pieceRoom: min(room, first > present ? weight : weight - 1), worth: worth)
    }
  }

  /// Has a neighbor wait to be taken in. Those before the root wait in vain, so that they come into no further piece.
  private mutating func enqueue(_ vertex: Int32, _ end: inout Int) {
    if isSeen[vertex] || further == nil && vertex < root { return }
    isSeen[vertex] = true
    waiting[end] = vertex
    end += 1
  }

  private mutating func touch(_ net: Int, _ end: inout Int) {
    counts[net] += 1
    if counts[net] > 1 { return }
    countWork(layout.pins(of: net).count / 8)
    for position in layout.pins(of: net) {
      gains[layout.pins[position]] += layout.netWeights[net]
      enqueue(layout.pins[position], &end)
    }
  }

  private mutating func leave(_ net: Int) {
    counts[net] -= 1
    if counts[net] > 0 { return }
    for position in layout.pins(of: net) { gains[layout.pins[position]] -= layout.netWeights[net] }
  }

  private mutating func countWork(_ done: Int) {
    work += done
    if work < nextCheck { return }
    nextCheck = work + 10_000
    if work > workLimit || shouldStop() { isCutShort = true }
  }

  // MARK: What is found

  /// What a block has to be worth more than.
  private var needed: Int { best.worth }

  /// Notes what is taken in.
  private mutating func note(_ worth: Int, room: Int) {
    if keepsBests {
      let weight = capacity - room
      if worth > bests[weight] { bests[weight] = worth }
      if weight <= capacity / 2 {
        let index = root * (capacity / 2 + 1) + weight
        if worth > lightBests[index] { lightBests[index] = worth }
      }
    }
    if worth <= needed { return }
    let block = Block(vertices: (0..<chosenCount).map { chosen[$0] }.sorted(), worth: worth)
    if collectsAll {
      blocks.append(block)
      if blocks.count >= mostFound { isCutShort = true }
    } else {
      best = block
    }
  }

  /// Whether it is of no use that a piece so heavy, in a block that leaves so much room, is worth so much at most.
  private func isUseless(_ worth: Int, room: Int) -> Bool {
    if worth > needed { return false }
    if let further, worth + further.rests[room] > needed { return false }
    let weight = capacity - room
    return !keepsBests
      || worth <= bests[weight]
        && (weight > capacity / 2 || worth <= lightBests[root * (capacity / 2 + 1) + weight])
  }

  /// Whether nothing can be found by growing the piece: each vertex gains at most what the best neighbor does, or one that
  /// is no neighbor yet, and the links between those that are added.
  private mutating func isUseless(_ candidates: Range<Int>, room: Int, pieceRoom: Int, worth: Int) -> Bool {
    guard isLooking, layout.isUniform, layout.netWeights.isEmpty else { return false }
    countWork(candidates.count / 16)
    var top = Self.impossible
    for index in candidates { top = max(top, gains[waiting[index]]) }
    var most = worth + top
    for added in 1...(pieceRoom / layout.lightest) {
      if added > 1 { most += max(top, mostByItself) + (added - 1) * layout.largestLink }
      if !isUseless(most, room: room - added * layout.lightest) { return false }
    }
    return true
  }

  /// Adds the last vertex, as there is no room for two.
  private mutating func finish(_ candidates: Range<Int>, room: Int, pieceRoom: Int, worth: Int) {
    countWork(candidates.count / 16)
    for index in candidates {
      let vertex = waiting[index], weight = layout.weights[Int(vertex)]
      if vertex < root || weight > pieceRoom || isUseless(worth + gains[vertex], room: room - weight) { continue }
      take(
        vertex, rest: (index + 1)..<candidates.upperBound, room: room, pieceRoom: pieceRoom, worth: worth)
    }
  }

  /// Adds the last two vertices, as there is no room for three and all weigh alike.
  ///
  /// Most need not be taken in to know what they lead to: the best vertex beside one is the best that waits behind it,
  /// or one that it is joined to.
  private mutating func finishByTwo(_ candidates: Range<Int>, room: Int, pieceRoom: Int, worth: Int) {
    countWork(candidates.count / 8)
    var bestBehind = Self.impossible
    for index in candidates.reversed() where !isCutShort {
      let vertex = waiting[index]
      if vertex < root { continue }
      let one = worth + gains[vertex]
      var second = bestBehind
      for link in layout.links(of: Int(vertex)) {
        let target = layout.linkTargets[link]
        // Some that were passed over may count here: what seems worth it is looked at more closely.
        if target >= root { second = max(second, gains[target] + layout.linkWeights[link]) }
      }
      bestBehind = max(bestBehind, gains[vertex])
      if isUseless(one, room: room - layout.lightest), isUseless(one + second, room: room - 2 * layout.lightest),
        layout.nets(of: Int(vertex)).isEmpty
      {
        continue
      }
      take(vertex, rest: (index + 1)..<candidates.upperBound, room: room, pieceRoom: pieceRoom, worth: worth)
    }
  }
}
