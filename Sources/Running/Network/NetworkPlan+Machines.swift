internal import HostManifests

extension NetworkPlan {
  /// Whether a node is a virtual machine.
  func isMachine(_ index: Int) -> Bool { manifest.nodes[index].kind == .qemu }

  /// The TAP interface of a virtual machine's card: 0 that to the control network, then its interfaces. No interface of a
  /// node has such a name.
  static func machineTap(_ number: Int) -> String { "tap+\(number)" }

  /// Joins the cards of a virtual machine to its interfaces in its namespace, each by a bridge: there they are shaped and
  /// joined to networks as those of all nodes are.
  mutating func planMachine(_ index: Int) {
    let node = manifest.nodes[index]
    var cards = node.interfaces.enumerated().map { number, interface in
      (number: number + 1, interface: interface.name, mtu: packetSize(on: interface.substrate))
    }
    if node.control != nil { cards.insert((0, Self.controlInterface, 1500), at: 0) }
    for card in cards {
      let (tap, bridge) = (Self.machineTap(card.number), "card+\(card.number)")
      nodeCommands[index] += [
        "tuntap add dev \(tap) mode tap", "link set dev \(tap) mtu \(card.mtu)",
        Self.bridgeCommand(bridge, mtu: card.mtu),
        "link set dev \(tap) master \(bridge) up", "link set dev \(card.interface) master \(bridge) up",
        "link set dev \(bridge) up",
      ]
    }
  }

  private func packetSize(on substrate: String) -> Int {
    manifest.substrates.first { $0.name == substrate }?.packetSize(between: circumstances.underlayPacketSize) ?? 1500
  }
}
