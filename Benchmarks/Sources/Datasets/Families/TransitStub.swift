extension Network {
  /// Providers of four routers, each router with three customer networks, about 100 nodes a provider in all.
  ///
  /// > E. W. Zegura, K. L. Calvert and S. Bhattacharjee. "How to model an internetwork." *INFOCOM*, 1996.
  /// > doi:10.1109/INFCOM.1996.493353
  static func transitStub(nodes: Int, degree: Int, random: inout RandomSource) -> Network {
    let routers = 4, stubsOfRouter = 3, nodesOfProvider = 100
    let providers = max(1, nodes / nodesOfProvider)
    var network = Network()
    let transit = (0..<providers).map { _ in network.addNodes(routers) }
    for (number, provider) in transit.enumerated() {
      network.linkAtRandom(provider, degree: degree, .backbone, random: &random)
      guard number > 0 else { continue }
      let earlier = transit[random.below(number)]
      network.link(random.element(of: earlier), random.element(of: provider), .backbone)
    }
    let gateways = transit.joined().flatMap { Array(repeating: $0, count: stubsOfRouter) }
    let (size, rest) = (nodes - network.nodeCount).quotientAndRemainder(dividingBy: gateways.count)
    for (number, gateway) in gateways.enumerated() where size > 0 || number < rest {
      let stub = network.addNodes(size + (number < rest ? 1 : 0))
      network.linkAtRandom(stub, degree: degree, .lan, random: &random)
      network.link(gateway, random.element(of: stub), .access)
    }
    return network
  }

  /// Links nodes to a random connected network of a mean degree: a random tree, and further links.
  mutating func linkAtRandom(_ nodes: Range<Int32>, degree: Int, _ medium: Medium, random: inout RandomSource) {
    var linked = Set<[Int32]>()
    for node in nodes.dropFirst() {
      let earlier = random.element(of: nodes.lowerBound..<node)
      linked.insert([earlier, node])
      link(earlier, node, medium)
    }
    let wanted = min(nodes.count * degree, nodes.count * (nodes.count - 1)) / 2
    while linked.count < wanted {
      let first = random.element(of: nodes)
      let second = random.element(of: nodes)
      guard first < second, linked.insert([first, second]).inserted else { continue }
      link(first, second, medium)
    }
  }
}
