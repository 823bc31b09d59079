/// The order in which dynamic programming eliminates the vertices and larger nets of a graph, and what it leaves open.
///
/// Each vertex is a variable: whether it is in the block; and each net of three pins or more: whether it is touched.
/// When a variable is eliminated, the best that it and all eliminated before it can do is known for each choice of the
/// variables that they are still joined to: its scope. A network whose scopes are small, as those of backbones, trees
/// and campus networks are, is solved exactly in a time that grows with its size and not with the number of its blocks.
/// The next variable is always one of those with the smallest scope.
///
/// > U. Bertelè and F. Brioschi. *Nonserial Dynamic Programming.* Academic Press, 1972.
/// >
/// > R. Dechter. "Bucket elimination: A unifying framework for reasoning." *Artificial Intelligence* 113, 1999.
/// > doi:10.1016/S0004-3702(99)00059-4
struct EliminationTree: Sendable {
  /// A variable, by itself.
  struct Variable: Sendable {
    /// How many variables it is joined to when it is eliminated. In a state of this scope, the variable that is
    /// eliminated first has the lowest bit.
    var scopeCount: Int
    /// The variables whose scope begins with this one: a range of ``EliminationTree/children``.
    var children = 0..<0
    /// The links to variables of the scope: a range of ``EliminationTree/links``.
    var links = 0..<0
    /// The nets in the scope that this vertex is a pin of, or the pins there that this net has, as bits.
    var pinned = 0
  }

  /// A variable that is eliminated before another, its parent.
  struct Child: Sendable {
    var variable: Int32
    /// For each position of its scope the bit of the same variable in states of the parent: a range of
    /// ``EliminationTree/bits``.
    var bits: Range<Int>
  }

  /// A link to a variable of the scope.
  struct Link: Sendable {
    var position: Int
    var weight: Int
  }

  /// Vertices, and then the nets of three pins or more.
  let variables: [Variable]
  let children: [Child]
  /// Bits in the states of a parent's scope; the parent itself has the next one after them.
  let bits: [Int]
  let links: [Link]
  let order: [Int32]
  /// The variables whose scope is empty, the last ones of the connected pieces.
  let roots: [Int32]
  /// The net of each variable after the vertices.
  let nets: [Int32]
  /// How many states all scopes have, with their variables.
  let stateCount: Int

  /// The tree of a graph; `nil` where it has too many states.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - mostStates: How many states there may be.
  init?(_ graph: PricingGraph, mostStates: Int) {
    let vertexCount = graph.vertexCount
    nets = (0..<Int32(graph.netCount)).filter { graph.pins(of: Int($0)).count > 2 }
    var neighbors = [Set<Int32>](repeating: [], count: vertexCount + nets.count)
    func join(_ one: Int32, _ other: Int32) {
      neighbors[Int(one)].insert(other)
      neighbors[Int(other)].insert(one)
    }
    for net in 0..<graph.netCount where graph.pins(of: net).count == 2 {
      let pins = graph.pins[graph.pins(of: net)]
      join(pins[pins.startIndex], pins[pins.startIndex + 1])
    }
    for (index, net) in nets.enumerated() {
      for pin in graph.pins[graph.pins(of: Int(net))] { join(Int32(vertexCount + index), pin) }
    }
    guard let (order, scopes, stateCount) = Self.eliminate(neighbors, mostStates: mostStates) else { return nil }
    self.order = order
    self.stateCount = stateCount
    var position = [Int](repeating: 0, count: order.count)
    for (index, variable) in order.enumerated() { position[Int(variable)] = index }
    let sorted = scopes.map { scope in scope.sorted { position[Int($0)] < position[Int($1)] } }
    var below = [[Int32]](repeating: [], count: order.count)
    var linked = [[Link]](repeating: [], count: order.count)
    var variables = sorted.map { Variable(scopeCount: $0.count) }
    for variable in order {
      if let parent = sorted[Int(variable)].first { below[Int(parent)].append(variable) }
    }
    /// Which of two is eliminated first, and where the other is in its scope.
    func place(_ one: Int32, _ other: Int32) -> (variable: Int, position: Int) {
      let (first, last) = position[Int(one)] < position[Int(other)] ? (one, other) : (other, one)
      return (Int(first), sorted[Int(first)].firstIndex(of: last) ?? 0)
    }
    for net in 0..<graph.netCount where graph.pins(of: net).count == 2 {
      let pins = graph.pins[graph.pins(of: net)]
      let place = place(pins[pins.startIndex], pins[pins.startIndex + 1])
      linked[place.variable].append(Link(position: place.position, weight: graph.netWeights[net]))
    }
    for (index, net) in nets.enumerated() {
      for pin in graph.pins[graph.pins(of: Int(net))] {
        let place = place(Int32(vertexCount + index), pin)
        variables[place.variable].pinned |= 1 << place.position
      }
    }
    var children: [Child] = [], bits: [Int] = [], links: [Link] = []
    for variable in variables.indices {
      let start = (child: children.count, link: links.count)
      let scope = sorted[variable]
      for child in below[variable] {
        let first = bits.count
        bits += sorted[Int(child)].map { 1 << ($0 == variable ? scope.count : scope.firstIndex(of: $0) ?? 0) }
        children.append(Child(variable: child, bits: first..<bits.count))
      }
      links += linked[variable]
      variables[variable].children = start.child..<children.count
      variables[variable].links = start.link..<links.count
    }
    roots = order.filter { sorted[Int($0)].isEmpty }
    (self.variables, self.children, self.bits, self.links) = (variables, children, bits, links)
  }

  /// The state of a child's scope, where that of its parent and the parent itself are known.
  func state(of child: Child, in state: Int) -> Int {
    var own = 0
    for index in child.bits where state & bits[index] != 0 { own |= 1 << (index - child.bits.lowerBound) }
    return own
  }

  /// Eliminates the variables; those with the same number of neighbours in the order of their numbers.
  private static func eliminate(
    _ neighbors: consuming [Set<Int32>], mostStates: Int
  ) -> (order: [Int32], scopes: [Set<Int32>], stateCount: Int)? {
    var neighbors = neighbors
    var order: [Int32] = []
    var scopes = [Set<Int32>](repeating: [], count: neighbors.count)
    var stateCount = 0
    // One queue for each number of neighbours; what is out of date is passed over.
    var queues: [[Int32]] = []
    func wait(_ variable: Int32) {
      let degree = neighbors[Int(variable)].count
      while queues.count <= degree { queues.append([]) }
      queues[degree].append(variable)
    }
    var isEliminated = [Bool](repeating: false, count: neighbors.count)
    for variable in neighbors.indices.reversed() { wait(Int32(variable)) }
    var degree = 0
    while degree < queues.count {
      guard let variable = queues[degree].popLast() else {
        degree += 1
        continue
      }
      let scope = neighbors[Int(variable)]
      if isEliminated[Int(variable)] || scope.count != degree { continue }
      isEliminated[Int(variable)] = true
      guard degree < 30 else { return nil }
      stateCount += 2 << degree
      if stateCount > mostStates { return nil }
      order.append(variable)
      scopes[Int(variable)] = scope
      for other in scope.sorted() {
        neighbors[Int(other)].remove(variable)
        neighbors[Int(other)].formUnion(scope)
        neighbors[Int(other)].remove(other)
        wait(other)
      }
      degree = max(0, degree - 1)
    }
    return (order, scopes, stateCount)
  }
}
