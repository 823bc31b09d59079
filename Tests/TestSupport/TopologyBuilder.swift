public import TopologyModel

/// Builds topologies for tests, computer by computer and substrate by substrate.
public struct TopologyBuilder {
  private var computers: [Computer] = []
  private var interfaces: [[Interface]] = []
  private var substrates: [Substrate] = []

  /// Nothing yet.
  public init() {}

  /// Adds a computer.
  public mutating func add(_ name: String, _ attributes: Attributes = [:]) {
    computers.append(Computer(name: name, attributes: attributes))
    interfaces.append([])
  }

  /// Says something of the computer that was added last.
  public mutating func add(attribute name: String, _ value: String) {
    computers[computers.count - 1].attributes[name] = value
  }

  /// Adds a substrate that joins computers.
  ///
  /// - Parameters:
  ///   - name: The name of the substrate.
  ///   - members: The names of the computers, each as often as it has an interface there.
  ///   - addresses: The fixed addresses of members, by name.
  ///   - netmask: The netmask of members that have a fixed address.
  public mutating func join(
    _ name: String, _ members: [String], addresses: [String: String] = [:], netmask: String? = nil
  ) {
    substrates.append(Substrate(name: name))
    for member in members {
      guard let computer = computers.firstIndex(where: { $0.name == member }) else {
        preconditionFailure("no computer \(member)")
      }
      var interface = Interface(
        name: Interface.defaultName(at: interfaces[computer].count), substrate: substrates.count - 1)
      if let address = addresses[member] {
        interface.attributes[AttributeName.address] = address
        interface.attributes[AttributeName.netmask] = netmask
      }
      interfaces[computer].append(interface)
    }
  }

  /// What has been built.
  public var topology: Topology {
    var topology = Topology()
    topology.substrates = substrates
    for (computer, interfaces) in zip(computers, interfaces) { topology.append(computer, interfaces: interfaces) }
    return topology
  }
}

extension Topology {
  /// Computers `n-0`, `n-1`, … without substrates.
  public static func alone(_ count: Int, _ attributes: Attributes = [:]) -> Topology {
    var builder = TopologyBuilder()
    for index in 0..<count { builder.add("n-\(index)", attributes) }
    return builder.topology
  }

  /// A computer `center` with a link to each of `n-0`, `n-1`, …, as in the documentation's first example.
  public static func star(satellites: Int, center: Attributes = [:], satellite: Attributes = [:]) -> Topology {
    var builder = TopologyBuilder()
    builder.add("center", center)
    for index in 0..<satellites {
      builder.add("n-\(index)", satellite)
      builder.join("link-\(index)", ["center", "n-\(index)"])
    }
    return builder.topology
  }

  /// Computers `n-0`, `n-1`, … on one substrate, as in the documentation's LAN examples.
  public static func lan(_ count: Int, _ attributes: Attributes = [:]) -> Topology {
    var builder = TopologyBuilder()
    for index in 0..<count { builder.add("n-\(index)", attributes) }
    builder.join("lan0", (0..<count).map { "n-\($0)" })
    return builder.topology
  }

  /// A topology of random links and LANs, of which some join a computer twice or nothing at all.
  public static func random(computers count: Int, substrates: Int, seed: UInt64) -> Topology {
    var random = SplitMix64(seed: seed)
    var builder = TopologyBuilder()
    for index in 0..<count {
      let kinds = [nil, nil, "openvz", "qemu", "process", "embedded_pnode"]
      var attributes = Attributes()
      attributes[AttributeName.nodeType] = kinds[Int.random(in: 0..<kinds.count, using: &random)]
      if Int.random(in: 0..<4, using: &random) == 0 {
        attributes[AttributeName.partitionPass] = String(Int.random(in: 0..<3, using: &random))
      }
      builder.add("n-\(index)", attributes)
    }
    // Few enough interfaces that virtual machines stay within their limit.
    var degrees = [Int](repeating: 0, count: count)
    for index in 0..<substrates {
      let size = Int.random(in: 0..<5, using: &random) == 0 ? Int.random(in: 0...8, using: &random) : 2
      var members: [String] = []
      for _ in 0..<size {
        let computer = Int.random(in: 0..<count, using: &random)
        guard degrees[computer] < 7 else { continue }
        degrees[computer] += 1
        members.append("n-\(computer)")
      }
      builder.join("s-\(index)", members)
    }
    return builder.topology
  }
}
