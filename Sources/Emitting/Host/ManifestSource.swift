internal import HostManifests
internal import Planning
internal import TopologyModel

/// What the manifests of all hosts are made from, found once.
final class ManifestSource: Sendable {
  let experiment: Experiment
  let numbering: Numbering
  private let controlAddresses: ControlAddresses
  /// The crossing of each substrate; negative for one that doesn't cross hosts.
  let crossings: [Int32]
  /// All names; `nil` where they are too many for every manifest to have them.
  private let names: [NameEntry]?

  /// How many lines of names all manifests have in all at most, unless each has those of its own nodes only.
  private static let greatestNameCount = 1 << 20
  /// What a VXLAN tunnel over IPv4 adds to each packet: Ethernet, IP, UDP and VXLAN headers.
  ///
  /// > RFC 7348, section 5.
  private static let tunnelHeader = 50

  init(_ experiment: Experiment) {
    let embedding = experiment.embedding
    self.experiment = experiment
    numbering = Numbering(project: experiment.project, experiment: experiment.name)
    controlAddresses = ControlAddresses(embedding)
    var crossings = [Int32](repeating: -1, count: embedding.topology.substrates.count)
    for (index, crossing) in embedding.crossings.enumerated() { crossings[crossing.substrate] = Int32(index) }
    self.crossings = crossings
    let count = embedding.topology.interfaces.count * embedding.hosts.count
    names =
      count > Self.greatestNameCount
      ? nil : embedding.topology.computers.indices.flatMap { HostsFile.entries(of: $0, in: embedding) }
  }

  /// The manifest of a host.
  func manifest(of index: Int) -> HostManifest {
    let embedding = experiment.embedding
    let host = embedding.hosts[index]
    let substrates = substrates(of: index)
    return HostManifest(
      project: experiment.project, experiment: experiment.name,
      host: ManifestHost(
        name: host.name, partition: host.partition, hardwareTypes: host.hardwareTypes,
        operatingSystem: host.operatingSystem, capabilities: capabilities(of: host, substrates),
        templateDirectories: host.kinds.contains(.openvz) ? experiment.site.openvzTemplateDirectories : []),
      control: ControlNetwork(network: "\(ControlAddresses.network)", address: controlAddress(ofHost: index)),
      nodes: host.computers.map(node), substrates: substrates,
      names: names ?? host.computers.flatMap { HostsFile.entries(of: $0, in: embedding) },
      namesAreComplete: names != nil, environment: environment)
  }

  /// The elements of the array `opt` of an NS-2 file, which its programs get as their environment.
  private var environment: [EnvironmentVariable]? {
    let variables = experiment.embedding.topology.attributes.entries.compactMap { attribute -> EnvironmentVariable? in
      guard attribute.name.hasPrefix("opt:"), !attribute.value.utf8.contains(0) else { return nil }
      return EnvironmentVariable(name: String(attribute.name.dropFirst(4)), value: attribute.value)
    }
    return variables.isEmpty ? nil : variables
  }

  /// The address of a host on the control network, while there are any.
  func controlAddress(ofHost index: Int) -> String? {
    let host = experiment.embedding.hosts[index]
    let address =
      host.isEmbedded
      ? host.computers.first.flatMap(controlAddresses.address(ofComputer:)) : controlAddresses.address(ofHost: index)
    return address?.description
  }

  private func capabilities(of host: Host, _ substrates: [ManifestSubstrate]) -> [ManifestHost.Capability] {
    let embedding = experiment.embedding
    let shaped = host.computers.filter { computer in
      embedding.topology.computers[computer].interfaces.contains { embedding.isShaped($0) }
    }
    let mechanisms = Set(shaped.map { embedding.shaping.mechanisms[$0] })
    return ManifestHost.Capability.allCases.filter { capability in
      switch capability {
      case .namespaces: host.kinds.contains(.openvz) || host.kinds.contains(.process)
      case .qemu: host.kinds.contains(.qemu)
      case .vde: mechanisms.contains(.vde)
      case .netem: mechanisms.contains(.endNode)
      case .vxlan: substrates.contains { $0.tunnel != nil }
      }
    }
  }

  // MARK: Nodes

  private func node(_ index: Int) -> ManifestNode {
    let embedding = experiment.embedding
    let computer = embedding.topology.computers[index]
    let isHost = computer.kind == .embeddedPnode
    return ManifestNode(
      name: computer.name, kind: ManifestNode.Kind(computer.kind), image: experiment.image(of: computer),
      operatingSystem: computer.osid, architecture: computer.attributes[AttributeName.qemuArchitecture],
      memoryMegabytes: computer.memoryMegabytes, diskMegabytes: experiment.diskMegabytes(of: computer),
      isGhost: computer.isGhost, startCommand: computer.attributes[AttributeName.startup],
      packages: computer.software.map { ManifestNode.Package(location: $0.location, install: $0.install) },
      control: isHost
        ? nil
        : ControlInterface(
          mac: numbering.controlMAC(ofComputer: index),
          address: controlAddresses.address(ofComputer: index)?.description),
      interfaces: computer.interfaces.map(interface),
      routes: routes(of: index))
  }

  /// A node's routes, by its neighbours: tables of many lines lead to few of these.
  private func routes(of index: Int) -> [ManifestRoute] {
    let embedding = experiment.embedding
    var routes: [ManifestRoute] = []
    var positions: [IPv4Address: Int] = [:]
    for route in embedding.routes.table(of: index) {
      let position = positions[route.gateway] ?? routes.count
      if position == routes.count {
        positions[route.gateway] = position
        routes.append(
          ManifestRoute(
            gateway: "\(route.gateway)", interface: embedding.topology.interfaces[route.interface].name,
            destinations: []))
      }
      routes[position].destinations.append("\(route.destination)")
    }
    return routes
  }

  private func interface(_ index: Int) -> ManifestInterface {
    let embedding = experiment.embedding
    let interface = embedding.topology.interfaces[index]
    return ManifestInterface(
      name: interface.name, mac: numbering.mac(ofInterface: index),
      address: "\(embedding.addresses.addresses[index])",
      prefixLength: embedding.addresses.networks[interface.substrate].prefixLength,
      substrate: embedding.topology.substrates[interface.substrate].name,
      shaping: InterfaceShaping(index, in: embedding))
  }

  // MARK: Networks

  private func substrates(of host: Int) -> [ManifestSubstrate] {
    let embedding = experiment.embedding
    var members: [(substrate: Int, interface: Int)] = []
    for computer in embedding.hosts[host].computers {
      for interface in embedding.topology.computers[computer].interfaces {
        for substrate in embedding.topology.interfaces[interface].substrates {
          members.append((substrate, interface))
        }
      }
    }
    members.sort { ($0.substrate, $0.interface) < ($1.substrate, $1.interface) }
    var substrates: [ManifestSubstrate] = []
    var last = -1
    for (substrate, interface) in members {
      if substrate != last {
        let crossing = Int(crossings[substrate])
        substrates.append(
          ManifestSubstrate(
            name: embedding.topology.substrates[substrate].name,
            network: "\(embedding.addresses.networks[substrate])",
            mtu: crossing < 0 ? 1500 : min(1500, experiment.site.underlayMTU - Self.tunnelHeader), members: [],
            tunnel: crossing < 0
              ? nil
              : ManifestSubstrate.Tunnel(
                identifier: numbering.tunnel(ofCrossing: crossing),
                hosts: embedding.crossings[crossing].hosts.filter { $0 != host }.map { embedding.hosts[$0].name })))
        last = substrate
      }
      substrates[substrates.count - 1].members.append(
        ManifestSubstrate.Member(
          node: embedding.topology.computers[embedding.incidence.computer(of: interface)].name,
          interface: embedding.topology.interfaces[interface].name))
    }
    return substrates
  }
}

extension Host {
  /// The partition that a shared host holds.
  var partition: String? { if case .shared(let partition) = role { partition } else { nil } }
}

extension Embedding {
  /// How the traffic of an interface is shaped on its substrate.
  func memberShaping(of interface: Int) -> MemberShaping {
    MemberShaping(
      topology.interfaces[interface], on: topology.substrates[topology.interfaces[interface].substrate])
  }

  /// Whether the traffic of an interface is delayed, lost or held back, in some direction.
  func isShaped(_ interface: Int) -> Bool {
    let shaping = memberShaping(of: interface)
    return shaping.outgoing.isShaped || shaping.incoming.isShaped
  }
}

extension ManifestNode.Kind {
  fileprivate init(_ kind: ContainerKind?) {
    switch kind {
    case .openvz: self = .openvz
    case .qemu: self = .qemu
    case .process: self = .process
    case .embeddedPnode, nil: self = .embedded
    }
  }
}

extension InterfaceShaping {
  /// The shaping of an interface; `nil` where there is none.
  init?(_ interface: Int, in embedding: Embedding) {
    let shaping = embedding.memberShaping(of: interface)
    let mechanism = embedding.shaping.mechanisms[embedding.incidence.computer(of: interface)]
    let transits = mechanism == .vde ? [] : embedding.transits(of: interface)
    guard shaping.outgoing.isShaped || shaping.incoming.isShaped || !transits.isEmpty else { return nil }
    self.init(
      mechanism: mechanism == .vde ? .vde : .endNode, outgoing: Direction(shaping.outgoing),
      incoming: Direction(shaping.incoming),
      transits: transits.map { transit in
        Transit(
          shaping: Direction(transit.shaping),
          neighbours: transit.neighbours?.map { "\(embedding.addresses.addresses[$0])" })
      })
  }
}

extension InterfaceShaping.Direction {
  init(_ direction: MemberShaping.Direction) {
    self.init(
      delayMilliseconds: direction.milliseconds, loss: direction.loss, kilobitsPerSecond: direction.kilobitsPerSecond)
  }
}
