internal import Planning
internal import TopologyModel

/// The whole experiment as one topology: the virtual computers with their addresses, the hosts as computers of type
/// `pnode`, and the control network that all of them are on.
///
/// Readers on the nodes skip the substrate `control_net` and the computers of type `pnode`. Control addresses are
/// those of 192.168.0.0/16: hosts first, then containers, as far as they go.
struct FinalTopology {
  /// The topology.
  let topology: Topology

  /// The name of the control network.
  static let controlNetwork = "control_net"
  /// The value of `containers:node_type` that says a computer is a host.
  static let hostKind = "pnode"

  init(_ embedding: Embedding) {
    let planned = embedding.topology
    var result = Topology()
    result.version = planned.version
    result.attributes = planned.attributes
    result.otherElements = planned.otherElements
    result.substrates = planned.substrates + [Substrate(name: Self.controlNetwork)]
    result.reserveCapacity(
      computers: planned.computers.count + embedding.hosts.count,
      interfaces: planned.interfaces.count + planned.computers.count + embedding.hosts.count)
    let control = planned.substrates.count
    let shared = embedding.hosts.filter { !$0.isEmbedded }
    for (index, computer) in planned.computers.enumerated() {
      var interfaces = planned.interfaces[computer.interfaces].map { $0 }
      for (position, interface) in computer.interfaces.enumerated() {
        let network = embedding.addresses.networks[planned.interfaces[interface].substrate]
        interfaces[position].attributes[AttributeName.address] = "\(embedding.addresses.addresses[interface])"
        interfaces[position].attributes[AttributeName.netmask] = "\(network.netmask)"
      }
      interfaces.append(Self.controlInterface(after: interfaces, on: control, number: shared.count + index))
      result.append(computer, interfaces: interfaces)
    }
    for (index, host) in shared.enumerated() {
      var computer = Computer(name: host.name, attributes: [AttributeName.nodeType: Self.hostKind])
      if case .shared(let partition) = host.role { computer.attributes[AttributeName.partition] = partition }
      if let system = host.operatingSystem {
        computer.operatingSystems = [OperatingSystem(attributes: [AttributeName.osid: system])]
      }
      result.append(computer, interfaces: [Self.controlInterface(after: [], on: control, number: index)])
    }
    topology = result
  }

  /// An interface on the control network, with the address of that number while there are any.
  private static func controlInterface(after others: [Interface], on substrate: Int, number: Int) -> Interface {
    var position = others.count
    while others.contains(where: { $0.name == Interface.defaultName(at: position) }) { position += 1 }
    var interface = Interface(name: Interface.defaultName(at: position), substrate: substrate)
    // 192.168.0.1 is left to the network's own router; the last address is its broadcast.
    let address = (192 << 24 | 168 << 16) + number + 2
    if number + 2 < 0xFFFF {
      interface.attributes[AttributeName.address] = "\(IPv4Address(value: UInt32(address)))"
      interface.attributes[AttributeName.netmask] = "255.255.0.0"
    }
    return interface
  }
}
