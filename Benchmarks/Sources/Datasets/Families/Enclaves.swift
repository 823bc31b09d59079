extension Network {
  /// Closed groups: a gateway, a LAN of servers, a LAN of workstations, and a file server on both LANs.
  ///
  /// Every gateway is linked to an earlier one, and every fourth to a second.
  static func enclaves(nodes: Int, computers: Int, random: inout RandomSource) -> Network {
    var network = Network()
    var gateways: [Int32] = []
    // What is left is shared out, so that no enclave is much smaller than the others.
    let count = max(1, nodes / computers)
    for number in 0..<count {
      let size = nodes / count + (number < nodes % count ? 1 : 0)
      let gateway = network.addNode()
      let fileServer = network.addNode()
      let servers = network.addNodes((size - 2) / 3)
      let workstations = network.addNodes(size - 2 - servers.count)
      network.join([gateway, fileServer] + servers)
      network.join([gateway, fileServer] + workstations)
      if number > 0 {
        let first = gateways[random.below(number)]
        network.link(first, gateway, .backbone)
        let second = gateways[random.below(number)]
        if number.isMultiple(of: 4), second != first { network.link(second, gateway, .backbone) }
      }
      gateways.append(gateway)
    }
    return network
  }
}
