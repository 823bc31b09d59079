internal import Planning
internal import TopologyModel

/// The experiment that the testbed runs: hosts as computers, and a link or LAN between them for each substrate that
/// crosses hosts.
struct HostExperiment {
  /// The hosts and what joins them.
  let topology: Topology

  init(_ experiment: Experiment) {
    let embedding = experiment.embedding
    let virtual = embedding.topology
    let names = HostNames(embedding)
    var result = Topology()
    result.attributes[AttributeName.routing] = "static"
    var linksOfHost = [[Int]](repeating: [], count: embedding.hosts.count)
    for (index, crossing) in embedding.crossings.enumerated() {
      var link = Substrate(name: names.crossings[index])
      link.capacity = embedding.greatestCapacity(ofSubstrate: crossing.substrate).map {
        Capacity(kilobitsPerSecond: $0)
      }
      result.substrates.append(link)
      for host in crossing.hosts { linksOfHost[host].append(index) }
    }
    var hardware = HardwareTypes(of: virtual)
    for (index, host) in embedding.hosts.enumerated() {
      var computer: Computer
      if case .embedded = host.role, let member = host.computers.first {
        computer = virtual.computers[member]
        hardware.use(computer.attributes[AttributeName.hardwareType])
      } else {
        computer = Computer(
          name: host.name,
          attributes: [
            AttributeName.nodeType: FinalTopology.hostKind, AttributeName.failureAction: "nonfatal",
            AttributeName.startup: experiment.hostStartCommand,
          ])
        if let system = host.operatingSystem {
          computer.operatingSystems = [OperatingSystem(attributes: [AttributeName.osid: system])]
        }
        computer.attributes[AttributeName.hardwareType] = hardware.type(for: host.hardwareTypes)
      }
      computer.name = names.hosts[index]
      result.append(
        computer,
        interfaces: linksOfHost[index].enumerated().map { position, link in
          Interface(
            name: Interface.defaultName(at: position), substrate: link, capacity: result.substrates[link].capacity)
        })
    }
    result.attributes.entries += hardware.attributes
    topology = result
  }
}

extension Experiment {
  /// What a shared host runs when it has booted.
  fileprivate var hostStartCommand: String {
    let root = site[.executableRoot] ?? ""
    let log = site[.nodeLog] ?? "/dev/null"
    return "sudo \(root)/setup/hv/bootstrap \(directory)/site.conf >& \(log)"
  }
}

extension Embedding {
  /// The greatest rate in kb/s that any member of a substrate may send or get; `nil` where nothing limits it.
  func greatestCapacity(ofSubstrate substrate: Int) -> Double? {
    var greatest: Double?
    for interface in incidence.interfaces(on: substrate) {
      let shaping = MemberShaping(topology.interfaces[interface], on: topology.substrates[substrate])
      for rate in [shaping.outgoing.kilobitsPerSecond, shaping.incoming.kilobitsPerSecond] {
        guard let rate else { return nil }
        greatest = max(greatest ?? 0, rate)
      }
    }
    return greatest
  }
}
