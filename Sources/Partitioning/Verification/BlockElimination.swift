/// Finds what a block is worth at most by eliminating one vertex after another, where few are joined to others at a time.
///
/// What a block is worth is a sum of terms: what each vertex pays, and what is paid for each net. A vertex is eliminated
/// by adding up the terms that it is in, for all choices of the others that are in them and for all weights, and by
/// taking the better of having it and not having it. What is left when all are gone is the answer. A net of more than
/// two pins is a choice of its own, which those of its pins require.
struct BlockElimination {
  /// What some choices are worth together.
  private struct Term {
    /// The choices that it depends on, ascending; choice *i* is bit *i* of a state.
    var choices: [Int]
    /// For each state the most worth for each weight; what isn't there is impossible.
    var worths: [[Int]]
  }

  /// Weights up to this size are told apart.
  private static let mostCapacity = 10_000
  /// No term has more numbers than these.
  private static let mostNumbers = 1 << 22
  private static let impossible = -(1 << 58)

  private var terms: [Int: Term] = [:]
  /// The terms that each choice is in.
  private var termsOfChoice: [Set<Int>]
  private var nextTerm = 0
  private let capacity: Int

  /// - Parameters:
  ///   - statement: The class of vertices.
  ///   - prices: A price for each.
  ///   - scale: Prices are in units of 1 / scale.
  ///   - kind: The kind of block; a block holds at least one vertex.
  ///   - workLeft: How much work may be done; what was done is taken off.
  /// - Returns: The most that a block of the kind is worth; `nil` where this isn't the way to find out. A block that
  ///   would be worth less than nothing may be taken to be worth nothing.
  static func mostWorth(
    _ statement: ClassStatement, prices: [Int], scale: Int, kind: ClassStatement.Kind, workLeft: inout Int
  ) -> Int? {
    guard kind.capacity <= mostCapacity else { return nil }
    var elimination = BlockElimination(statement, prices: prices, scale: scale, kind: kind)
    guard let worths = elimination.worths(&workLeft) else { return nil }
    // Where every vertex weighs something, only nothing weighs nothing.
    return (statement.weights.contains(0) ? worths[...] : worths.dropFirst()).max() ?? impossible
  }

  private init(_ statement: ClassStatement, prices: [Int], scale: Int, kind: ClassStatement.Kind) {
    let vertexCount = statement.weights.count
    capacity = kind.capacity
    termsOfChoice = [Set<Int>](repeating: [], count: vertexCount + statement.nets.count)
    let isElsewhere = Set(statement.kinds.filter { $0 != kind }.flatMap(\.fixed))
    for vertex in 0..<vertexCount {
      let weight = statement.weights[vertex]
      let isPossible = !isElsewhere.contains(vertex) && weight <= capacity
      let chosen = isPossible ? [Int](repeating: Self.impossible, count: weight) + [prices[vertex]] : []
      add(Term(choices: [vertex], worths: [kind.fixed.contains(vertex) ? [] : [0], chosen]))
    }
    for (number, net) in statement.nets.enumerated() {
      let payment = [-net.weight * scale]
      if net.pins.count <= 2 {
        let states = 1 << net.pins.count
        add(Term(choices: net.pins.sorted(), worths: (0..<states).map { $0 == 0 ? [0] : payment }))
        continue
      }
      add(Term(choices: [vertexCount + number], worths: [[0], payment]))
      // The net's choice is the higher bit: no pin without it.
      for pin in net.pins { add(Term(choices: [pin, vertexCount + number], worths: [[0], [], [0], [0]])) }
    }
  }

  private mutating func add(_ term: Term) {
    for choice in term.choices { termsOfChoice[choice].insert(nextTerm) }
    terms[nextTerm] = term
    nextTerm += 1
  }

  /// The most worth for each weight, once all choices are eliminated.
  private mutating func worths(_ workLeft: inout Int) -> [Int]? {
    var isLeft = termsOfChoice.map { !$0.isEmpty }
    var neighbors = termsOfChoice.indices.map { self.neighbors(of: $0) }
    while let choice = isLeft.indices.filter({ isLeft[$0] }).min(by: { neighbors[$0].count < neighbors[$1].count }) {
      isLeft[choice] = false
      workLeft -= isLeft.count
      guard eliminate(choice, neighbors[choice].sorted(), &workLeft), workLeft > 0 else { return nil }
      for other in neighbors[choice] { neighbors[other] = self.neighbors(of: other) }
    }
    var sum = [0]
    for number in terms.keys.sorted() { sum = joined(sum, terms[number]?.worths[0] ?? [], &workLeft) }
    return sum
  }

  private func neighbors(of choice: Int) -> Set<Int> {
    Set(termsOfChoice[choice].flatMap { terms[$0]?.choices ?? [] }).subtracting([choice])
  }

  /// Replaces the terms that a choice is in by one that it isn't in.
  ///
  /// - Returns: Whether that term isn't too large.
  private mutating func eliminate(_ choice: Int, _ others: [Int], _ workLeft: inout Int) -> Bool {
    guard others.count < 22, (capacity + 1) << others.count <= Self.mostNumbers else { return false }
    let gone = termsOfChoice[choice].sorted().compactMap { number in terms[number].map { (number, $0) } }
    let all = others + [choice]
    let bits = gone.map { term in term.1.choices.map { 1 << (all.firstIndex(of: $0) ?? 0) } }
    var worths: [[Int]] = []
    for state in 0..<(1 << others.count) {
      var best: [Int] = []
      for chosen in [state, state | 1 << others.count] {
        var sum = [0]
        for (index, term) in gone.enumerated() where !sum.isEmpty {
          var own = 0
          for (position, bit) in bits[index].enumerated() where chosen & bit != 0 { own |= 1 << position }
          sum = joined(sum, term.1.worths[own], &workLeft)
        }
        while best.count < sum.count { best.append(Self.impossible) }
        for weight in sum.indices { best[weight] = max(best[weight], sum[weight]) }
      }
      worths.append(best)
      if workLeft <= 0 { return false }
    }
    for (number, term) in gone {
      for other in term.choices { termsOfChoice[other].remove(number) }
      terms[number] = nil
    }
    add(Term(choices: others, worths: worths))
    return true
  }

  /// The most that two are worth together, for each weight that fits.
  private func joined(_ first: [Int], _ second: [Int], _ workLeft: inout Int) -> [Int] {
    if first.isEmpty || second.isEmpty { return [] }
    workLeft -= first.count * second.count
    if second.count == 1 { return first.map { max(Self.impossible, $0 + second[0]) } }
    var sums = [Int](repeating: Self.impossible, count: min(capacity + 1, first.count + second.count - 1))
    for (weight, worth) in first.enumerated() {
      for (added, other) in second.enumerated().prefix(sums.count - weight) {
        sums[weight + added] = max(sums[weight + added], worth + other)
      }
    }
    return sums
  }
}
