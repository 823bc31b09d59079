/// A hypergraph laid out for local search: nets of two pins as weighted arcs, merged where they are parallel, and the
/// larger nets beside them.
///
/// Most nets of a topology are links. As arcs, they need no counts of pins by block.
struct SearchGraph: Sendable {
  let vertexWeights: [Int32]
  /// Where each vertex's arcs begin; one longer than there are vertices.
  let arcOffsets: [Int32]
  let arcTargets: [Int32]
  let arcWeights: [Int32]
  /// Where each vertex's larger nets begin; one longer than there are vertices.
  let vertexOffsets: [Int32]
  let incidentNets: [Int32]
  /// Where each larger net's pins begin; one longer than there are larger nets.
  let netOffsets: [Int32]
  let pins: [Int32]
  let netWeights: [Int32]
  /// The mean weight of an arc or net, at least 1: the scale of the search's temperature.
  let meanWeight: Double

  var vertexCount: Int { vertexWeights.count }
  var netCount: Int { netWeights.count }

  func arcs(of vertex: Int) -> Range<Int> { Int(arcOffsets[vertex])..<Int(arcOffsets[vertex + 1]) }
  func nets(of vertex: Int) -> Range<Int> { Int(vertexOffsets[vertex])..<Int(vertexOffsets[vertex + 1]) }
  func pins(of net: Int) -> Range<Int> { Int(netOffsets[net])..<Int(netOffsets[net + 1]) }

  /// Lays a hypergraph out; nets of one pin and of no weight cost nothing and are left out.
  ///
  /// - Complexity: O(pins).
  init(_ hypergraph: Hypergraph) {
    var larger = LargerNets(vertexCount: hypergraph.vertexCount)
    var arcs = Arcs(vertexCount: hypergraph.vertexCount)
    var weightSum = 0
    var weightCount = 0
    for net in 0..<hypergraph.netCount where hypergraph.netWeights[net] > 0 {
      let range = hypergraph.pinRange(ofNet: net)
      guard range.count >= 2 else { continue }
      weightSum += Int(hypergraph.netWeights[net])
      weightCount += 1
      if range.count > 2 { larger.count(hypergraph, net) } else { arcs.count(hypergraph, range) }
    }
    arcs.begin()
    for net in 0..<hypergraph.netCount where hypergraph.netWeights[net] > 0 {
      let range = hypergraph.pinRange(ofNet: net)
      if range.count == 2 { arcs.add(hypergraph, range, weight: hypergraph.netWeights[net]) }
    }
    arcs.merge()
    larger.fill(hypergraph)
    vertexWeights = hypergraph.vertexWeights
    (arcOffsets, arcTargets, arcWeights) = (arcs.offsets, arcs.targets, arcs.weights)
    (vertexOffsets, incidentNets) = (larger.vertexOffsets, larger.incidentNets)
    (netOffsets, pins, netWeights) = (larger.netOffsets, larger.pins, larger.weights)
    meanWeight = weightCount == 0 ? 1 : max(1, Double(weightSum) / Double(weightCount))
  }
}

/// The arcs of a hypergraph's nets of two pins, being collected.
private struct Arcs {
  var offsets: [Int32]
  var targets: [Int32] = []
  var weights: [Int32] = []
  private var next: [Int32] = []

  init(vertexCount: Int) { offsets = [Int32](repeating: 0, count: vertexCount + 1) }

  mutating func count(_ hypergraph: Hypergraph, _ range: Range<Int>) {
    for position in range { offsets[Int(hypergraph.pins[position]) + 1] += 1 }
  }

  mutating func begin() {
    for vertex in 1..<offsets.count { offsets[vertex] += offsets[vertex - 1] }
    next = offsets
    targets = [Int32](repeating: 0, count: Int(offsets[offsets.count - 1]))
    weights = targets
  }

  mutating func add(_ hypergraph: Hypergraph, _ range: Range<Int>, weight: Int32) {
    let first = hypergraph.pins[range.lowerBound], second = hypergraph.pins[range.lowerBound + 1]
    put(from: Int(first), to: second, weight: weight)
    put(from: Int(second), to: first, weight: weight)
  }

  private mutating func put(from vertex: Int, to target: Int32, weight: Int32) {
    let arc = Int(next[vertex])
    targets[arc] = target
    weights[arc] = weight
    next[vertex] += 1
  }

  /// Adds up parallel arcs, where the sum fits.
  mutating func merge() {
    var lastArc = [Int32](repeating: -1, count: offsets.count - 1)
    var end: Int32 = 0
    var start = 0
    for vertex in 0..<(offsets.count - 1) {
      let rowEnd = Int(offsets[vertex + 1])
      let newStart = end
      for arc in start..<rowEnd {
        let target = Int(targets[arc])
        let earlier = lastArc[target]
        if earlier >= newStart, case let (sum, overflow) = weights[Int(earlier)].addingReportingOverflow(weights[arc]),
          !overflow
        {
          weights[Int(earlier)] = sum
          continue
        }
        targets[Int(end)] = targets[arc]
        weights[Int(end)] = weights[arc]
        lastArc[target] = end
        end += 1
      }
      start = rowEnd
      offsets[vertex + 1] = end
    }
    targets.removeLast(targets.count - Int(end))
    weights.removeLast(weights.count - Int(end))
  }
}

/// The nets of more than two pins, being collected.
private struct LargerNets {
  var vertexOffsets: [Int32]
  var incidentNets: [Int32] = []
  var netOffsets: [Int32] = [0]
  var pins: [Int32] = []
  var weights: [Int32] = []

  init(vertexCount: Int) { vertexOffsets = [Int32](repeating: 0, count: vertexCount + 1) }

  mutating func count(_ hypergraph: Hypergraph, _ net: Int) {
    for position in hypergraph.pinRange(ofNet: net) {
      vertexOffsets[Int(hypergraph.pins[position]) + 1] += 1
      pins.append(hypergraph.pins[position])
    }
    netOffsets.append(Int32(pins.count))
    weights.append(hypergraph.netWeights[net])
  }

  mutating func fill(_ hypergraph: Hypergraph) {
    for vertex in 1..<vertexOffsets.count { vertexOffsets[vertex] += vertexOffsets[vertex - 1] }
    var next = vertexOffsets
    incidentNets = [Int32](repeating: 0, count: pins.count)
    for net in weights.indices {
      for position in Int(netOffsets[net])..<Int(netOffsets[net + 1]) {
        let vertex = Int(pins[position])
        incidentNets[Int(next[vertex])] = Int32(net)
        next[vertex] += 1
      }
    }
  }
}
