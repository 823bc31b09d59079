/// A graph laid out for listing what hangs together: links apart from nets of three pins and more.
struct ConnectedLayout: Sendable {
  let weights: [Int]
  /// The least that a vertex weighs.
  let lightest: Int
  /// Whether all vertices weigh alike.
  let isUniform: Bool
  /// What taking a vertex in by itself costs: all its nets, in units of price.
  let costs: [Int]
  /// Where each vertex's links begin; one longer than there are vertices.
  let linkOffsets: [Int]
  let linkTargets: [Int32]
  /// In units of price.
  let linkWeights: [Int]
  /// The greatest of these.
  let largestLink: Int
  /// Where each vertex's larger nets begin; one longer than there are vertices.
  let incidenceOffsets: [Int]
  let incidentNets: [Int32]
  /// Where each larger net's pins begin; one longer than there are such nets.
  let netOffsets: [Int]
  let pins: [Int32]
  /// In units of price.
  let netWeights: [Int]

  init(_ graph: PricingGraph, lightest: Int) {
    let scale = graph.priceScale
    weights = graph.weights
    isUniform = !graph.weights.contains { $0 != lightest }
    self.lightest = lightest
    var costs: [Int] = []
    var linkOffsets = [0], incidenceOffsets = [0], netOffsets = [0]
    var linkTargets: [Int32] = [], incidentNets: [Int32] = [], pins: [Int32] = []
    var linkWeights: [Int] = [], netWeights: [Int] = []
    var numbers = [Int32](repeating: -1, count: graph.netCount)
    for net in 0..<graph.netCount where graph.pins(of: net).count > 2 {
      numbers[net] = Int32(netWeights.count)
      netWeights.append(graph.netWeights[net] * scale)
      pins += graph.pins[graph.pins(of: net)]
      netOffsets.append(pins.count)
    }
    for vertex in 0..<graph.vertexCount {
      var cost = 0
      for index in graph.nets(of: vertex) {
        let net = Int(graph.incidentNets[index])
        cost += graph.netWeights[net] * scale
        if numbers[net] >= 0 { incidentNets.append(numbers[net]) }
        guard graph.pins(of: net).count == 2 else { continue }
        for pin in graph.pins[graph.pins(of: net)] where pin != vertex {
          linkTargets.append(pin)
          linkWeights.append(graph.netWeights[net] * scale)
        }
      }
      costs.append(cost)
      linkOffsets.append(linkTargets.count)
      incidenceOffsets.append(incidentNets.count)
    }
    self.costs = costs
    (self.linkOffsets, self.linkTargets, self.linkWeights) = (linkOffsets, linkTargets, linkWeights)
    largestLink = linkWeights.max() ?? 0
    (self.incidenceOffsets, self.incidentNets) = (incidenceOffsets, incidentNets)
    (self.netOffsets, self.pins, self.netWeights) = (netOffsets, pins, netWeights)
  }

  var vertexCount: Int { weights.count }
  func links(of vertex: Int) -> Range<Int> { linkOffsets[vertex]..<linkOffsets[vertex + 1] }
  func nets(of vertex: Int) -> Range<Int> { incidenceOffsets[vertex]..<incidenceOffsets[vertex + 1] }
  func pins(of net: Int) -> Range<Int> { netOffsets[net]..<netOffsets[net + 1] }
}
