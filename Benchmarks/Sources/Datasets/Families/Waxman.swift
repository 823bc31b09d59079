import Glibc

extension Network {
  /// Random points in the unit square; a link of length d is drawn with a probability that falls as exp(−d/(β·√2)),
  /// with β = 0.1, until there are enough; components are then joined.
  ///
  /// > B. M. Waxman. "Routing of multipoint connections." *IEEE JSAC* 6(9), 1988. doi:10.1109/49.12889
  static func waxman(nodes: Int, degree: Int, random: inout RandomSource) -> Network {
    let range = 0.1 * 2.0.squareRoot()
    let points = Points(count: nodes, cellWidth: range, random: &random)
    var network = Network()
    let all = network.addNodes(nodes)
    var linked = Set<UInt64>()
    let wanted = min(nodes * degree, nodes * (nodes - 1)) / 2
    while linked.count < wanted {
      let first = random.element(of: all)
      let second = random.element(of: all)
      let distance = points.squaredDistance(first, second).squareRoot()
      guard first < second, random.unit() < exp(-distance / range) else { continue }
      guard linked.insert(UInt64(first) << 32 | UInt64(second)).inserted else { continue }
      network.link(first, second)
    }
    network.joinComponents(.backbone)
    return network
  }
}
