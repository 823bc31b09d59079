internal import Planning
internal import TopologyModel

/// The numbers by which an experiment's networks and interfaces are told apart: unique in the experiment, the same
/// whenever it is planned, and hardly ever those of another experiment.
struct Numbering: Sendable {
  /// A hash of the experiment's name.
  private let hash: UInt32
  /// How many tunnels there are room for: VXLAN identifiers have 24 bits, and 0 is none.
  private static let tunnelCount = 1 << 24 - 1

  init(project: String, experiment: String) {
    hash = Self.hash("\(project)/\(experiment)")
  }

  /// The MAC address of an interface of the topology: locally administered, `02:`, two bytes of the experiment's hash,
  /// three of the interface's number.
  func mac(ofInterface index: Int) -> String { mac(prefix: 0x02, index) }

  /// The MAC address of a computer's interface on the control network: as that of others, with `06:`.
  func controlMAC(ofComputer index: Int) -> String { mac(prefix: 0x06, index) }

  /// The VXLAN network identifier of a crossing: they follow each other from a place that the hash determines.
  func tunnel(ofCrossing index: Int) -> Int {
    precondition(index < Self.tunnelCount, "no more than \(Self.tunnelCount) networks can cross hosts")
    return 1 + (Int(hash >> 8) + index) % Self.tunnelCount
  }

  private func mac(prefix: UInt8, _ index: Int) -> String {
    precondition(index < 1 << 24, "no more than \(1 << 24) interfaces have addresses")
    let address = UInt64(prefix) << 40 | UInt64(hash & 0xFFFF) << 24 | UInt64(index)
    var text: [UInt8] = []
    text.reserveCapacity(17)
    for position in 0..<12 {
      if position > 0, position % 2 == 0 { text.append(UInt8(ascii: ":")) }
      let digit = UInt8(address >> UInt64(44 - 4 * position) & 15)
      text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// > G. Fowler, L. C. Noll, K.-P. Vo and D. Eastlake. "The FNV Non-Cryptographic Hash Algorithm." FNV-1a.
  static func hash(_ text: String) -> UInt32 {
    text.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}

/// The addresses of hosts and computers on the control network, 192.168.0.0/16: shared hosts first, then computers, as
/// far as they go.
struct ControlAddresses: Sendable {
  /// The network.
  static let network = IPv4Network(containing: IPv4Address(value: 192 << 24 | 168 << 16), prefixLength: 16)
  private let sharedHostCount: Int

  init(_ embedding: Embedding) { sharedHostCount = embedding.hosts.count { !$0.isEmbedded } }

  /// The address of a shared host, by its index among the hosts, where they come first.
  func address(ofHost index: Int) -> IPv4Address? { address(index) }

  /// The address of a computer.
  func address(ofComputer index: Int) -> IPv4Address? { address(sharedHostCount + index) }

  private func address(_ number: Int) -> IPv4Address? {
    // The first address is left to the network's own router; the last is its broadcast.
    let offset = number + 2
    guard offset < Int(Self.network.last.value - Self.network.base.value) else { return nil }
    return IPv4Address(value: Self.network.base.value + UInt32(offset))
  }
}
