/// Finds all blocks that are worth more than a threshold: the sum of their vertices' prices less the weight of the nets
/// that they touch.
///
/// Written for being checked, not for speed: branch and bound on whole numbers that shares no code with the search for
/// partitions. A net that isn't touched yet is paid for by its pins, and however the payment is divided, what a set of
/// vertices is worth is at most what their prices are above their payments. A vertex is spared the payment for links
/// only as far as the other ends fit beside it.
struct BlockSearch {
  private let statement: ClassStatement
  private let scale: Int
  private let prices: [Int]
  private let lightest: Int
  private let most: Int
  /// The vertices that could take each other's place; numbers of groups.
  private let groups: [Int]
  private var threshold = 0
  private var chosen: [Int] = []
  private var found: [Block] = []
  private var workLeft: Int

  struct Block {
    /// Positions in the class's vertices, ascending.
    var vertices: [Int]
    var worth: Int
  }

  /// What is known where some vertices are chosen and some are left out.
  private struct State {
    var isFree: [Bool]
    var isTouched: [Bool]
    /// The prices less the payments of free vertices.
    var values: [Int]
    /// What each pin of each net pays.
    var payments: [[Int]]
    var room: Int
    var worth = 0
  }

  /// - Parameters:
  ///   - statement: The class of vertices.
  ///   - prices: A price for each.
  ///   - scale: Prices are in units of 1 / scale.
  ///   - kind: The kind of block.
  ///   - threshold: What blocks have to be worth more than.
  ///   - most: How many blocks to find at most.
  ///   - workLeft: How much work may be done; what was done is taken off.
  /// - Returns: The blocks, at most so many; `nil` where the work didn't suffice.
  static func blocks(
    _ statement: ClassStatement, prices: [Int], scale: Int, kind: ClassStatement.Kind, threshold: Int, most: Int,
    workLeft: inout Int
  ) -> [Block]? {
    var search = BlockSearch(statement, prices: prices, scale: scale, most: most, workLeft: workLeft)
    defer { workLeft = search.workLeft }
    search.threshold = threshold
    let isElsewhere = Set(statement.kinds.filter { $0 != kind }.flatMap(\.fixed))
    var state = State(
      isFree: statement.weights.indices.map { !isElsewhere.contains($0) },
      isTouched: statement.nets.map { _ in false },
      values: prices, payments: statement.nets.map { [Int](repeating: 0, count: $0.pins.count) },
      room: kind.capacity)
    for _ in 0..<30 {
      for net in statement.nets.indices { search.divide(net, &state) }
    }
    for vertex in kind.fixed {
      if statement.weights[vertex] > state.room { return [] }
      search.choose(vertex, &state)
    }
    if !kind.fixed.isEmpty { search.note(state) }
    search.extend(state)
    return search.workLeft > 0 ? search.found : nil
  }

  private init(_ statement: ClassStatement, prices: [Int], scale: Int, most: Int, workLeft: Int) {
    self.statement = statement
    self.prices = prices
    self.scale = scale
    groups = Self.groups(statement)
    self.most = most
    self.workLeft = workLeft
    lightest = statement.weights.min() ?? 0
  }

  /// Vertices of the same weight that are joined to the same vertices by equal links, and are in the same larger nets.
  private static func groups(_ statement: ClassStatement) -> [Int] {
    struct Surroundings: Hashable {
      var weight: Int
      var links: [[Int]]
      var nets: [Int]
    }
    var numbers: [Surroundings: Int] = [:]
    return statement.weights.indices.map { vertex in
      let nets = statement.netsOfVertex[vertex]
      let links = nets.filter { statement.nets[$0].pins.count == 2 }.map { number in
        let net = statement.nets[number]
        return [net.pins[0] == vertex ? net.pins[1] : net.pins[0], net.weight]
      }
      let surroundings = Surroundings(
        weight: statement.weights[vertex], links: links.sorted { $0.lexicographicallyPrecedes($1) },
        nets: nets.filter { statement.nets[$0].pins.count > 2 })
      let number = numbers[surroundings] ?? numbers.count
      numbers[surroundings] = number
      return number
    }
  }

  private mutating func note(_ state: State) {
    if state.worth > threshold { found.append(Block(vertices: chosen.sorted(), worth: state.worth)) }
  }

  /// Finds what can be added to the chosen vertices.
  private mutating func extend(_ begin: State) {
    var state = begin
    while workLeft > 0, found.count < most, let vertex = candidate(state) {
      workLeft -= statement.weights.count + statement.nets.count
      var next = state
      choose(vertex, &next)
      note(next)
      extend(next)
      chosen.removeLast()
      leave(vertex, &state)
      // One block is as good as another: who could take this one's place and isn't worth more is left out too.
      for other in groups.indices
      where most == 1 && groups[other] == groups[vertex] && state.isFree[other] && prices[other] <= prices[vertex] {
        leave(other, &state)
      }
    }
  }

  private mutating func leave(_ vertex: Int, _ state: inout State) {
    state.isFree[vertex] = false
    for net in statement.netsOfVertex[vertex] where !state.isTouched[net] { divide(net, &state) }
  }

  /// The most valuable free vertex; `nil` if nothing that can be added is worth enough.
  private func candidate(_ state: State) -> Int? {
    let needed = threshold - state.worth
    let fitting = statement.weights.indices.filter { state.isFree[$0] && statement.weights[$0] <= state.room }
    let candidates = fitting.map { vertex in
      Candidate(
        vertex: vertex, worth: state.values[vertex] - excess(vertex, state).sum, weight: statement.weights[vertex])
    }
    let useful = candidates.filter { $0.worth > 0 }.sorted { $0.isDenser(than: $1) }
    guard let first = useful.first else {
      // At least one is added, even if it isn't worth anything.
      let best = candidates.max { $0.worth < $1.worth }
      return best.flatMap { $0.worth > needed ? $0.vertex : nil }
    }
    var sum = 0, room = state.room
    for candidate in useful {
      if candidate.weight > room {
        // Rounded up: a bound may be too high, never too low.
        let product = candidate.worth.multipliedFullWidth(by: room)
        sum += candidate.weight.dividingFullWidth(product).quotient + 1
        break
      }
      sum += candidate.worth
      room -= candidate.weight
    }
    return sum > needed ? first.vertex : nil
  }

  private struct Candidate {
    var vertex: Int
    var worth: Int
    var weight: Int

    /// Whether it's worth more for its weight; both are worth something.
    func isDenser(than other: Candidate) -> Bool {
      let product = worth.multipliedFullWidth(by: other.weight)
      let otherProduct = other.worth.multipliedFullWidth(by: weight)
      return (product.high, product.low) > (otherProduct.high, otherProduct.low)
    }
  }

  /// How much of what a vertex is spared for links is for more of them than fit beside it, and the least that isn't.
  private func excess(_ vertex: Int, _ state: State, without left: Int = -1) -> (sum: Int, least: Int) {
    let nets = statement.netsOfVertex[vertex]
    let places = lightest == 0 ? Int.max : max(0, state.room - statement.weights[vertex]) / lightest
    if nets.count <= places { return (0, 0) }
    var spared: [Int] = []
    for net in nets where net != left && !state.isTouched[net] && statement.nets[net].pins.count == 2 {
      let own = statement.nets[net].pins[0] == vertex ? 0 : 1
      spared.append(statement.nets[net].weight * scale - state.payments[net][own])
    }
    spared.sort(by: >)
    if spared.count < places { return (0, 0) }
    return (spared.dropFirst(places).reduce(0, +), places == 0 ? .max : spared[places - 1])
  }

  private mutating func choose(_ vertex: Int, _ state: inout State) {
    chosen.append(vertex)
    state.isFree[vertex] = false
    state.room -= statement.weights[vertex]
    var worth = state.values[vertex]
    var neighbors: Set<Int> = []
    for net in statement.netsOfVertex[vertex] where !state.isTouched[net] {
      state.isTouched[net] = true
      worth -= statement.nets[net].weight * scale
      for (index, pin) in statement.nets[net].pins.enumerated() {
        if pin == vertex { worth += state.payments[net][index] }
        state.values[pin] += state.payments[net][index]
        state.payments[net][index] = 0
        if state.isFree[pin] { neighbors.insert(pin) }
      }
    }
    state.worth += worth
    for neighbor in neighbors.sorted() {
      for net in statement.netsOfVertex[neighbor] where !state.isTouched[net] { divide(net, &state) }
    }
  }

  /// Divides a net's payment among its free pins, so that what they are worth gets as equal as it can.
  private mutating func divide(_ number: Int, _ state: inout State) {
    let net = statement.nets[number]
    workLeft -= net.pins.count
    for (index, pin) in net.pins.enumerated() {
      state.values[pin] += state.payments[number][index]
      state.payments[number][index] = 0
    }
    let free = net.pins.indices.filter { state.isFree[net.pins[$0]] }
    let price = net.weight * scale
    if free.count == 2, net.pins.count == 2 { return divideLink(number, &state) }
    let byValue = free.sorted { state.values[net.pins[$0]] > state.values[net.pins[$1]] }
    // The most valuable ones pay until they are worth no more than the next.
    var sum = 0
    for (count, index) in byValue.enumerated() {
      sum += state.values[net.pins[index]]
      let level = (sum - price) / (count + 1)
      if count + 1 < byValue.count, state.values[net.pins[byValue[count + 1]]] > level { continue }
      var left = price
      for payer in byValue[...count] {
        let payment = payer == index ? left : max(0, min(left, state.values[net.pins[payer]] - level))
        left -= payment
        state.payments[number][payer] = payment
        state.values[net.pins[payer]] -= payment
      }
      break
    }
  }

  private mutating func divideLink(_ number: Int, _ state: inout State) {
    let net = statement.nets[number]
    let price = net.weight * scale
    let ends = net.pins.map { pin in
      let (sum, least) = excess(pin, state, without: number)
      return (value: state.values[pin] - price - sum, unused: min(price, least))
    }
    // Spared is preferably who can't make use of it.
    var spared: Int
    if ends[0].unused + ends[1].unused >= price {
      spared = (price + ends[0].unused - ends[1].unused) / 2
    } else {
      let rest = price - ends[0].unused - ends[1].unused
      spared = ends[0].unused + max(0, min(rest, (ends[1].value - ends[0].value + rest) / 2))
    }
    for (index, payment) in [price - spared, spared].enumerated() {
      state.payments[number][index] = payment
      state.values[net.pins[index]] -= payment
    }
  }
}
