internal import HostManifests
internal import Running

/// Which nodes have to reach which others, as their routes say.
struct RouteExpectation {
  private struct Node {
    var host: Int
    var name: String
    var isGhost: Bool
    var networks: [(network: UInt32, mask: UInt32, address: UInt32)]
    /// The most special first.
    var routes: [(network: UInt32, mask: UInt32, gateway: UInt32)]
    var first: String?
  }

  private var nodes: [Node] = []
  /// Whose each address is.
  private var owners: [UInt32: Int] = [:]

  /// No way crosses more networks: packets leave with a time to live of 64.
  private static let greatestLength = 64
  /// How many pairs of nodes are looked at, about; all where there are no more.
  private static let pairCount = 2000

  /// The nodes and routes of an experiment.
  init(_ manifests: [HostManifest]) {
    for (host, manifest) in manifests.enumerated() {
      for node in manifest.nodes {
        let networks = node.interfaces.map { interface in
          let (address, mask) = (IPv4.number(interface.address) ?? 0, Self.mask(interface.prefixLength))
          owners[address] = nodes.count
          return (address & mask, mask, address)
        }
        let routes = node.routes.flatMap { route in
          route.destinations.map { destination in
            let parts = destination.split(separator: "/")
            let mask = Self.mask(parts.count == 2 ? Int(parts[1]) ?? 32 : 32)
            return ((IPv4.number(parts[0]) ?? 0) & mask, mask, IPv4.number(route.gateway) ?? 0)
          }
        }
        nodes.append(
          Node(
            host: host, name: node.name, isGhost: node.isGhost, networks: networks,
            routes: routes.sorted { $0.1 > $1.1 }, first: node.interfaces.first?.address))
      }
    }
  }

  private static func mask(_ length: Int) -> UInt32 { length == 0 ? 0 : ~0 << UInt32(32 - length) }

  /// Probes between nodes that reach each other over others, with the host of the node that asks.
  func probes() -> [(host: Int, probe: Probe)] {
    let count = nodes.count
    guard count > 1 else { return [] }
    let distances =
      count * (count - 1) / 2 <= Self.pairCount
      ? Array(1..<count) : strides(upTo: count, number: max(1, Self.pairCount / count))
    let isComplete = distances.count == count - 1
    return nodes.indices.flatMap { one in
      distances.compactMap { distance -> (host: Int, probe: Probe)? in
        let other = (one + distance) % count
        guard !isComplete || one < other, let target = nodes[other].first else { return nil }
        guard let hops = way(from: one, to: target), hops > 1 else { return nil }
        return (nodes[one].host, Probe(node: nodes[one].name, target: target))
      }
    }
  }

  /// Distances in the list of nodes, from near to far.
  private func strides(upTo count: Int, number: Int) -> [Int] {
    let step = max(1, (count - 1) / number)
    return Array(stride(from: 1, to: count, by: step).prefix(number))
  }

  /// How many networks a packet crosses to an address; `nil` where it or the answer doesn't arrive.
  private func way(from node: Int, to target: String) -> Int? {
    guard let address = IPv4.number(target), let there = path(from: node, to: address) else { return nil }
    guard path(from: there.last, to: there.source) != nil else { return nil }
    return there.hops
  }

  private func path(from start: Int, to target: UInt32) -> (hops: Int, last: Int, source: UInt32)? {
    var place = start
    var source: UInt32?
    for hops in 1...Self.greatestLength {
      guard !nodes[place].isGhost, let step = next(from: place, to: target), let owner = owners[step.neighbour] else {
        return nil
      }
      if source == nil { source = step.source }
      place = owner
      if step.neighbour == target || owners[target] == place {
        return nodes[place].isGhost ? nil : (hops, place, source ?? 0)
      }
    }
    return nil
  }

  private func next(from node: Int, to target: UInt32) -> (neighbour: UInt32, source: UInt32)? {
    let networks = nodes[node].networks
    if let direct = networks.first(where: { target & $0.mask == $0.network }) { return (target, direct.address) }
    guard let route = nodes[node].routes.first(where: { target & $0.mask == $0.network }) else { return nil }
    guard let out = networks.first(where: { route.gateway & $0.mask == $0.network }) else { return nil }
    return (route.gateway, out.address)
  }
}
