/// Counts what a class costs at least by its structure alone: what fits no block is cut.
struct StructureCount {
  private let statement: ClassStatement
  private let capacity: Int

  /// No partition of the class costs less.
  static func bound(_ statement: ClassStatement) -> Int {
    let count = StructureCount(statement: statement, capacity: statement.kinds.map(\.capacity).max() ?? 0)
    return max(count.largeNets() + count.crowds(), count.pieces())
  }

  private func blocksFor(_ vertices: some Sequence<Int>) -> Int {
    let weight = vertices.reduce(0) { $0 + statement.weights[$1] }
    return capacity == 0 || weight == 0 ? 1 : (weight - 1) / capacity + 1
  }

  /// A net touches as many blocks as its pins need.
  private func largeNets() -> Int {
    statement.nets.filter { !$0.isLink }.reduce(0) { $0 + $1.weight * (blocksFor($1.pins) - 1) }
  }

  /// A vertex loses the links to neighbours for which there is no room beside it. Half of each link is counted at each
  /// end; where only one end loses anything, all of it there.
  private func crowds() -> Int {
    let neighbors = statement.weights.indices.map(neighbors)
    let isCrowded = statement.weights.indices.map { vertex in
      neighbors[vertex].reduce(statement.weights[vertex]) { $0 + statement.weights[$1.key] } > capacity
        && lost(vertex, neighbors[vertex].map { ($0.value, statement.weights[$0.key]) }) > 0
    }
    var halves = 0
    for vertex in statement.weights.indices where isCrowded[vertex] {
      halves += lost(
        vertex, neighbors[vertex].map { ($0.value * (isCrowded[$0.key] ? 1 : 2), statement.weights[$0.key]) })
    }
    return (halves + 1) / 2
  }

  /// The neighbours of a vertex by links, with the links' weights.
  private func neighbors(_ vertex: Int) -> [Int: Int] {
    var neighbors: [Int: Int] = [:]
    for number in statement.netsOfVertex[vertex] where statement.nets[number].isLink {
      let net = statement.nets[number]
      neighbors[net.pins[0] == vertex ? net.pins[1] : net.pins[0], default: 0] += net.weight
    }
    return neighbors
  }

  /// The value of all neighbours less the most that parts of them are worth in the room beside a vertex.
  private func lost(_ vertex: Int, _ neighbors: [(value: Int, weight: Int)]) -> Int {
    var room = capacity - statement.weights[vertex]
    let fitting = neighbors.filter { $0.weight <= room }.sorted { first, second in
      let product = first.value.multipliedFullWidth(by: second.weight)
      let other = second.value.multipliedFullWidth(by: first.weight)
      return (product.high, product.low) > (other.high, other.low)
    }
    var lost = neighbors.reduce(0) { $0 + $1.value }
    for (value, weight) in fitting {
      if weight > room { return max(0, lost - weight.dividingFullWidth(value.multipliedFullWidth(by: room)).quotient) }
      lost -= value
      room -= weight
    }
    return max(0, lost)
  }

  /// What hangs together and is in several blocks has at least one cut net less than blocks.
  private func pieces() -> Int {
    var isSeen = [Bool](repeating: false, count: statement.weights.count)
    var sum = 0
    for start in isSeen.indices where !isSeen[start] {
      var piece = [start], next = 0, lightest = Int.max
      isSeen[start] = true
      while next < piece.count {
        // Parallel links are cut together.
        for link in neighbors(piece[next]).values { lightest = min(lightest, link) }
        for number in statement.netsOfVertex[piece[next]] {
          if !statement.nets[number].isLink { lightest = min(lightest, statement.nets[number].weight) }
          for pin in statement.nets[number].pins where !isSeen[pin] {
            isSeen[pin] = true
            piece.append(pin)
          }
        }
        next += 1
      }
      if piece.count > 1 { sum += lightest * (blocksFor(piece) - 1) }
    }
    return sum
  }
}
