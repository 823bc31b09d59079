extension Network {
  /// Random points in the unit square, linked where they are closer than a radius; components are then joined.
  ///
  /// > M. Penrose. *Random Geometric Graphs.* Oxford University Press, 2003.
  static func randomGeometric(nodes: Int, degree: Int, random: inout RandomSource) -> Network {
    let squaredRadius = Double(degree) / (Double(nodes) * .pi)
    let points = Points(count: nodes, cellWidth: squaredRadius.squareRoot(), random: &random)
    var network = Network()
    for point in network.addNodes(nodes) {
      for neighbours in points.around(point) {
        for other in neighbours where other > point && points.squaredDistance(point, other) < squaredRadius {
          network.link(point, other)
        }
      }
    }
    network.joinComponents(.backbone)
    return network
  }
}
