extension Network {
  /// A ring of core routers; buildings whose router is linked to two of them and serves one to four LANs.
  static func campus(nodes: Int, hosts: Int, random: inout RandomSource) -> Network {
    var network = Network()
    let core = network.addNodes(max(3, nodes / 200))
    network.linkInRing(core, .backbone)
    while network.nodeCount < nodes {
      let building = network.addNode()
      let uplink = random.element(of: core)
      network.link(uplink, building)
      network.link(uplink + 1 < core.upperBound ? uplink + 1 : core.lowerBound, building)
      for _ in 0...random.below(4) where network.nodeCount < nodes {
        let wanted = hosts / 2 + random.below(hosts + 1)
        let floor = network.addNodes(min(max(wanted, 1), nodes - network.nodeCount))
        network.join([building] + floor)
      }
    }
    return network
  }
}
