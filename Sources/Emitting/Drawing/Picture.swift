public import Planning
public import TopologyModel

/// What a drawing shows: the computers of a topology, the links and LANs that join them, and the hosts they are on.
///
/// It can be drawn in two ways: as a dot file for Graphviz (``dot(_:)``), and as a page for a browser (``page``).
public struct Picture: Sendable {
  /// What it is a picture of, in words.
  let title: String
  /// The computers and substrates that are drawn.
  let topology: Topology
  /// The interfaces of the topology by substrate.
  let incidence: Incidence
  /// The hosts, with what they hold; none for a topology without partitions.
  let hosts: [Host]
  /// The host of each computer: an index in ``hosts``, `nil` for a computer without a partition.
  let hostOfComputer: [Int?]

  /// A picture of any topology: one as a user wrote it, `partitioned.xml`, or `topo.xml`.
  ///
  /// The computers of type `pnode` in `topo.xml` aren't drawn but name the hosts, and the control network that every
  /// computer is on is left out. Elements that aren't computers aren't drawn.
  ///
  /// - Parameters:
  ///   - topology: The topology.
  ///   - title: What it is called.
  public init(_ topology: Topology, title: String) {
    let virtual = topology.withoutHosts
    var hosts = virtual.hosts()
    let names = topology.hostNames
    for index in hosts.indices {
      if case .shared(let partition) = hosts[index].role, let name = names[partition] { hosts[index].name = name }
    }
    var hostOfComputer = [Int?](repeating: nil, count: virtual.computers.count)
    for (index, host) in hosts.enumerated() {
      for computer in host.computers { hostOfComputer[computer] = index }
    }
    self.title = title
    self.topology = virtual
    incidence = Incidence(virtual)
    self.hosts = hosts
    self.hostOfComputer = hostOfComputer
  }

  /// A picture of an embedding: that of the `topo.xml` which says the same.
  ///
  /// - Parameters:
  ///   - embedding: The embedding.
  ///   - title: What it is called.
  public init(_ embedding: Embedding, title: String) {
    self.init(FinalTopology(embedding).topology, title: title)
  }

  /// The address of an interface, as the topology has it; `nil` where it has none, or has it on another substrate.
  func address(of interface: Int, on substrate: Int) -> String? {
    guard topology.interfaces[interface].substrate == substrate else { return nil }
    return topology.interfaces[interface].attributes[AttributeName.address]
  }
}

extension Experiment {
  /// The picture that `visualization.png` shows.
  public var picture: Picture { Picture(embedding, title: "\(project)/\(name)") }
}

extension Topology {
  /// What the topology calls the host of each partition.
  fileprivate var hostNames: [String: String] {
    var names: [String: String] = [:]
    for computer in computers where computer.isHost {
      if let partition = computer.partition, names[partition] == nil { names[partition] = computer.name }
    }
    return names
  }

  /// The topology without its hosts and without the control network.
  fileprivate var withoutHosts: Topology {
    var result = Topology()
    result.reserveCapacity(computers: computers.count, interfaces: interfaces.count)
    var position = [Int?](repeating: nil, count: substrates.count)
    for (index, substrate) in substrates.enumerated() where substrate.name != FinalTopology.controlNetwork {
      position[index] = result.substrates.count
      result.substrates.append(substrate)
    }
    for computer in computers where !computer.isHost {
      let kept = interfaces[computer.interfaces].compactMap { interface -> Interface? in
        var places = interface.substrates.compactMap { position[$0] }
        guard !places.isEmpty else { return nil }
        var interface = interface
        interface.substrate = places.removeFirst()
        interface.furtherSubstrates = places
        return interface
      }
      result.append(computer, interfaces: kept)
    }
    return result
  }
}

extension Computer {
  fileprivate var isHost: Bool { attributes[AttributeName.nodeType] == FinalTopology.hostKind }
}
