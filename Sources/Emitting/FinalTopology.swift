internal import Planning
internal import TopologyModel

/// The whole experiment as one topology: the virtual computers with their addresses, the hosts as computers of type
/// `pnode`, and the control network that all of them are on.
///
/// Readers on the nodes skip the substrate `control_net` and the computers of type `pnode`.
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
    let addresses = ControlAddresses(embedding)
    let shared = embedding.hosts.filter { !$0.isEmbedded }
    for (index, computer) in planned.computers.enumerated() {
      var interfaces = planned.interfaces[computer.interfaces].map { $0 }
      for (position, interface) in computer.interfaces.enumerated() {
        let network = embedding.addresses.networks[planned.interfaces[interface].substrate]
        interfaces[position].attributes[AttributeName.address] = "\(embedding.addresses.addresses[interface])"
        interfaces[position].attributes[AttributeName.netmask] = "\(network.netmask)"
      }
      interfaces.append(
        Self.controlInterface(after: interfaces, on: control, address: addresses.address(ofComputer: index)))
      result.append(computer, interfaces: interfaces)
    }
    for (index, host) in shared.enumerated() {
      var computer = Computer(name: host.name, attributes: [AttributeName.nodeType: Self.hostKind])
      if case .shared(let partition) = host.role { computer.attributes[AttributeName.partition] = partition }
      if let system = host.operatingSystem {
        computer.operatingSystems = [OperatingSystem(attributes: [AttributeName.osid: system])]
      }
      result.append(
        computer, interfaces: [Self.controlInterface(after: [], on: control, address: addresses.address(ofHost: index))]
      )
    }
    topology = result
  }

  /// An interface on the control network, with its address while there are any.
  private static func controlInterface(
    after others: [Interface], on substrate: Int, address: IPv4Address?
  ) -> Interface {
    var position = others.count
    while others.contains(where: { $0.name == Interface.defaultName(at: position) }) { position += 1 }
    var interface = Interface(name: Interface.defaultName(at: position), substrate: substrate)
    if let address {
      interface.attributes[AttributeName.address] = "\(address)"
      interface.attributes[AttributeName.netmask] = "\(ControlAddresses.network.netmask)"
    }
    return interface
  }
}
