internal import TopologyModel

/// The addresses and netmasks that a topology fixes, checked.
struct FixedAddresses {
  /// The fixed address of each interface, where it has one.
  private(set) var addresses: [IPv4Address?]
  /// The network of each substrate of which some member has a fixed address.
  private(set) var networks: [IPv4Network?]
  /// The prefix length of each substrate of which some member has a netmask.
  private(set) var prefixLengths: [Int?]
  /// What is wrong.
  private(set) var problems: [String] = []
  private let topology: Topology
  private let incidence: Incidence
  /// The interfaces that fix something, ascending.
  private let fixing: [Int]

  /// Reads and checks what a topology fixes.
  ///
  /// - Parameters:
  ///   - topology: The topology.
  ///   - incidence: Its interfaces by substrate.
  init(_ topology: Topology, incidence: Incidence) {
    self.topology = topology
    self.incidence = incidence
    addresses = Array(repeating: nil, count: topology.interfaces.count)
    networks = Array(repeating: nil, count: topology.substrates.count)
    prefixLengths = networks.map { _ in nil }
    fixing = topology.interfaces.indices.filter { !topology.interfaces[$0].attributes.isEmpty }
    readNetmasks()
    readAddresses()
    checkDuplicates()
    checkOverlaps()
    checkRoom()
  }

  private mutating func readNetmasks() {
    var givenBy: [Int: Int] = [:]
    for index in fixing {
      let interface = topology.interfaces[index]
      guard let text = interface.attributes[AttributeName.netmask] else { continue }
      guard let length = IPv4Address(text).flatMap(IPv4Network.prefixLength(ofNetmask:)) else {
        problems.append("`\(text)`, the netmask of \(place(index)), is none: one such as 255.255.255.0 is")
        continue
      }
      if let other = prefixLengths[interface.substrate], other != length, let giver = givenBy[interface.substrate] {
        problems.append("\(place(giver)) and \(place(index)) have different netmasks on one substrate")
      } else {
        prefixLengths[interface.substrate] = length
        givenBy[interface.substrate] = index
      }
    }
  }

  private mutating func readAddresses() {
    var givenBy: [Int: Int] = [:]
    for index in fixing {
      let interface = topology.interfaces[index]
      guard let text = interface.attributes[AttributeName.address] else { continue }
      guard let address = IPv4Address(text) else {
        problems.append("`\(text)`, the address of \(place(index)), is none: one such as 10.0.0.1 is")
        continue
      }
      guard address.canBeAMachines else {
        problems.append(
          "\(address), the address of \(place(index)), is none that a machine can have: those begin with 1 to 126 or 128 "
            + "to 223")
        continue
      }
      addresses[index] = address
      let length = prefixLengths[interface.substrate] ?? AddressPlan.usualPrefixLength
      let network = IPv4Network(containing: address, prefixLength: length)
      if let other = networks[interface.substrate], other != network, let giver = givenBy[interface.substrate] {
        problems.append(
          "\(place(giver)) is fixed in \(other) and \(place(index)) in \(network), which are different networks on one "
            + "substrate")
        continue
      }
      networks[interface.substrate] = network
      givenBy[interface.substrate] = index
      if address == network.base {
        problems.append("\(address), the address of \(place(index)), stands for the network \(network) itself")
      } else if address == network.last {
        problems.append("\(address), the address of \(place(index)), is the broadcast address of \(network)")
      }
    }
  }

  private mutating func checkDuplicates() {
    let byAddress = fixing.compactMap { index in addresses[index].map { (address: $0, index: index) } }
      .sorted { ($0.address, $0.index) < ($1.address, $1.index) }
    for (one, other) in zip(byAddress, byAddress.dropFirst()) where one.address == other.address {
      problems.append("\(one.address) is the address of both \(place(one.index)) and \(place(other.index))")
    }
  }

  private mutating func checkOverlaps() {
    let byBase = networks.indices.compactMap { index in networks[index].map { (network: $0, index: index) } }
      .sorted {
        ($0.network.base, $0.network.prefixLength, $0.index) < ($1.network.base, $1.network.prefixLength, $1.index)
      }
    guard var widest = byBase.first else { return }
    for next in byBase.dropFirst() {
      if widest.network.overlaps(next.network) {
        let (one, other) = (topology.substrates[widest.index].name, topology.substrates[next.index].name)
        problems.append("the networks of \(one) (\(widest.network)) and \(other) (\(next.network)) overlap")
      } else {
        widest = next
      }
    }
  }

  private mutating func checkRoom() {
    for (substrate, length) in prefixLengths.enumerated() {
      guard let length = networks[substrate]?.prefixLength ?? length else { continue }
      let capacity = IPv4Network(containing: IPv4Address(value: 0), prefixLength: length).hostCapacity
      let members = incidence.interfaces(on: substrate).count { topology.interfaces[$0].substrate == substrate }
      guard members > capacity else { continue }
      let network = networks[substrate].map(\.description) ?? "a network /\(length)"
      problems.append(
        "\(topology.substrates[substrate].name) has \(counted(members, "member")), and \(network) holds \(capacity): give "
          + "it a shorter netmask")
    }
  }

  /// An interface in a message: its computer and its substrate.
  private func place(_ interface: Int) -> String {
    let computer = topology.computers[incidence.computer(of: interface)].name
    return "\(computer) on \(topology.substrates[topology.interfaces[interface].substrate].name)"
  }
}

extension IPv4Address {
  /// Whether it is in the part of the address space that machines have addresses from.
  ///
  /// > RFC 1122, section 3.2.1.3 (this network, loopback); RFC 5771 (multicast).
  fileprivate var canBeAMachines: Bool {
    switch value >> 24 {
    case 0, 127, 224...255: false
    default: true
    }
  }
}
