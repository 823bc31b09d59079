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
  /// How many arcs and larger nets a vertex has in the mean.
  var meanDegree: Double { Double(arcTargets.count + pins.count) / Double(max(1, vertexCount)) }

  func arcs(of vertex: Int) -> Range<Int> { Int(arcOffsets[vertex])..<Int(arcOffsets[vertex + 1]) }
  func nets(of vertex: Int) -> Range<Int> { Int(vertexOffsets[vertex])..<Int(vertexOffsets[vertex + 1]) }
  func pins(of net: Int) -> Range<Int> { Int(netOffsets[net])..<Int(netOffsets[net + 1]) }

  /// Lays a hypergraph out; nets of one pin and of no weight cost nothing and are left out.
  ///
  /// - Complexity: O(pins).
  init(_ hypergraph: Hypergraph) {
    var larger = LargerNets()
    var arcs = Arcs(vertexCount: hypergraph.vertexCount)
    var weightSum = 0
    var weightCount = 0
    for net in 0..<hypergraph.netCount where hypergraph.netWeights[net] > 0 {
      let range = hypergraph.pinRange(ofNet: net)
      guard range.count >= 2 else { continue }
      weightSum += Int(hypergraph.netWeights[net])
      weightCount += 1
      if range.count > 2 { larger.add(hypergraph, net) } else { arcs.count(hypergraph, range) }
    }
    arcs.begin()
    for net in 0..<hypergraph.netCount where hypergraph.netWeights[net] > 0 {
      let range = hypergraph.pinRange(ofNet: net)
      if range.count == 2 { arcs.add(hypergraph, range, weight: hypergraph.netWeights[net]) }
    }
    arcs.merge()
    vertexWeights = hypergraph.vertexWeights
    (arcOffsets, arcTargets, arcWeights) = (arcs.offsets, arcs.targets, arcs.weights)
    (netOffsets, pins, netWeights) = (larger.netOffsets, larger.pins, larger.weights)
    (vertexOffsets, incidentNets) = LargerNets.incidences(netOffsets, pins, vertexCount: hypergraph.vertexCount)
    meanWeight = weightCount == 0 ? 1 : max(1, Double(weightSum) / Double(weightCount))
  }

  /// A graph from its arcs, each listed by both its ends, and its nets of more than two pins.
  ///
  /// - Complexity: O(arcs + pins).
  init(
    vertexWeights: [Int32], arcs: (offsets: [Int32], targets: [Int32], weights: [Int32]),
    nets: (offsets: [Int32], pins: [Int32], weights: [Int32])
  ) {
    self.vertexWeights = vertexWeights
    (arcOffsets, arcTargets, arcWeights) = arcs
    (netOffsets, pins, netWeights) = nets
    (vertexOffsets, incidentNets) = LargerNets.incidences(nets.offsets, nets.pins, vertexCount: vertexWeights.count)
    let sum = arcs.weights.reduce(0) { $0 + Int($1) } + nets.weights.reduce(0) { $0 + Int($1) }
    meanWeight = max(1, Double(sum) / Double(max(1, arcs.weights.count + nets.weights.count)))
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
  var netOffsets: [Int32] = [0]
  var pins: [Int32] = []
  var weights: [Int32] = []

  mutating func add(_ hypergraph: Hypergraph, _ net: Int) {
    pins.append(contentsOf: hypergraph.pins[hypergraph.pinRange(ofNet: net)])
    netOffsets.append(Int32(pins.count))
    weights.append(hypergraph.netWeights[net])
  }

  /// The nets of each vertex, in rows.
  static func incidences(
    _ netOffsets: [Int32], _ pins: [Int32], vertexCount: Int
  ) -> (offsets: [Int32], nets: [Int32]) {
    var offsets = [Int32](repeating: 0, count: vertexCount + 1)
    for pin in pins { offsets[Int(pin) + 1] += 1 }
    for vertex in 0..<vertexCount { offsets[vertex + 1] += offsets[vertex] }
    var next = offsets
    var nets = [Int32](repeating: 0, count: pins.count)
    for net in 0..<(netOffsets.count - 1) {
      for position in Int(netOffsets[net])..<Int(netOffsets[net + 1]) {
        let vertex = Int(pins[position])
        nets[Int(next[vertex])] = Int32(net)
        next[vertex] += 1
      }
    }
    return (offsets, nets)
  }
}
