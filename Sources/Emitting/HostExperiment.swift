internal import Planning
internal import TopologyModel

/// The experiment that the testbed runs: hosts as computers, and a link or LAN between them for each substrate that
/// crosses hosts.
struct HostExperiment {
  /// The hosts and what joins them.
  let topology: Topology
  /// The hosts' sets of hardware types, each once, in the order of the hosts.
  let hardwareSets: [[String]]
  /// Which of ``hardwareSets`` each host has; `nil` where any hardware or a single named type will do.
  let hardwareSetOfHost: [Int?]

  init(_ experiment: Experiment) {
    let embedding = experiment.embedding
    let virtual = embedding.topology
    var result = Topology()
    result.attributes[AttributeName.routing] = "static"
    var linksOfHost = [[Int]](repeating: [], count: embedding.hosts.count)
    for (index, crossing) in embedding.crossings.enumerated() {
      let substrate = virtual.substrates[crossing.substrate]
      var link = Substrate(name: substrate.name)
      link.capacity = embedding.greatestCapacity(ofSubstrate: crossing.substrate).map {
        Capacity(kilobitsPerSecond: $0)
      }
      result.substrates.append(link)
      for host in crossing.hosts { linksOfHost[host].append(index) }
    }
    var sets: [[String]] = []
    var setOfHost: [Int?] = []
    for (index, host) in embedding.hosts.enumerated() {
      var computer: Computer
      if case .embedded = host.role, let member = host.computers.first {
        computer = virtual.computers[member]
        computer.attributes[AttributeName.partition] = nil
        setOfHost.append(nil)
      } else {
        computer = Computer(name: host.name)
        computer.operatingSystems =
          host.operatingSystem.map {
            [OperatingSystem(attributes: [AttributeName.osid: $0])]
          } ?? []
        computer.attributes = [
          AttributeName.nodeType: FinalTopology.hostKind, AttributeName.failureAction: "nonfatal",
          AttributeName.startup: experiment.hostStartCommand,
        ]
        let known = sets.firstIndex(of: host.hardwareTypes)
        if known == nil, !host.hardwareTypes.isEmpty { sets.append(host.hardwareTypes) }
        setOfHost.append(host.hardwareTypes.isEmpty ? nil : known ?? sets.count - 1)
        if !host.hardwareTypes.isEmpty {
          computer.attributes[AttributeName.hardwareType] = "container\(known ?? sets.count - 1)"
        }
      }
      result.append(
        computer,
        interfaces: linksOfHost[index].enumerated().map { position, link in
          Interface(
            name: Interface.defaultName(at: position), substrate: link, capacity: result.substrates[link].capacity)
        })
    }
    for (index, types) in sets.enumerated() {
      result.attributes.entries.append(Attribute("vtype:container\(index)", (["0.5"] + types).joined(separator: " ")))
    }
    topology = result
    hardwareSets = sets
    hardwareSetOfHost = setOfHost
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
