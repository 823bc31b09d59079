internal import TopologyModel

/// The routes that users give by hand: the repeated attribute `route` of a computer, a destination and the next hop.
///
/// A destination is a computer with one interface, or a substrate; the next hop is a computer on one of its own
/// substrates. Where a computer and a substrate have the same name, the computer is meant.
struct ManualRoutes: Sendable, Equatable {
  /// The routes of each computer that has any, in the order of the attributes.
  private(set) var routes: [Int: [Route]] = [:]
  /// What is wrong with them.
  private(set) var problems: [String] = []

  init(_ topology: Topology, graph: RoutingGraph, addresses: AddressPlan) {
    let computers = Dictionary(topology.computers.map(\.name).enumerated().map { ($1, $0) }) { first, _ in first }
    let substrates = Dictionary(topology.substrates.map(\.name).enumerated().map { ($1, $0) }) { first, _ in first }
    for (index, computer) in topology.computers.enumerated() {
      for entry in computer.attributes.entries where entry.name == AttributeName.route {
        let words = entry.value.split { $0 == " " || $0 == "\t" }.map(String.init)
        guard words.count == 2 else {
          problems.append(
            "`\(entry.value)`, a route of \(computer.name), is none: one is a destination and the next hop")
          continue
        }
        let destination: IPv4Network
        if let target = computers[words[0]] {
          let interfaces = topology.computers[target].interfaces
          guard interfaces.count == 1 else {
            problems.append(
              "the route of \(computer.name) to \(words[0]) says to no one address: \(words[0]) has "
                + "\(counted(interfaces.count, "interface")), so name one of its substrates instead")
            continue
          }
          destination = IPv4Network(containing: addresses.addresses[interfaces.lowerBound], prefixLength: 32)
        } else if let target = substrates[words[0]] {
          destination = addresses.networks[target]
        } else {
          problems.append("the route of \(computer.name) to \(words[0]) leads to nothing of that name")
          continue
        }
        guard let hop = computers[words[1]] else {
          problems.append("the route of \(computer.name) to \(words[0]) goes by \(words[1]), which is no computer")
          continue
        }
        let gateways = graph.interfaces(of: hop).compactMap { gateway in
          graph.ownInterface(of: index, towards: gateway).map { (gateway: gateway, own: $0) }
        }
        guard hop != index, let first = gateways.min(by: { $0.own < $1.own }) else {
          problems.append(
            "the route of \(computer.name) to \(words[0]) goes by \(words[1]), which is on none of its substrates")
          continue
        }
        routes[index, default: []].append(
          Route(destination: destination, gateway: addresses.addresses[first.gateway], interface: first.own))
      }
    }
  }
}
