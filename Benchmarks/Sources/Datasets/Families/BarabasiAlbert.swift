extension Network {
  /// New nodes link to old ones with a probability that grows with the links these have.
  ///
  /// > A.-L. Barabási and R. Albert. "Emergence of scaling in random networks." *Science* 286, 1999.
  /// > doi:10.1126/science.286.5439.509
  static func barabasiAlbert(nodes: Int, links: Int, random: inout RandomSource) -> Network {
    var network = Network()
    let first = network.addNodes(min(links + 1, nodes))
    for node in first.dropFirst() { network.link(node - 1, node, .backbone) }
    for node in network.addNodes(nodes - first.count) {
      // Every end of every link is one chance to be chosen.
      let ends = network.members.count
      var chosen: [Int32] = []
      while chosen.count < links {
        let neighbour = network.members[random.below(ends)]
        if !chosen.contains(neighbour) { chosen.append(neighbour) }
      }
      for neighbour in chosen { network.link(neighbour, node) }
    }
    return network
  }
}
