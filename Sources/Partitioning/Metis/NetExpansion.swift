extension MetisGraph {
  /// Larger nets than this become stars, as a clique would have too many edges.
  private static let largestClique = 8
  /// Weights of nets are multiplied by this, so that they can be divided among a clique's edges.
  private static let scale = 12
  /// What all of METIS's sums have to stay below.
  private static let limit = 1 << 29

  /// A search graph with its nets made edges: small ones cliques, large ones stars around an added vertex of no
  /// weight, which come after the graph's own vertices.
  ///
  /// A net's weight is divided so that cutting off one pin costs what it costs in the hypergraph.
  init(expanding graph: SearchGraph) {
    let factor = graph.netCount == 0 ? 1 : Self.scale
    let stars = (0..<graph.netCount).filter { graph.pins(of: $0).count > Self.largestClique }
    var starOf = [Int32](repeating: -1, count: graph.netCount)
    for (index, net) in stars.enumerated() { starOf[net] = Int32(graph.vertexCount + index) }
    var sum = 0
    for weight in graph.arcWeights { sum += Int(weight) }
    for net in 0..<graph.netCount { sum += Int(graph.netWeights[net]) * graph.pins(of: net).count }
    let divisor = max(1, sum * factor / Self.limit + 1)
    func edgeWeight(_ weight: Int32, _ share: Int) -> Int32 {
      Int32(max(1, Int(weight) * factor / (share * divisor)))
    }

    let total = graph.vertexWeights.reduce(0) { $0 + Int($1) }
    let unit = max(1, total / Self.limit + 1)
    vertexWeights =
      (unit == 1 ? graph.vertexWeights : graph.vertexWeights.map { Int32(Int($0) / unit) })
      + [Int32](repeating: 0, count: stars.count)
    if graph.netCount == 0, divisor == 1 {
      (offsets, targets, arcWeights) = (graph.arcOffsets, graph.arcTargets, graph.arcWeights)
      return
    }
    offsets = [0]
    targets = []
    arcWeights = []
    for vertex in 0..<graph.vertexCount {
      for arc in graph.arcs(of: vertex) {
        targets.append(graph.arcTargets[arc])
        arcWeights.append(edgeWeight(graph.arcWeights[arc], 1))
      }
      for position in graph.nets(of: vertex) {
        let net = Int(graph.incidentNets[position])
        if starOf[net] >= 0 {
          targets.append(starOf[net])
          arcWeights.append(edgeWeight(graph.netWeights[net], 1))
          continue
        }
        let pins = graph.pins(of: net)
        for pin in pins where graph.pins[pin] != Int32(vertex) {
          targets.append(graph.pins[pin])
          arcWeights.append(edgeWeight(graph.netWeights[net], pins.count - 1))
        }
      }
      offsets.append(Int32(targets.count))
    }
    for net in stars {
      for pin in graph.pins(of: net) {
        targets.append(graph.pins[pin])
        arcWeights.append(edgeWeight(graph.netWeights[net], 1))
      }
      offsets.append(Int32(targets.count))
    }
  }
}
