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
    /// The step that made it, if any.
    var step: Int?
  }

  /// A choice that was eliminated, and the terms that it was in then.
  private struct Step {
    var choice: Int
    /// The other choices of these terms; the choice itself has the bit after theirs.
    var others: [Int]
    var terms: [Term]
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
  private var steps: [Step] = []
  private let vertexCount: Int
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
    vertexCount = statement.weights.count
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
    let numbers = termsOfChoice[choice].sorted()
    let step = Step(choice: choice, others: others, terms: numbers.compactMap { terms[$0] })
    let bits = step.terms.map { self.bits(of: $0, in: step) }
    var worths: [[Int]] = []
    for state in 0..<(1 << others.count) {
      var best: [Int] = []
      for chosen in [state, state | 1 << others.count] {
        var sum = [0]
        for (term, bits) in zip(step.terms, bits) where !sum.isEmpty {
          sum = joined(sum, term.worths[Self.state(chosen, bits)], &workLeft)
        }
        while best.count < sum.count { best.append(Self.impossible) }
        for weight in sum.indices { best[weight] = max(best[weight], sum[weight]) }
      }
      worths.append(best)
      if workLeft <= 0 { return false }
    }
    for number in numbers {
      for other in terms[number]?.choices ?? [] { termsOfChoice[other].remove(number) }
      terms[number] = nil
    }
    add(Term(choices: others, worths: worths, step: steps.count))
    steps.append(step)
    return true
  }

  /// The bit that each choice of a term has in the states of a step.
  private func bits(of term: Term, in step: Step) -> [Int] {
    term.choices.map { 1 << (step.others.firstIndex(of: $0) ?? step.others.count) }
  }

  /// A term's state where that of a step is known.
  private static func state(_ chosen: Int, _ bits: [Int]) -> Int {
    bits.indices.reduce(0) { $0 | (chosen & bits[$1] != 0 ? 1 << $1 : 0) }
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

// MARK: All blocks

extension BlockElimination {
  /// A term whose step's choice is still to be made.
  private struct Open {
    var step: Int
    /// The state of the step's other choices.
    var state: Int
    /// The most that this term and those before it are worth, for each weight.
    var worths: [Int]
  }

  /// Finds all blocks that are worth more than a threshold: the choices are made in the opposite order, and what is open
  /// tells which of them lead to a block.
  ///
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
    guard kind.capacity <= mostCapacity else { return nil }
    var elimination = BlockElimination(statement, prices: prices, scale: scale, kind: kind)
    guard elimination.worths(&workLeft) != nil else { return nil }
    var open: [Open] = []
    for number in elimination.terms.keys.sorted() {
      if let term = elimination.terms[number] { elimination.add(term, state: 0, to: &open, &workLeft) }
    }
    var found: [[Int]: Int] = [:]
    var chosen: [Int] = []
    elimination.choose(open, room: kind.capacity, worth: 0, over: threshold, most, &chosen, &found, &workLeft)
    if workLeft <= 0 { return nil }
    return found.map { BlockSearch.Block(vertices: $0.key, worth: $0.value) }.sorted {
      $0.vertices.lexicographicallyPrecedes($1.vertices)
    }
  }

  private func add(_ term: Term, state: Int, to open: inout [Open], _ workLeft: inout Int) {
    guard let step = term.step else { return }
    open.append(Open(step: step, state: state, worths: joined(open.last?.worths ?? [0], term.worths[state], &workLeft)))
  }

  private func choose(
    _ open: [Open], room: Int, worth: Int, over threshold: Int, _ most: Int, _ chosen: inout [Int],
    _ found: inout [[Int]: Int], _ workLeft: inout Int
  ) {
    if workLeft <= 0 || found.count >= most { return }
    guard let last = open.last else {
      // A net may be chosen in vain: the same block, worth less.
      let block = chosen.sorted()
      if !block.isEmpty { found[block] = max(found[block] ?? worth, worth) }
      return
    }
    let step = steps[last.step]
    for isChosen in [false, true] {
      let state = isChosen ? last.state | 1 << step.others.count : last.state
      var next = Array(open.dropLast())
      var own = [0]
      for term in step.terms {
        let termState = Self.state(state, bits(of: term, in: step))
        if term.step == nil {
          own = joined(own, term.worths[termState], &workLeft)
        } else {
          add(term, state: termState, to: &next, &workLeft)
        }
      }
      // What is the choice's own has one weight.
      guard let weight = own.indices.last, weight <= room, own[weight] > Self.impossible / 2 else { continue }
      let greatest = (next.last?.worths ?? [0]).prefix(room - weight + 1).max() ?? Self.impossible
      guard worth + own[weight] + greatest > threshold else { continue }
      let isVertex = isChosen && step.choice < vertexCount
      if isVertex { chosen.append(step.choice) }
      choose(next, room: room - weight, worth: worth + own[weight], over: threshold, most, &chosen, &found, &workLeft)
      if isVertex { chosen.removeLast() }
    }
  }
}
