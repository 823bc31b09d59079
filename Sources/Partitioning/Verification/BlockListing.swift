/// Finds all blocks that are worth more than a threshold by listing all sets of vertices that hang together.
///
/// Written for being checked, not for speed, and sharing no code with the search for partitions. What a block is worth is
/// the sum of what its pieces are worth, which share no net. So the most that pieces of each weight are worth, all of which
/// are looked at, also tells the most that several of them can add in the room that one leaves; only where that is enough,
/// further pieces are looked for, each of which begins with a later vertex than the one before.
struct BlockListing {
  private let statement: ClassStatement
  private let prices: [Int]
  private let scale: Int
  private let capacity: Int
  private let threshold: Int
  private let most: Int
  private let neighbors: [[Int]]
  /// The most that one piece of each weight is worth.
  private var bests: [Int]
  /// The most that further pieces are worth in each room; empty while they aren't looked for.
  private var rests: [Int] = []
  private var chosen: [Int] = []
  /// How many pins of each net are chosen.
  private var counts: [Int]
  /// Whether a vertex is chosen, a candidate, or to be left out.
  private var isKnown: [Bool]
  private var found: [BlockSearch.Block] = []
  private var workLeft: Int

  private static let impossible = -(1 << 58)
  /// No more work than this, in small steps: what isn't done by then is left to other ways.
  private static let mostWork = 400_000_000
  /// Sets of more vertices aren't listed.
  private static let mostVertices = 100

  /// - Parameters:
  ///   - statement: The class of vertices.
  ///   - prices: A price for each.
  ///   - scale: Prices are in units of 1 / scale.
  ///   - kind: The kind of block.
  ///   - threshold: What blocks have to be worth more than.
  ///   - most: How many blocks to find at most.
  ///   - workLeft: How much work may be done; what was done is taken off.
  /// - Returns: The blocks, at most so many; `nil` where this isn't the way to find out.
  static func blocks(
    _ statement: ClassStatement, prices: [Int], scale: Int, kind: ClassStatement.Kind, threshold: Int, most: Int,
    workLeft: inout Int
  ) -> [BlockSearch.Block]? {
    guard kind.fixed.isEmpty, let lightest = statement.weights.min(), lightest > 0,
      kind.capacity / lightest <= mostVertices
    else { return nil }
    var listing = BlockListing(
      statement, prices: prices, scale: scale, capacity: kind.capacity, threshold: threshold, most: most,
      workLeft: min(workLeft, mostWork))
    let before = listing.workLeft
    defer { workLeft -= before - listing.workLeft }
    for vertex in Set(statement.kinds.filter { $0 != kind }.flatMap(\.fixed)) { listing.isKnown[vertex] = true }
    listing.begin(after: -1, room: kind.capacity, worth: 0)
    if listing.addRests() {
      listing.found = []
      listing.begin(after: -1, room: kind.capacity, worth: 0)
    }
    return listing.workLeft > 0 ? listing.found : nil
  }

  private init(
    _ statement: ClassStatement, prices: [Int], scale: Int, capacity: Int, threshold: Int, most: Int, workLeft: Int
  ) {
    self.statement = statement
    self.prices = prices
    self.scale = scale
    self.capacity = capacity
    self.threshold = threshold
    self.most = most
    self.workLeft = workLeft
    neighbors = statement.weights.indices.map { vertex in
      Set(statement.netsOfVertex[vertex].flatMap { statement.nets[$0].pins }).subtracting([vertex]).sorted()
    }
    bests = [Int](repeating: Self.impossible, count: capacity + 1)
    counts = [Int](repeating: 0, count: statement.nets.count)
    isKnown = [Bool](repeating: false, count: statement.weights.count)
  }

  /// Adds up what pieces are worth together at most, and says whether several might be worth more than the threshold.
  private mutating func addRests() -> Bool {
    if workLeft <= 0 || found.count >= most { return false }
    rests = [Self.impossible]
    for room in bests.indices.dropFirst() {
      var rest = rests[room - 1]
      for weight in 1...room where bests[weight] > Self.impossible {
        rest = max(rest, bests[weight] + max(0, rests[room - weight]))
      }
      rests.append(rest)
    }
    return bests.indices.contains { bests[$0] + rests[capacity - $0] > threshold }
  }

  /// Looks at all pieces that begin with a later vertex.
  private mutating func begin(after last: Int, room: Int, worth: Int) {
    for root in statement.weights.indices.dropFirst(last + 1) where !isKnown[root] {
      isKnown[root] = true
      choose(root, root: root, candidates: [], room: room, worth: worth)
      isKnown[root] = false
    }
  }

  /// Looks at all blocks that have a vertex beside the chosen ones.
  private mutating func choose(_ vertex: Int, root: Int, candidates: [Int], room: Int, worth: Int) {
    let room = room - statement.weights[vertex]
    if room < 0 || workLeft <= 0 || found.count >= most { return }
    chosen.append(vertex)
    var worth = worth + prices[vertex]
    for net in statement.netsOfVertex[vertex] {
      if counts[net] == 0 { worth -= statement.nets[net].weight * scale }
      counts[net] += 1
    }
    bests[capacity - room] = max(bests[capacity - room], worth)
    if worth > threshold { found.append(.init(vertices: chosen.sorted(), worth: worth)) }
    if room > 0 {
      let new = neighbors[vertex].filter { $0 > root && !isKnown[$0] }
      for neighbor in new { isKnown[neighbor] = true }
      workLeft -= 10 + neighbors[vertex].count
      if !rests.isEmpty, worth + rests[room] > threshold { begin(after: root, room: room, worth: worth) }
      var candidates = candidates + new
      // Who was looked at is left out from then on.
      while let next = candidates.popLast() {
        choose(next, root: root, candidates: candidates, room: room, worth: worth)
      }
      for neighbor in new { isKnown[neighbor] = false }
    }
    for net in statement.netsOfVertex[vertex] { counts[net] -= 1 }
    chosen.removeLast()
  }
}
