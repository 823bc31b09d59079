internal import TopologyModel

/// Routes on the shortest paths between all computers, counted in hops.
///
/// Among equal paths, a computer prefers its first port, and on it the computer that comes first in the topology: a
/// breadth-first search from the computer, in the order of ports and members, finds these next hops first. Addresses
/// that nobody has, within a network that exists, go where the network's nearest member is; so every step brings a
/// packet nearer to the network, and it ends there.
///
/// - Complexity: O(interfaces + substrates) a table; nothing is kept between them.
struct ShortestRoutes: Sendable, Equatable {
  private let graph: RoutingGraph
  private let networks: [IPv4Network]
  private let addresses: [IPv4Address]
  /// The substrates by network address.
  private let ascending: [Int32]
  /// For each connected component, the prefixes that cover its networks and nothing else.
  private let covers: [[IPv4Network]]
  /// The connected component of each substrate.
  private let component: [Int32]

  init(_ graph: RoutingGraph, addresses: AddressPlan) {
    self.graph = graph
    networks = addresses.networks
    self.addresses = addresses.addresses
    let components = graph.components()
    component = components.of
    let networks = networks
    ascending = networks.indices.sorted { networks[$0].base < networks[$1].base }.map(Int32.init)
    var reachable = [[AddressRange]](repeating: [], count: components.count)
    for substrate in ascending {
      reachable[Int(components.of[Int(substrate)])].append(AddressRange(networks[Int(substrate)], hop: 0))
    }
    covers = reachable.map { PrefixTable($0).entries.map(\.destination) }
  }

  /// How many searches visit how many substrates, if all tables are asked for.
  static func work(_ graph: RoutingGraph) -> Int {
    let searching = (0..<graph.computerCount).count {
      graph.interfaces(of: $0).count > 1 || graph.soleGateway(of: $0) == nil
    }
    return searching * graph.substrateCount
  }

  /// The smallest table that has these routes.
  func table(of computer: Int) -> [PrefixTable.Entry] {
    let own = graph.interfaces(of: computer)
    guard let first = own.first else { return [] }
    if let gateway = graph.soleGateway(of: computer) {
      let network = networks[Int(graph.substrateOf[first])]
      return covers[Int(component[Int(graph.substrateOf[first])])].compactMap { cover in
        cover.routed(besides: network).map { PrefixTable.Entry(destination: $0, hop: Int32(gateway)) }
      }
    }
    return PrefixTable(ranges(from: computer)).entries
  }

  /// Where a computer sends each address.
  private func ranges(from source: Int) -> [AddressRange] {
    let search = Search(graph, from: source)
    var ranges: [AddressRange] = []
    for substrate in ascending.map(Int.init) {
      let level = search.substrateLevel[substrate]
      guard level >= 0 else { continue }
      guard level > 0 else {
        ranges.append(AddressRange(networks[substrate], hop: AddressRange.anyHop))
        continue
      }
      // Members as near as the nearest may be reached another way than the network; the others are beyond it.
      let hop = search.substrateHop[substrate]
      var exceptions: [(address: Int, hop: Int32)] = []
      for position in graph.memberPositions(of: substrate) {
        let member = Int(graph.members[position])
        let computer = Int(graph.computerOf[member])
        if search.computerLevel[computer] == level, search.computerHop[computer] != hop {
          exceptions.append((Int(addresses[member].value), search.computerHop[computer]))
        }
      }
      ranges.append(network: networks[substrate], hop: hop, exceptions: exceptions.sorted { $0.address < $1.address })
    }
    return ranges
  }

  /// A breadth-first search over computers and substrates in turn.
  private struct Search {
    /// How many computers are passed on the way to each substrate, the source not counted; negative if there is no way.
    var substrateLevel: [Int32]
    /// The first hop on the way to each substrate: an interface of a neighbour.
    var substrateHop: [Int32]
    /// How many hops each computer is away; negative if there is no way.
    var computerLevel: [Int32]
    /// The first hop on the way to each computer.
    var computerHop: [Int32]

    init(_ graph: RoutingGraph, from source: Int) {
      substrateLevel = Array(repeating: -1, count: graph.substrateCount)
      substrateHop = Array(repeating: -1, count: graph.substrateCount)
      computerLevel = Array(repeating: -1, count: graph.computerCount)
      computerHop = Array(repeating: -1, count: graph.computerCount)
      computerLevel[source] = 0
      var queue = [Int32(source)]
      var head = 0
      while head < queue.count {
        let computer = Int(queue[head])
        head += 1
        let level = computerLevel[computer]
        for interface in graph.interfaces(of: computer) {
          let substrate = Int(graph.substrateOf[interface])
          guard substrateLevel[substrate] < 0 else { continue }
          substrateLevel[substrate] = level
          substrateHop[substrate] = computerHop[computer]
          for position in graph.memberPositions(of: substrate) {
            let member = Int(graph.members[position])
            let neighbour = Int(graph.computerOf[member])
            guard computerLevel[neighbour] < 0 else { continue }
            computerLevel[neighbour] = level + 1
            computerHop[neighbour] = level == 0 ? Int32(member) : computerHop[computer]
            queue.append(Int32(neighbour))
          }
        }
      }
    }
  }
}

extension AddressRange {
  /// The addresses of a network.
  init(_ network: IPv4Network, hop: Int32) {
    self.init(start: Int(network.base.value), end: Int(network.last.value) + 1, hop: hop)
  }
}

extension [AddressRange] {
  /// Appends a network of which some addresses, given in ascending order, go another way.
  fileprivate mutating func append(network: IPv4Network, hop: Int32, exceptions: [(address: Int, hop: Int32)]) {
    var rest = AddressRange(network, hop: hop)
    for exception in exceptions {
      if exception.address > rest.start { append(AddressRange(start: rest.start, end: exception.address, hop: hop)) }
      append(AddressRange(start: exception.address, end: exception.address + 1, hop: exception.hop))
      rest.start = exception.address + 1
    }
    if rest.start < rest.end { append(rest) }
  }
}
