/// Looks for a partition of a class that costs less than a limit: every placement of its vertices is tried.
struct PlacementSearch {
  private let statement: ClassStatement
  /// The blocks' capacities and kinds.
  private let capacities: [Int]
  private let kindOfBlock: [Int]
  private let order: [Int]
  private var blocks: [Int]
  private var loads: [Int]
  private var counts: [Int]
  private var workLeft: Int

  /// - Returns: Whether a partition costs less than the limit; `nil` where the work didn't suffice.
  static func exists(_ statement: ClassStatement, below limit: Int, workLeft: inout Int) -> Bool? {
    var search = PlacementSearch(statement, workLeft: workLeft)
    defer { workLeft = search.workLeft }
    var cost = 0
    for (block, kind) in search.kindOfBlock.enumerated() {
      for vertex in statement.kinds[kind].fixed { cost += search.put(vertex, in: block) }
    }
    if search.kindOfBlock.count == 1 {
      // There is nothing to choose, however many vertices there are.
      for vertex in search.order { cost += search.put(vertex, in: 0) }
      return search.loads[0] <= search.capacities[0] && search.counts[0] > 0 && cost < limit
    }
    for block in search.loads.indices where search.loads[block] > search.capacities[block] { return false }
    let exists = search.place(search.order[...], cost: cost, below: limit)
    return exists || search.workLeft > 0 ? exists : nil
  }

  private init(_ statement: ClassStatement, workLeft: Int) {
    self.statement = statement
    self.workLeft = workLeft
    let kinds = statement.kinds
    kindOfBlock = kinds.indices.flatMap { [Int](repeating: $0, count: kinds[$0].blocks) }
    capacities = kindOfBlock.map { kinds[$0].capacity }
    blocks = [Int](repeating: -1, count: statement.weights.count)
    loads = [Int](repeating: 0, count: capacities.count)
    counts = loads
    order = Self.order(statement)
  }

  /// The free vertices, neighbours after each other.
  private static func order(_ statement: ClassStatement) -> [Int] {
    var isSeen = [Bool](repeating: false, count: statement.weights.count)
    for vertex in statement.kinds.flatMap(\.fixed) { isSeen[vertex] = true }
    var order: [Int] = []
    for start in isSeen.indices where !isSeen[start] {
      isSeen[start] = true
      var next = order.count
      order.append(start)
      while next < order.count {
        for net in statement.netsOfVertex[order[next]] {
          for pin in statement.nets[net].pins where !isSeen[pin] {
            isSeen[pin] = true
            order.append(pin)
          }
        }
        next += 1
      }
    }
    return order
  }

  private mutating func place(_ left: ArraySlice<Int>, cost: Int, below limit: Int) -> Bool {
    if cost >= limit { return false }
    workLeft -= 1 + loads.count
    if workLeft <= 0 { return false }
    let emptyCount = counts.count { $0 == 0 }
    if emptyCount > left.count { return false }
    guard let vertex = left.first else { return true }
    let weight = statement.weights[vertex]
    var triedEmpty: Set<Int> = []
    for block in loads.indices where loads[block] + weight <= capacities[block] {
      // Empty blocks that hold the same are alike.
      if counts[block] == 0, !triedEmpty.insert(capacities[block]).inserted { continue }
      let more = put(vertex, in: block)
      if place(left.dropFirst(), cost: cost + more, below: limit) { return true }
      blocks[vertex] = -1
      loads[block] -= weight
      counts[block] -= 1
    }
    return false
  }

  /// Places a vertex, and says what its nets cost more.
  private mutating func put(_ vertex: Int, in block: Int) -> Int {
    var cost = 0
    for number in statement.netsOfVertex[vertex] {
      let placed = statement.nets[number].pins.map { blocks[$0] }.filter { $0 >= 0 }
      if !placed.isEmpty, !placed.contains(block) { cost += statement.nets[number].weight }
    }
    workLeft -= statement.netsOfVertex[vertex].count
    blocks[vertex] = block
    loads[block] += statement.weights[vertex]
    counts[block] += 1
    return cost
  }
}
