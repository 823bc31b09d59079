internal import Glibc

/// Simulated annealing by moves and swaps between blocks that share nets.
///
/// A step picks a vertex and one of its neighbours' blocks, and moves the vertex there where there is room; where
/// there is none, as nearly always at zero slack, it is exchanged for a vertex of that block. Capacities hold after
/// every step, and no block is emptied. A step's time depends on the vertices' nets, not on the number of blocks.
///
/// > S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi. "Optimization by Simulated Annealing." *Science* 220, 1983.
/// > doi:10.1126/science.220.4598.671
/// >
/// > D. S. Johnson, C. R. Aragon, L. A. McGeoch and C. Schevon. "Optimization by Simulated Annealing: An Experimental
/// > Evaluation; Part I, Graph Partitioning." *Operations Research* 37(6), 1989. doi:10.1287/opre.37.6.865
struct Annealing {
  /// How many steps.
  var steps: Int
  /// The first and last temperature, in mean net weights.
  var temperatures: Temperatures
  /// When it has to be done; it cools faster then.
  var deadline: ContinuousClock.Instant?
  /// No partition costs less: it stops there.
  var leastCost = 0
  /// What a mean vertex over a block's capacity costs, in temperatures: first and last. `nil` where capacities hold
  /// after every step.
  var overloadPrices: Temperatures?

  /// A geometric schedule.
  struct Temperatures {
    var first: Double
    var last: Double

    /// The temperature after a part of the steps. Rounded, so that no machine's last bit matters.
    func at(_ fraction: Double) -> Double {
      (first * pow(last / first, fraction) * 1_048_576).rounded() / 1_048_576
    }

    /// The schedule for what a partition cuts.
    ///
    /// Where weights are wide, a good partition cuts light nets: at temperatures that suit the mean weight, all of them
    /// would be cut and joined as it happens until the end.
    func suited(to cut: CutNets) -> Temperatures {
      Temperatures(first: first * cut.heavyWeight, last: last * cut.meanWeight)
    }

    /// A schedule that goes on where this one ends, and no hotter than half of that.
    var ending: Temperatures { Temperatures(first: last / 2, last: last / 2) }

    /// The schedule of one of several passes that follow each other.
    func pass(_ pass: Int, of count: Int) -> Temperatures {
      Temperatures(first: at(Double(pass) / Double(count)), last: at(Double(pass + 1) / Double(count)))
    }
  }

  /// So many steps are taken between looks at the clock.
  private static let stepsPerChunk = 8192

  /// Changes `state`, but never the blocks of vertices that aren't `movable`.
  func run(
    _ state: inout BlockState, movable: [Int32], random: inout RandomSource, clock: SearchClock,
    shouldStop: () -> Bool
  ) {
    guard !movable.isEmpty, state.capacities.count > 1, steps > 0 else { return }
    var isMovable = [Bool](repeating: false, count: state.graph.vertexCount)
    for vertex in movable { isMovable[Int(vertex)] = true }
    let meanVertexWeight =
      max(1, Double(state.graph.vertexWeights.reduce(0) { $0 + Int($1) }) / Double(state.graph.vertexCount))
    let begin = ContinuousClock.now
    var done = 0
    while done < steps, !shouldStop(), state.cost > leastCost {
      var fraction = Double(done) / Double(steps)
      if let deadline, done > 0 {
        let spent = (ContinuousClock.now - begin) / max(deadline - begin, .nanoseconds(1))
        if spent > fraction {
          fraction = spent
          clock.hurry()
        }
        if fraction >= 1 { break }
      }
      let chunk = min(Self.stepsPerChunk, steps - done)
      let temperature = temperatures.at(fraction) * state.graph.meanWeight
      if let overloadPrices {
        wander(
          &state, movable, isMovable, steps: chunk, temperature: temperature,
          price: temperature * overloadPrices.at(fraction) / meanVertexWeight, random: &random)
      } else {
        walk(&state, movable, isMovable, steps: chunk, temperature: temperature, random: &random)
      }
      done += chunk
      clock.report(steps: chunk)
    }
    // Stopped or not, what's left to gain by single changes is quickly had.
    if state.cost <= leastCost || overloadPrices != nil { return }
    walk(
      &state, movable, isMovable, steps: min(steps / 20, clock.isStopped ? 20_000 : .max), temperature: 0,
      random: &random)
  }

  /// Steps at one temperature.
  private func walk(
    _ state: inout BlockState, _ movable: [Int32], _ isMovable: [Bool], steps: Int, temperature: Double,
    random: inout RandomSource
  ) {
    let patience = Self.patience
    for _ in 0..<steps {
      let vertex = movable[random.index(below: movable.count)]
      let home = state.blockOf[vertex]
      let (target, neighbor) = Self.target(of: vertex, state, &random)
      if target == home { continue }
      // A change is accepted if it loses less than this.
      let limit = -temperature * patience[Int(random.next() >> 52)]
      let weight = Int(state.graph.vertexWeights[Int(vertex)])
      if state.loads[target] + weight <= state.capacities[Int(target)] {
        if state.members.count(home) == 1 { continue }
        let gain = state.moveGain(vertex, to: target)
        if Double(gain) >= limit { state.move(vertex, to: target, gain: gain) }
        continue
      }
      let other = state.members.member(random.index(below: state.members.count(target)), of: target)
      if other == neighbor || !isMovable[Int(other)] { continue }
      let difference = weight - Int(state.graph.vertexWeights[Int(other)])
      if difference > 0, state.loads[target] + difference > state.capacities[Int(target)] { continue }
      if difference < 0, state.loads[home] - difference > state.capacities[Int(home)] { continue }
      if Double(state.bestGain(vertex) + state.bestGain(other)) < limit { continue }
      let gain = state.swapGain(vertex, other)
      if Double(gain) >= limit { state.swap(vertex, other, gain: gain) }
    }
  }

  /// Steps at one temperature that may fill blocks beyond their capacity, at a price for each unit of weight.
  private func wander(
    _ state: inout BlockState, _ movable: [Int32], _ isMovable: [Bool], steps: Int, temperature: Double, price: Double,
    random: inout RandomSource
  ) {
    let patience = Self.patience
    for _ in 0..<steps {
      let vertex = movable[random.index(below: movable.count)]
      let home = state.blockOf[vertex]
      let (target, neighbor) = Self.target(of: vertex, state, &random)
      if target == home { continue }
      let chance = random.next()
      // A change is accepted if it loses less than this.
      let limit = -temperature * patience[Int(chance >> 52)]
      let weight = Int(state.graph.vertexWeights[Int(vertex)])
      let room = state.capacities[Int(target)] - state.loads[target]
      let surplus = state.loads[home] - state.capacities[Int(home)]
      if room >= weight || chance & 1 == 0 {
        if state.members.count(home) == 1 { continue }
        let over = min(weight, max(0, weight - room)) - min(weight, max(0, surplus))
        let cost = price * Double(over)
        if Double(state.bestGain(vertex)) - cost < limit { continue }
        let gain = state.moveGain(vertex, to: target)
        if Double(gain) - cost >= limit { state.move(vertex, to: target, gain: gain) }
        continue
      }
      let other = state.members.member(random.index(below: state.members.count(target)), of: target)
      if other == neighbor || !isMovable[Int(other)] { continue }
      let difference = weight - Int(state.graph.vertexWeights[Int(other)])
      var over = 0
      if difference > 0 {
        over = min(difference, max(0, difference - room)) - min(difference, max(0, surplus))
      } else if difference < 0 {
        over = min(-difference, max(0, surplus - difference)) - min(-difference, max(0, -room))
      }
      let cost = price * Double(over)
      if Double(state.bestGain(vertex) + state.bestGain(other)) - cost < limit { continue }
      let gain = state.swapGain(vertex, other)
      if Double(gain) - cost >= limit { state.swap(vertex, other, gain: gain) }
    }
  }

  /// The block of a random neighbour, and that neighbour; any block for a vertex without neighbours.
  ///
  /// Inlined, as the whole state would be copied for the call otherwise.
  @inline(__always)
  private static func target(
    of vertex: Int32, _ state: borrowing BlockState, _ random: inout RandomSource
  ) -> (block: Int32, neighbor: Int32) {
    let arcs = state.graph.arcs(of: Int(vertex)), nets = state.graph.nets(of: Int(vertex))
    let degree = arcs.count + nets.count
    if degree == 0 { return (Int32(random.index(below: state.capacities.count)), -1) }
    let choice = random.index(below: degree)
    if choice < arcs.count {
      let neighbor = state.graph.arcTargets[arcs.lowerBound + choice]
      return (state.blockOf[neighbor], neighbor)
    }
    let pins = state.graph.pins(of: Int(state.graph.incidentNets[nets.lowerBound + choice - arcs.count]))
    let neighbor = state.graph.pins[pins.lowerBound + random.index(below: pins.count)]
    return (state.blockOf[neighbor], neighbor)
  }

  /// −ln(*u*) at the middles of 4096 equal steps of *u*: an accepted loss, in temperatures, has this distribution.
  private static let patience: [Double] = (0..<4096).map { step in
    (-log((Double(step) + 0.5) / 4096) * 1_048_576).rounded() / 1_048_576
  }
}
