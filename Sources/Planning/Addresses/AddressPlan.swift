public import TopologyModel

/// The network of each substrate and the address of each interface.
///
/// Substrates get networks of 10.0.0.0/8 in their order: 10.0.0.0/24, 10.0.1.0/24, …; one with more than 254 members
/// gets the smallest network that holds them, and the sequence goes on behind it. The members of a substrate are
/// numbered from 1 in the order of the computers. Where that sequence doesn't fit, every substrate gets the smallest
/// network that holds its members.
///
/// Addresses that the topology fixes are kept. Their substrate then lives in the network of its fixed addresses, other
/// members get the host numbers that are free there, and other substrates keep out of that network. A substrate of
/// which only the netmask is given gets a network of that size.
///
/// An interface on several substrates has its address on the first. Elements that aren't computers get none.
public struct AddressPlan: Sendable, Equatable {
  /// The network of each substrate.
  public let networks: [IPv4Network]
  /// The address of each interface: one for each of ``Topology/interfaces``.
  public let addresses: [IPv4Address]
  /// Whether the topology fixes the network of each substrate.
  let isFixed: [Bool]
  /// What the user should know, one sentence each.
  public let warnings: [String]

  /// Where automatic networks come from.
  static let pool = IPv4Network(containing: IPv4Address(value: 10 << 24), prefixLength: 8)
  /// Where the control addresses of containers are.
  static let controlNetwork = IPv4Network(containing: IPv4Address(value: 192 << 24 | 168 << 16), prefixLength: 16)
  /// The size of a network for which nothing else is known.
  static let usualPrefixLength = 24

  /// Plans the addresses of a topology.
  ///
  /// - Parameters:
  ///   - topology: The topology.
  ///   - incidence: Its interfaces by substrate.
  ///   - order: The order in which substrates get the smallest networks that hold their members; `nil` for the
  ///     sequence described above.
  /// - Throws: Everything that is wrong with fixed addresses, or that there are too few addresses.
  /// - Complexity: O(interfaces + *f* log *f*) where *f* is the number of fixed addresses.
  public init(_ topology: Topology, incidence: Incidence, order: [Int32]? = nil) throws(PlanningError) {
    let fixed = FixedAddresses(topology, incidence: incidence)
    guard fixed.problems.isEmpty else { throw PlanningError(fixed.problems) }
    var memberCounts = [Int](repeating: 0, count: topology.substrates.count)
    for interface in topology.interfaces { memberCounts[interface.substrate] += 1 }
    let sequence = NetworkSequence(
      fixed: fixed.networks, prefixLengths: fixed.prefixLengths, memberCounts: memberCounts)
    let networks = if let order { try sequence.smallestNetworks(in: order) } else { try sequence.networks() }
    self.networks = networks
    isFixed = fixed.networks.map { $0 != nil }
    var addresses = [IPv4Address](repeating: IPv4Address(value: 0), count: topology.interfaces.count)
    for substrate in topology.substrates.indices {
      let members = incidence.interfaces(on: substrate).filter { topology.interfaces[$0].substrate == substrate }
      var taken = members.compactMap { fixed.addresses[$0] }.sorted()[...]
      var next = networks[substrate].base
      for member in members {
        if let address = fixed.addresses[member] {
          addresses[member] = address
          continue
        }
        next.value += 1
        while taken.first == next {
          taken.removeFirst()
          next.value += 1
        }
        addresses[member] = next
      }
    }
    self.addresses = addresses
    let overlapping = topology.substrates.indices.filter { networks[$0].overlaps(Self.controlNetwork) }
    let names = overlapping.map { "\(topology.substrates[$0].name) (\(networks[$0]))" }
    warnings =
      names.isEmpty
      ? []
      : ["the control network \(Self.controlNetwork) overlaps \(listing(names)): choose other fixed addresses there"]
  }
}

extension IPv4Network {
  /// How many computers it holds: all addresses but the first and the last.
  var hostCapacity: Int { max(0, 1 << (32 - prefixLength) - 2) }

  /// The longest prefix whose networks hold so many computers; at most 30.
  static func prefixLength(holding computers: Int) -> Int {
    let addresses = max(4, computers + 2)
    return 32 - (Int.bitWidth - (addresses - 1).leadingZeroBitCount)
  }
}
