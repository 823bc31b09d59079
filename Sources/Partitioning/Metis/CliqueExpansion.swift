extension MetisGraph {
  /// The most arcs that an expansion may have: what METIS takes in a few gigabytes.
  private static let mostArcs = 1 << 27
  /// What all of METIS's sums have to stay below.
  private static let greatestSum = 1 << 29

  /// A hypergraph with an edge between every two pins of a net, of the net's weight: how LANs were given to METIS
  /// before there were hypergraph partitioners.
  ///
  /// Parallel edges are merged. Weights whose sum METIS couldn't hold are made smaller in proportion. `nil` where the
  /// cliques of large nets have too many edges.
  ///
  /// - Complexity: O(the sum over nets of pins²).
  init?(cliquesOf hypergraph: Hypergraph) {
    var arcCount = 0
    var weightSum = 0
    for net in 0..<hypergraph.netCount {
      let count = hypergraph.pinRange(ofNet: net).count
      arcCount += count * (count - 1)
      weightSum += count * (count - 1) * Int(hypergraph.netWeights[net])
      if arcCount > Self.mostArcs { return nil }
    }
    let divisor = weightSum / Self.greatestSum + 1
    offsets = [0]
    targets = []
    arcWeights = []
    // Where each neighbour stands in the row that is being made.
    var places = [Int](repeating: -1, count: hypergraph.vertexCount)
    for vertex in 0..<hypergraph.vertexCount {
      let start = targets.count
      for position in hypergraph.netRange(ofVertex: vertex) {
        let net = Int(hypergraph.incidentNets[position])
        let weight = Int32(max(1, Int(hypergraph.netWeights[net]) / divisor))
        guard hypergraph.netWeights[net] > 0 else { continue }
        for pin in hypergraph.pinRange(ofNet: net) {
          let neighbour = Int(hypergraph.pins[pin])
          if neighbour == vertex { continue }
          if places[neighbour] >= start {
            arcWeights[places[neighbour]] += weight
          } else {
            places[neighbour] = targets.count
            targets.append(Int32(neighbour))
            arcWeights.append(weight)
          }
        }
      }
      offsets.append(Int32(targets.count))
    }
    let unit = hypergraph.totalWeight / Self.greatestSum + 1
    vertexWeights = hypergraph.vertexWeights.map { Int32(Int($0) / unit) }
  }
}
