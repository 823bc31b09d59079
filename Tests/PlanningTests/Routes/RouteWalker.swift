import Planning
import TopologyModel

/// Sends packets through routing tables, as computers do: shares no code with what made the tables.
struct RouteWalker {
  /// What became of a packet.
  enum Fate: Equatable {
    /// It arrived, after so many hops.
    case arrived(hops: Int)
    /// Some computer had no way for it, or nobody had its address.
    case dropped
    /// It came to a computer twice.
    case looped
  }

  let topology: Topology
  let plan: AddressPlan
  private let owner: [IPv4Address: Int]
  private let tables: [[Route]]
  /// The tables with the longest prefixes first, as first, last and next computer; −1 for its own networks.
  private let decisions: [[(first: UInt32, last: UInt32, next: Int)]]
  private let computerOfInterface: [Int]

  init(_ topology: Topology, plan: AddressPlan, routes: RoutePlan) {
    self.topology = topology
    self.plan = plan
    tables = topology.computers.indices.map(routes.table(of:))
    var computers = [Int](repeating: 0, count: topology.interfaces.count)
    var owner: [IPv4Address: Int] = [:]
    for (index, computer) in topology.computers.enumerated() {
      for interface in computer.interfaces {
        computers[interface] = index
        owner[plan.addresses[interface]] = index
      }
    }
    computerOfInterface = computers
    self.owner = owner
    decisions = topology.computers.indices.map { [tables] computer in
      let interfaces = topology.computers[computer].interfaces
      let own = interfaces.map { (plan.networks[topology.interfaces[$0].substrate], -1) }
      let routes = tables[computer].map { route in
        let next = owner[route.gateway] ?? -2
        // The gateway is on the substrate that the packet leaves by.
        let substrate = topology.interfaces[route.interface].substrate
        let isRight =
          interfaces.contains(route.interface) && next >= 0
          && topology.computers[next].interfaces.contains {
            topology.interfaces[$0].substrate == substrate && plan.addresses[$0] == route.gateway
          }
        return (route.destination, isRight ? next : -2)
      }
      return (own + routes).sorted { $0.0.prefixLength > $1.0.prefixLength }
        .map { (first: $0.0.base.value, last: $0.0.last.value, next: $0.1) }
    }
  }

  var lineCount: Int { tables.reduce(0) { $0 + $1.count } }

  func table(of computer: Int) -> [Route] { tables[computer] }

  /// Who gets a packet next; `nil` if nobody does.
  private func next(from computer: Int, to address: IPv4Address, of target: Int?) -> Int? {
    guard let decision = decisions[computer].first(where: { $0.first <= address.value && address.value <= $0.last })
    else { return nil }
    guard decision.next == -1 else { return decision.next >= 0 ? decision.next : nil }
    // Only those who share the substrate hear who has an address.
    return target.flatMap { areNeighbours(computer, $0) ? $0 : nil }
  }

  /// What becomes of packets from each computer to an address.
  func fates(to address: IPv4Address) -> [Fate] {
    let target = owner[address]
    var fates = [Fate?](repeating: nil, count: topology.computers.count)
    for source in topology.computers.indices {
      var path: [Int] = []
      var computer: Int? = source
      var end: Fate?
      while end == nil {
        guard let here = computer else {
          end = .dropped
          break
        }
        if let fate = fates[here] {
          end = fate
        } else if path.contains(here) {
          end = .looped
        } else if here == target {
          end = .arrived(hops: 0)
          fates[here] = end
        } else {
          path.append(here)
          computer = next(from: here, to: address, of: target)
        }
      }
      for here in path.reversed() {
        if case .arrived(let hops)? = end { end = .arrived(hops: hops + 1) }
        fates[here] = end
      }
    }
    return fates.map { $0 ?? .dropped }
  }

  private func areNeighbours(_ one: Int, _ other: Int) -> Bool {
    topology.computers[one].interfaces.contains { mine in
      topology.computers[other].interfaces.contains {
        topology.interfaces[mine].substrate == topology.interfaces[$0].substrate
      }
    }
  }

  /// How many hops each computer is away; `nil` if there is no way.
  func distances(from source: Int) -> [Int?] {
    var membersOf = [[Int]](repeating: [], count: topology.substrates.count)
    for (interface, computer) in computerOfInterface.enumerated() {
      membersOf[topology.interfaces[interface].substrate].append(computer)
    }
    var distances = [Int?](repeating: nil, count: topology.computers.count)
    distances[source] = 0
    var frontier = [source]
    var distance = 0
    while !frontier.isEmpty {
      distance += 1
      var next: [Int] = []
      for computer in frontier {
        for interface in topology.computers[computer].interfaces {
          for neighbour in membersOf[topology.interfaces[interface].substrate] where distances[neighbour] == nil {
            distances[neighbour] = distance
            next.append(neighbour)
          }
        }
      }
      frontier = next
    }
    return distances
  }

  /// Everything that is wrong with the ways of packets from all computers, in a sentence each.
  ///
  /// - Parameters:
  ///   - targets: The computers whose addresses are tried; `nil` for all.
  ///   - stretch: How many times as long as the shortest path a path may be.
  ///   - allowance: How many hops more than that it may be long.
  ///   - others: Addresses of which those that nobody has are tried too.
  /// - Returns: The sentences; none where all is well.
  func problems(
    to targets: [Int]? = nil, stretch: Int = 1, allowance: Int = 0, others: [IPv4Address] = []
  ) -> [String] {
    var problems: [String] = []
    for target in targets ?? Array(topology.computers.indices) {
      let distances = distances(from: target)
      for address in topology.computers[target].interfaces.map({ plan.addresses[$0] }) {
        for (source, fate) in fates(to: address).enumerated() {
          let isRight =
            switch (distances[source], fate) {
            case (nil, .dropped): true
            case (let distance?, .arrived(let hops)): hops <= stretch * distance + allowance
            default: false
            }
          if isRight { continue }
          problems.append(
            "\(topology.computers[source].name) to \(topology.computers[target].name) (\(address)): \(fate), "
              + "\(distances[source].map(String.init) ?? "no way")")
        }
      }
      if problems.count > 10 { break }
    }
    for address in others where owner[address] == nil && fates(to: address).contains(where: { $0 != .dropped }) {
      problems.append("\(address), which nobody has, is not dropped")
    }
    return problems
  }

  /// Prefixes that cover addresses of no network that their computer reaches.
  var excessivePrefixes: [String] {
    tables.indices.flatMap { computer in
      let distances = distances(from: computer)
      var reached = Set<Int>()
      for (interface, owner) in computerOfInterface.enumerated() where distances[owner] != nil {
        reached.insert(topology.interfaces[interface].substrate)
      }
      let networks = reached.map { plan.networks[$0] }
      return tables[computer].filter { route in
        let inside = networks.filter {
          route.destination.contains($0.base) && $0.prefixLength >= route.destination.prefixLength
        }
        let covered = inside.reduce(UInt64(0)) { $0 + 1 << UInt64(32 - $1.prefixLength) }
        let isWithin = networks.contains {
          $0.contains(route.destination.base) && $0.prefixLength <= route.destination.prefixLength
        }
        return !isWithin && covered != 1 << UInt64(32 - route.destination.prefixLength)
      }.map { "\(topology.computers[computer].name): \($0.destination)" }
    }
  }
}
