/// How the weights of nets are charged to their pins.
extension BlockPricing {
  /// How many vertices fit beside a vertex.
  func mostBeside(_ vertex: Int, level: Int) -> Int {
    let room = max(0, rooms[level] - graph.weights[vertex])
    return lightest == 1 ? room : lightest == 0 ? .max : room / lightest
  }

  /// The most that a free vertex can be worth: of the links that it isn't charged for, no more than fit beside it.
  mutating func mostWorth(_ vertex: Int, level: Int) -> Int {
    let value = values[level * graph.vertexCount + vertex]
    let most = mostBeside(vertex, level: level)
    if graph.nets(of: vertex).count <= most { return value }
    return value - credit(vertex, level: level, most: most).useless
  }

  /// The part of a vertex's credits that is of no use, as only so many links can be in the block with it, and the least
  /// credit that is of use, if there are as many.
  mutating func credit(_ vertex: Int, level: Int, most: Int) -> (useless: Int, least: Int) {
    let pinRow = level * pinCount
    work += (graph.nets(of: vertex).count + 8) / 16
    var useless = 0, count = 0
    for index in graph.nets(of: vertex) {
      let credit = credits[pinRow + index]
      if credit <= 0 { continue }
      if count == most {
        if most == 0 || credit <= greatest[count - 1] {
          useless += credit
          continue
        }
        useless += greatest[count - 1]
        count -= 1
      }
      var position = count
      while position > 0, greatest[position - 1] < credit {
        greatest[position] = greatest[position - 1]
        position -= 1
      }
      greatest[position] = credit
      count += 1
    }
    return (useless, most == 0 ? .max : count < most ? 0 : greatest[most - 1])
  }

  /// Divides a link's weight between its ends, both of them free, so that what they are worth gets as equal as it can.
  ///
  /// - Returns: How much a charge changed at most.
  mutating func divideLink(_ net: Int, level: Int) -> Int {
    let row = level * graph.vertexCount, pinRow = level * pinCount
    let weight = graph.netWeights[net] * scale
    let begin = graph.pins(of: net).lowerBound
    let first = Int(graph.pins[begin]), second = Int(graph.pins[begin + 1])
    let index = pinRow + Int(graph.incidences[begin]), otherIndex = pinRow + Int(graph.incidences[begin + 1])
    let before = charges[index]
    values[row + first] += before - weight
    values[row + second] += charges[otherIndex] - weight
    credits[index] = 0
    credits[otherIndex] = 0
    let one = endOfLink(first, level: level), other = endOfLink(second, level: level)
    // Credit for nothing goes to where it is of no use.
    let gift = min(weight, one.least), otherGift = min(weight, other.least)
    var credit: Int
    if gift + otherGift >= weight {
      credit = (weight + gift - otherGift) / 2
    } else {
      let excess = weight - gift - otherGift
      let share = shares[first] / (shares[first] + shares[second])
      credit = gift + max(0, min(excess, Int(Double(one.value + other.value + excess) * share) - one.value))
    }
    charges[index] = weight - credit
    charges[otherIndex] = credit
    credits[index] = credit
    credits[otherIndex] = weight - credit
    values[row + first] += credit
    values[row + second] += weight - credit
    return abs(weight - credit - before)
  }

  /// What an end of a link is worth without any credit for it, and how much credit wouldn't change that.
  mutating func endOfLink(_ vertex: Int, level: Int) -> (value: Int, least: Int) {
    let value = values[level * graph.vertexCount + vertex]
    let most = mostBeside(vertex, level: level)
    if graph.nets(of: vertex).count <= most { return (value, 0) }
    let (useless, least) = credit(vertex, level: level, most: most)
    return (value - useless, least)
  }

  /// Puts a pin or a vertex among those that are ranked already, the densest first.
  @inline(__always)
  mutating func rank(_ pin: Int, density: Double, count: inout Int) {
    var index = count
    while index > 0, dividedValues[index - 1] < density {
      dividedValues[index] = dividedValues[index - 1]
      dividedPins[index] = dividedPins[index - 1]
      index -= 1
    }
    dividedValues[index] = density
    dividedPins[index] = pin
    count += 1
  }

  /// Divides a net's weight among its free pins, so that what they are worth gets as equal as it can.
  ///
  /// - Returns: How much a charge changed at most.
  mutating func divide(_ net: Int, level: Int) -> Int {
    let row = level * graph.vertexCount, pinRow = level * pinCount
    let pins = graph.pins(of: net)
    let weight = graph.netWeights[net] * scale
    work += pins.count
    var count = 0
    for position in pins {
      let pin = Int(graph.pins[position])
      credits[pinRow + Int(graph.incidences[position])] = 0
      if !isFree[row + pin] { continue }
      let density = Double(values[row + pin] + charges[pinRow + Int(graph.incidences[position])]) / shares[pin]
      rank(position, density: density, count: &count)
    }
    if count == 0 { return 0 }
    if count == 2, pins.count == 2 { return divideLink(net, level: level) }
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
      let pin = Int(graph.pins[position]), incidence = pinRow + Int(graph.incidences[position])
      var charge = 0
      if index + 1 == payers {
        charge = left
      } else if index < payers {
        charge = min(left, max(0, Int((dividedValues[index] - water) * shares[pin])))
      }
      left -= charge
      let change = charge - charges[incidence]
      charges[incidence] = charge
      values[row + pin] -= change
      largestChange = max(largestChange, abs(change))
    }
    return largestChange
  }
}
