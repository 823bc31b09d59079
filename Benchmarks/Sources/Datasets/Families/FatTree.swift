extension Network {
  /// The largest fat-tree of switches with k ports that has no more than so many nodes.
  ///
  /// It has k pods of k/2 edge and k/2 aggregation switches, (k/2)² core switches, and k/2 hosts an edge switch: in all
  /// 5k²/4 + k³/4 nodes.
  ///
  /// > M. Al-Fares, A. Loukissas and A. Vahdat. "A scalable, commodity data center network architecture."
  /// > *SIGCOMM*, 2008. doi:10.1145/1402958.1402967
  static func fatTree(nodes: Int) -> Network {
    var half = 1
    while fatTreeNodes(half: half + 1) <= nodes { half += 1 }
    let ports = Int32(half)
    var network = Network()
    let core = network.addNodes(half * half)
    for _ in 0..<(2 * half) {
      let aggregation = network.addNodes(half)
      let edge = network.addNodes(half)
      for (position, upper) in zip(0..<ports, aggregation) {
        for port in 0..<ports { network.link(core.lowerBound + position * ports + port, upper, .backbone) }
        for lower in edge { network.link(upper, lower, .backbone) }
      }
      for lower in edge {
        for host in network.addNodes(half) { network.link(lower, host, .lan) }
      }
    }
    return network
  }

  private static func fatTreeNodes(half: Int) -> Int { 5 * half * half + 2 * half * half * half }
}
