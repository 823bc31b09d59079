/// A graph laid out for pricing: every net alike, whatever its number of pins.
struct PricingGraph: Sendable {
  let weights: [Int]
  let netWeights: [Int]
  /// Where each net's pins begin; one longer than there are nets.
  let netOffsets: [Int]
  let pins: [Int32]
  /// Where each vertex's nets begin; one longer than there are vertices.
  let vertexOffsets: [Int]
  let incidentNets: [Int32]
  /// Where each pin has its net in `incidentNets`.
  let incidences: [Int32]
  /// The next vertex with the same weight that is joined to the same vertices by equal links, and the first one after
  /// the last, so that equal vertices form a ring.
  let nextEqual: [Int32]

  var vertexCount: Int { weights.count }
  var netCount: Int { netWeights.count }
  /// The weight of all nets: what a column costs less than the nets that it touches.
  var totalNetWeight: Int { netWeights.reduce(0, +) }
  /// How many units of price a unit of net weight is: as fine as sums allow.
  var priceScale: Int {
    var scale = 1 << 14
    while scale > 1, scale > (1 << 44) / max(1, totalNetWeight) { scale >>= 1 }
    return scale
  }

  func pins(of net: Int) -> Range<Int> { netOffsets[net]..<netOffsets[net + 1] }
  func nets(of vertex: Int) -> Range<Int> { vertexOffsets[vertex]..<vertexOffsets[vertex + 1] }

  init(_ graph: SearchGraph) {
    var netWeights: [Int] = []
    var netOffsets = [0]
    var pins: [Int32] = []
    for vertex in 0..<graph.vertexCount {
      for arc in graph.arcs(of: vertex) where Int(graph.arcTargets[arc]) > vertex {
        netWeights.append(Int(graph.arcWeights[arc]))
        pins.append(Int32(vertex))
        pins.append(graph.arcTargets[arc])
        netOffsets.append(pins.count)
      }
    }
    for net in 0..<graph.netCount {
      netWeights.append(Int(graph.netWeights[net]))
      pins.append(contentsOf: graph.pins[graph.pins(of: net)])
      netOffsets.append(pins.count)
    }
    var rows = [[(net: Int32, position: Int32)]](repeating: [], count: graph.vertexCount)
    for net in netWeights.indices {
      for position in netOffsets[net]..<netOffsets[net + 1] {
        rows[Int(pins[position])].append((Int32(net), Int32(position)))
      }
    }
    var vertexOffsets = [0]
    for row in rows { vertexOffsets.append(vertexOffsets[vertexOffsets.count - 1] + row.count) }
    weights = graph.vertexWeights.map(Int.init)
    self.netWeights = netWeights
    self.netOffsets = netOffsets
    self.pins = pins
    self.vertexOffsets = vertexOffsets
    incidentNets = rows.flatMap { $0.map(\.net) }
    var incidences = [Int32](repeating: 0, count: pins.count)
    for (incidence, position) in rows.joined().map(\.position).enumerated() {
      incidences[Int(position)] = Int32(incidence)
    }
    self.incidences = incidences
    nextEqual = Self.rings(graph)
  }

  /// What is paid for the nets that a set of vertices touches.
  func cost(of block: some Sequence<Int32>) -> Int {
    var nets: [Int32] = []
    for vertex in block { nets.append(contentsOf: incidentNets[self.nets(of: Int(vertex))]) }
    nets.sort()
    var cost = 0
    for (index, net) in nets.enumerated() where index == 0 || nets[index - 1] != net { cost += netWeights[Int(net)] }
    return cost
  }

  /// Rings of vertices that can be exchanged for each other without any difference.
  private static func rings(_ graph: SearchGraph) -> [Int32] {
    struct Surroundings: Hashable {
      var weight: Int32
      var links: [Int64]
      var nets: [Int32]
    }
    var next = (0..<Int32(graph.vertexCount)).map { $0 }
    var last: [Surroundings: Int32] = [:]
    for vertex in 0..<graph.vertexCount {
      let surroundings = Surroundings(
        weight: graph.vertexWeights[vertex],
        links: graph.arcs(of: vertex).map { Int64(graph.arcTargets[$0]) << 32 | Int64(graph.arcWeights[$0]) }.sorted(),
        nets: graph.nets(of: vertex).map { graph.incidentNets[$0] }.sorted())
      if let previous = last[surroundings] {
        next[vertex] = next[Int(previous)]
        next[Int(previous)] = Int32(vertex)
      }
      last[surroundings] = Int32(vertex)
    }
    return next
  }
}
