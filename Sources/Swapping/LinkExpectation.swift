internal import HostManifests
internal import Running

/// What is asked of the way between two nodes of a network.
struct LinkExpectation: Sendable, Equatable {
  /// The network.
  var name: String
  /// The host of the node that asks.
  var host: Int
  var from: String
  var to: String
  var source: String
  var target: String
  /// The largest packet in bytes.
  var mtu: Int
  /// The round trip of a small packet in ms.
  var milliseconds: Double
  /// That of the largest.
  var fullMilliseconds: Double
  /// The part of the round trips that is lost.
  var loss: Double
  /// The rate of the slowest part of the way there and back, in kb/s; `nil` where nothing limits it.
  var kilobitsPerSecond: Double?
  /// How many of the two nodes are virtual machines.
  var machineCount = 0

  /// How far a measured round trip may be off, in ms.
  var tolerance: Double { Self.tolerance(ofMilliseconds: milliseconds, machineCount: machineCount) }

  /// How far from a round trip the measured one may be, in ms.
  ///
  /// - Parameters:
  ///   - milliseconds: The round trip.
  ///   - machineCount: How many of the two nodes are virtual machines.
  /// - Returns: How far.
  static func tolerance(ofMilliseconds milliseconds: Double, machineCount: Int) -> Double {
    max(1, milliseconds / 10) + Double(machineCount) * machineTime
  }

  /// What a virtual machine without hardware support takes of a round trip on a busy machine, in ms.
  private static let machineTime = 2.0

  /// The size of a small packet in bytes, as `ping` sends it.
  static let smallSize = 84

  /// A small packet that has to take the time asked for.
  var delayProbe: Probe {
    Probe(
      node: from, source: source, target: target, size: Self.smallSize, expectedMilliseconds: milliseconds,
      toleranceMilliseconds: tolerance, attempts: attempts)
  }

  /// The largest packet, which has to arrive.
  var sizeProbe: Probe {
    Probe(
      node: from, source: source, target: target, size: mtu, expectedMilliseconds: fullMilliseconds,
      toleranceMilliseconds: 1e6, attempts: attempts)
  }

  /// So many packets that their loss can be told.
  var lossProbe: Probe {
    Probe(
      node: from, source: source, target: target, size: Self.smallSize, expectedMilliseconds: milliseconds,
      attempts: 1000, aim: .loss)
  }

  /// Packets for a second, half as many again as fit through the link; `nil` where nothing limits it, or it is faster than
  /// packets can be sent one by one.
  var rateProbe: Probe? {
    guard let rate = kilobitsPerSecond, rate > 0, rate <= Self.greatestRate else { return nil }
    let size = min(mtu, max(Self.smallSize, Int(rate * 1000 / 8 / 100)))
    let interval = Double((size + 14) * 8) / (rate * 1.5)
    return Probe(
      node: from, source: source, target: target, size: size, expectedMilliseconds: fullMilliseconds * 2,
      attempts: max(50, Int(1000 / interval)), aim: .rate, intervalMilliseconds: interval)
  }

  /// In kb/s.
  private static let greatestRate = 200_000.0

  /// So many that it happens once in a thousand million links that all are lost by chance.
  private var attempts: Int {
    var (count, allLost) = (0, 1.0)
    while allLost > 1e-9, count < 400 {
      allLost *= loss
      count += 1
    }
    return max(20, count)
  }
}

/// Where a node's interface is, and how it is shaped.
struct PlacedInterface: Sendable {
  var host: Int
  var node: String
  var isGhost: Bool
  var isMachine: Bool
  var interface: ManifestInterface
  var mtu: Int

  /// How long a packet takes on the way to another interface in ms, the part of packets that is lost, and the rate in
  /// kb/s.
  fileprivate func way(to other: Self, size: Int) -> (milliseconds: Double, loss: Double, rate: Double?) {
    var directions: [InterfaceShaping.Direction] = []
    if let shaping = interface.shaping {
      switch shaping.mechanism {
      case .vde: directions.append(shaping.outgoing)
      case .endNode:
        let address = other.interface.address
        let transit =
          shaping.transits.first { $0.neighbours?.contains(address) == true }
          ?? shaping.transits.first { $0.neighbours == nil }
        if let transit { directions.append(transit.shaping) }
      }
    }
    if let shaping = other.interface.shaping, shaping.mechanism == .vde { directions.append(shaping.incoming) }
    // With the Ethernet header.
    let bits = Double((size + 14) * 8)
    let times = directions.map { $0.delayMilliseconds + ($0.kilobitsPerSecond.map { bits / $0 } ?? 0) }
    let rate = directions.compactMap(\.kilobitsPerSecond).min()
    return (times.reduce(0, +), 1 - directions.map { 1 - $0.loss }.reduce(1, *), rate)
  }
}

extension LinkExpectation {
  /// The largest network of which all pairs are looked at; of larger ones, each member and the next.
  private static let greatestMesh = 6

  /// What is asked of the networks of an experiment, in the order of their first host. Ghosts don't answer.
  static func all(_ manifests: [HostManifest]) -> [Self] {
    var order: [String] = []
    var members: [String: [PlacedInterface]] = [:]
    for (host, manifest) in manifests.enumerated() {
      let sizes = Dictionary(
        manifest.substrates.map { ($0.name, $0.packetSize(between: HostProcesses.linkSize)) }
      ) { first, _ in first }
      for node in manifest.nodes {
        for interface in node.interfaces {
          if members[interface.substrate] == nil { order.append(interface.substrate) }
          members[interface.substrate, default: []].append(
            PlacedInterface(
              host: host, node: node.name, isGhost: node.isGhost, isMachine: node.kind == .qemu,
              interface: interface,
              mtu: sizes[interface.substrate] ?? 1500))
        }
      }
    }
    return order.flatMap { name in pairs(of: (members[name] ?? []).filter { !$0.isGhost }, name) }
  }

  private static func pairs(of members: [PlacedInterface], _ name: String) -> [Self] {
    var pairs: [(Int, Int)] = []
    if members.count <= greatestMesh {
      for one in members.indices { for other in members.indices.dropFirst(one + 1) { pairs.append((one, other)) } }
    } else {
      pairs = members.indices.map { ($0, ($0 + 1) % members.count) }
    }
    return pairs.compactMap { one, other in
      var (one, other) = (members[one], members[other])
      // A virtual machine is asked rather than asks: it would be slower, and can't tell rates.
      if one.isMachine, !other.isMachine { (one, other) = (other, one) }
      let (there, back) = (one.way(to: other, size: smallSize), other.way(to: one, size: smallSize))
      let mtu = min(one.mtu, other.mtu)
      let loss = 1 - (1 - there.loss) * (1 - back.loss)
      // A node that is on a network twice answers itself; where all is lost there is nothing to be seen.
      guard one.node != other.node, loss < 1 else { return nil }
      return Self(
        name: name, host: one.host, from: one.node, to: other.node, source: one.interface.address,
        target: other.interface.address, mtu: mtu, milliseconds: there.milliseconds + back.milliseconds,
        fullMilliseconds: one.way(to: other, size: mtu).milliseconds + other.way(to: one, size: mtu).milliseconds,
        loss: loss, kilobitsPerSecond: [there.rate, back.rate].compactMap(\.self).min(),
        machineCount: [one, other].count(where: \.isMachine))
    }
  }
}
