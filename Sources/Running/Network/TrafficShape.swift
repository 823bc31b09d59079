internal import HostManifests

/// What does an interface's shaping on this host.
enum TrafficShape: Equatable {
  /// Nothing is to be done.
  case none
  /// The kernel: queueing disciplines on what the node sends, and on what it gets.
  case kernel(outgoing: InterfaceShaping.Direction?, incoming: InterfaceShaping.Direction?)
  /// The relay: what the node sends, by neighbour, and what it gets.
  case relay(outgoing: [InterfaceShaping.Transit], incoming: InterfaceShaping.Direction?)

  /// How an interface is shaped on a host that can do so much.
  ///
  /// - Throws: If it can't be.
  init(_ interface: ManifestInterface, on host: HostCapabilities) throws(RunningError) {
    guard let shaping = interface.shaping else {
      self = .none
      return
    }
    let outgoing: [InterfaceShaping.Transit]
    var incoming: InterfaceShaping.Direction?
    switch shaping.mechanism {
    case .endNode: outgoing = shaping.transits
    case .vde:
      outgoing = [InterfaceShaping.Transit(shaping: shaping.outgoing, neighbours: nil)]
      incoming = shaping.incoming.isNothing ? nil : shaping.incoming
    }
    let directions = outgoing.map(\.shaping) + (incoming.map { [$0] } ?? [])
    let delays = directions.contains { $0.delayMilliseconds > 0 || $0.loss > 0 }
    if directions.allSatisfy(\.isNothing) {
      self = .none
    } else if outgoing.count == 1, outgoing[0].neighbours == nil, delays ? host.netem : host.tokenBucket {
      self = .kernel(outgoing: outgoing[0].shaping.isNothing ? nil : outgoing[0].shaping, incoming: incoming)
    } else if host.tap {
      self = .relay(outgoing: outgoing, incoming: incoming)
    } else {
      throw RunningError(
        "interface \(interface.name) on \(interface.substrate) can't be shaped: there is neither netem in this kernel "
          + "nor a /dev/net/tun for the relay")
    }
  }
}

extension InterfaceShaping.Direction {
  /// Whether it changes nothing.
  var isNothing: Bool { delayMilliseconds == 0 && loss == 0 && kilobitsPerSecond == nil }

  /// How many bytes wait for their turn at most, where a rate holds them back: 50 packets, as at the testbed.
  static let queueBytes = 50 * 1514

  /// The queueing discipline that does it on an interface, as `tc` has it.
  func queueingDiscipline(on interface: String) -> String {
    let rate = kilobitsPerSecond.map { "\(Int(($0 * 1000).rounded()))bit" }
    guard delayMilliseconds > 0 || loss > 0 else {
      // 2 ms at that rate go out at once, so that the kernel's clock doesn't hold it back.
      let burst = max(5000, Int((kilobitsPerSecond ?? 0) * 1000 / 8 / 500))
      return "qdisc add dev \(interface) root tbf rate \(rate ?? "") burst \(burst) limit \(Self.queueBytes + burst)"
    }
    var text = "qdisc add dev \(interface) root netem limit 100000"
    if delayMilliseconds > 0 { text += " delay \(delayMilliseconds)ms" }
    if loss > 0 { text += " loss \(loss * 100)%" }
    if let rate { text += " rate \(rate)" }
    return text
  }
}
