extension SearchGraph {
  /// Some of a graph's vertices, numbered anew, with what joins them.
  ///
  /// What joins them to the rest can be left out of a search that changes only them: it costs the same whichever of
  /// their own blocks they are in.
  ///
  /// - Parameters:
  ///   - graph: The whole graph.
  ///   - vertices: The vertices, ascending.
  ///   - part: The number of the part that the vertices make up.
  ///   - partOf: The part of each vertex of the whole graph.
  ///   - positions: The position of each vertex of the whole graph in its part.
  ///   - hasNet: Whether a larger net is kept.
  /// - Complexity: O(*p* log *p*), where *p* is the number of the vertices' arcs and pins.
  init(
    _ graph: SearchGraph, vertices: [Int32], part: Int32, partOf: [Int32], positions: [Int32],
    hasNet: (_ net: Int) -> Bool = { _ in true }
  ) {
    var arcOffsets: [Int32] = [0]
    var arcTargets: [Int32] = []
    var arcWeights: [Int32] = []
    var incidences: [(net: Int32, pin: Int32)] = []
    arcOffsets.reserveCapacity(vertices.count + 1)
    let arcCount = vertices.reduce(0) { $0 + graph.arcs(of: Int($1)).count }
    arcTargets.reserveCapacity(arcCount)
    arcWeights.reserveCapacity(arcCount)
    for (position, vertex) in vertices.enumerated() {
      for arc in graph.arcs(of: Int(vertex)) {
        let target = Int(graph.arcTargets[arc])
        if partOf[target] != part { continue }
        arcTargets.append(positions[target])
        arcWeights.append(graph.arcWeights[arc])
      }
      arcOffsets.append(Int32(arcTargets.count))
      for index in graph.nets(of: Int(vertex)) where hasNet(Int(graph.incidentNets[index])) {
        incidences.append((graph.incidentNets[index], Int32(position)))
      }
    }
    self.arcOffsets = arcOffsets
    self.arcTargets = arcTargets
    self.arcWeights = arcWeights
    vertexWeights = vertices.map { graph.vertexWeights[Int($0)] }
    meanWeight = graph.meanWeight
    incidences.sort { $0 < $1 }
    let nets = Self.nets(incidences, graph, vertexCount: vertices.count)
    (netOffsets, pins, netWeights) = (nets.offsets, nets.pins, nets.weights)
    (vertexOffsets, incidentNets) = (nets.vertexOffsets, nets.incidentNets)
  }

  private typealias Nets = (
    offsets: [Int32], pins: [Int32], weights: [Int32], vertexOffsets: [Int32], incidentNets: [Int32]
  )

  /// The nets that keep at least two pins.
  private static func nets(_ incidences: [(net: Int32, pin: Int32)], _ graph: SearchGraph, vertexCount: Int) -> Nets {
    var offsets: [Int32] = [0]
    var pins: [Int32] = []
    var weights: [Int32] = []
    var vertexOffsets = [Int32](repeating: 0, count: vertexCount + 1)
    var start = 0
    while start < incidences.count {
      let net = incidences[start].net
      var end = start
      while end < incidences.count, incidences[end].net == net { end += 1 }
      if end - start >= 2 {
        for index in start..<end {
          pins.append(incidences[index].pin)
          vertexOffsets[Int(incidences[index].pin) + 1] += 1
        }
        offsets.append(Int32(pins.count))
        weights.append(graph.netWeights[Int(net)])
      }
      start = end
    }
    for vertex in 0..<vertexCount { vertexOffsets[vertex + 1] += vertexOffsets[vertex] }
    var next = vertexOffsets
    var incidentNets = [Int32](repeating: 0, count: pins.count)
    for net in weights.indices {
      for position in Int(offsets[net])..<Int(offsets[net + 1]) {
        let vertex = Int(pins[position])
        incidentNets[Int(next[vertex])] = Int32(net)
        next[vertex] += 1
      }
    }
    return (offsets, pins, weights, vertexOffsets, incidentNets)
  }
}
