public import TopologyModel

/// A partitioned topology laid on hosts: what each holds, what crosses between them, every address, every route, and
/// where traffic is shaped.
public struct Embedding: Sendable, Equatable {
  /// A substrate that joins computers on several hosts.
  public struct Crossing: Sendable, Equatable {
    /// The substrate: an index in ``Topology/substrates``.
    public var substrate: Int
    /// The hosts it touches, at least two: indices in ``Embedding/hosts``, ascending.
    public var hosts: [Int]
  }

  /// The partitioned topology.
  public let topology: Topology
  /// The interfaces of the topology by substrate.
  public let incidence: Incidence
  /// The hosts: those that are shared in the order of their partitions, then embedded computers in topology order.
  public let hosts: [Host]
  /// The host of each computer: an index in ``hosts``.
  public let hostOfComputer: [Int32]
  /// The substrates that cross between hosts, in topology order.
  public let crossings: [Crossing]
  /// The networks of the substrates and the addresses of the interfaces.
  public let addresses: AddressPlan
  /// The routing tables of the computers.
  public let routes: RoutePlan
  /// How the traffic of the computers is shaped.
  public let shaping: ShapingPlan
  /// What the user should know, one sentence each.
  public let warnings: [String]

  /// How much crosses between hosts: the sum over substrates of the hosts they touch, less one each.
  public var cost: Int { crossings.reduce(0) { $0 + $1.hosts.count - 1 } }
}

/// Lays a partitioned topology on hosts.
///
/// - Parameters:
///   - topology: A topology in which every container has a partition.
///   - options: The hardware types asked for.
///   - site: The site's hardware types and operating systems, and where it shapes traffic.
/// - Returns: The hosts with what they hold, what crosses between them, and every address.
/// - Throws: All of the topology's problems: containers without a partition, kinds that can't share one, names
///   reserved for hosts, addresses that can't be planned, routes by hand that lead nowhere.
/// - Complexity: O(*i* log *i*) where *i* is the number of interfaces.
public func embed(
  _ topology: Topology, options: PackingOptions, site: SiteConfiguration
) throws(PlanningError) -> Embedding {
  var problems =
    topology.reservedNames + topology.missingKinds + topology.missingPartitions + topology.mixedPartitions
  let incidence = Incidence(topology)
  var network: NetworkPlan?
  do throws(PlanningError) {
    network = try NetworkPlan(topology, incidence: incidence)
  } catch {
    problems += error.problems
  }
  guard problems.isEmpty, let network else { throw PlanningError(problems) }
  let hosts = topology.hosts(options: options, site: site)
  var hostOfComputer = [Int32](repeating: 0, count: topology.computers.count)
  for (index, host) in hosts.enumerated() {
    for computer in host.computers { hostOfComputer[computer] = Int32(index) }
  }
  let shaping = ShapingPlan(topology, incidence: incidence, site: site)
  return Embedding(
    topology: topology, incidence: incidence, hosts: hosts, hostOfComputer: hostOfComputer,
    crossings: incidence.crossings(of: topology.substrates.indices, hostOfComputer: hostOfComputer),
    addresses: network.addresses, routes: network.routes, shaping: shaping,
    warnings: network.warnings + shaping.warnings)
}

extension Topology {
  fileprivate var missingPartitions: [String] {
    let missing = computers.filter { $0.pass != nil && $0.partition == nil }.map(\.name)
    return missing.isEmpty ? [] : ["partition the topology first: no partition is given to \(listing(missing))"]
  }

  /// The hosts of a partitioned topology, in the order of ``Embedding/hosts``.
  ///
  /// Computers that have no partition yet, and aren't embedded, are on none.
  ///
  /// - Parameters:
  ///   - options: The hardware types asked for.
  ///   - site: The site's hardware types and operating systems.
  /// - Returns: The hosts with what they hold.
  public func hosts(
    options: PackingOptions = PackingOptions(), site: SiteConfiguration = SiteConfiguration()
  ) -> [Host] {
    var members: [String: [Int]] = [:]
    var embedded: [Int] = []
    for (index, computer) in computers.enumerated() {
      if computer.kind == .embeddedPnode {
        embedded.append(index)
      } else if let partition = computer.partition {
        members[partition, default: []].append(index)
      }
    }
    let partitions = members.keys.map(PartitionOrder.init).sorted()
    let shared = partitions.enumerated().map { position, partition in
      let computers = members[partition.name] ?? []
      let kinds = Set(computers.compactMap { self.computers[$0].kind }).sorted()
      let pass = computers.compactMap { self.computers[$0].pass }.min() ?? 0
      return Host(
        name: Host.name(at: position), role: .shared(partition: partition.name), computers: computers, kinds: kinds,
        pass: pass, hardwareTypes: options.hardwareTypes(ofPass: pass, site: site),
        operatingSystem: site[kinds.first == .openvz ? .openvzHostOS : .qemuHostOS])
    }
    return shared
      + embedded.map { index in
        let computer = computers[index]
        return Host(
          name: computer.name, role: .embedded, computers: [index], kinds: [.embeddedPnode], pass: nil,
          hardwareTypes: computer.hardwareType.map { [$0] } ?? [], operatingSystem: computer.osid)
      }
  }
}

extension Incidence {
  fileprivate func crossings(of substrates: Range<Int>, hostOfComputer: [Int32]) -> [Embedding.Crossing] {
    substrates.compactMap { substrate in
      // The hosts of a link are two: a small array beats a set.
      var hosts: [Int] = []
      for interface in interfaces(on: substrate) {
        let host = Int(hostOfComputer[computer(of: interface)])
        if hosts.last != host { hosts.append(host) }
      }
      guard hosts.count > 1 else { return nil }
      hosts.sort()
      var distinct: [Int] = []
      for host in hosts where distinct.last != host { distinct.append(host) }
      return distinct.count > 1 ? Embedding.Crossing(substrate: substrate, hosts: distinct) : nil
    }
  }
}
