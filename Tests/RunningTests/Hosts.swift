import HostManifests

@testable import Running

extension HostCapabilities {
  /// A host that can do everything but what is named.
  static func all(netem: Bool = true, tokenBucket: Bool = true, tap: Bool = true, vxlan: Bool = true) -> Self {
    Self(
      isPrivileged: true, ownMounts: true, veth: true, bridge: true, vxlan: vxlan, netem: netem,
      tokenBucket: tokenBucket,
      hierarchicalTokenBucket: true, tap: tap, overlay: true, controlGroups: .v2, kvmDevice: false)
  }
}

extension HostManifest {
  /// A host of some nodes on one network, `10.0.0.0/24`.
  static func host(
    _ count: Int, shaping: InterfaceShaping? = nil, tunnel: ManifestSubstrate.Tunnel? = nil, isGhost: Bool = false
  ) -> Self {
    let nodes = (0..<count).map { index in
      ManifestNode(
        name: "n-\(index)", kind: .openvz, image: nil, operatingSystem: nil, architecture: nil, memoryMegabytes: nil,
        diskMegabytes: nil, isGhost: isGhost, startCommand: nil, packages: [],
        control: ControlInterface(mac: "06:00:00:00:00:0\(index)", address: "192.168.\(index >> 8).\(index & 255 + 2)"),
        interfaces: [
          ManifestInterface(
            name: "inf000", mac: "02:00:00:00:00:0\(index)", address: "10.0.\(index >> 8).\(index & 255 + 1)",
            prefixLength: 24,
            substrate: "lan", shaping: shaping)
        ],
        routes: [ManifestRoute(gateway: "10.0.0.1", interface: "inf000", destinations: ["10.0.1.0/24"])])
    }
    return HostManifest(
      project: "P1", experiment: "e1",
      host: ManifestHost(
        name: "pnode-0000", partition: "0", hardwareTypes: [], operatingSystem: nil, capabilities: [],
        templateDirectories: []),
      control: ControlNetwork(network: "192.168.0.0/16", address: "192.168.0.1"), nodes: nodes,
      substrates: [
        ManifestSubstrate(
          name: "lan", network: "10.0.0.0/24", mtu: 1500,
          members: (0..<count).map { ManifestSubstrate.Member(node: "n-\($0)", interface: "inf000") }, tunnel: tunnel)
      ], names: [], namesAreComplete: true)
  }
}

extension InterfaceShaping {
  /// Shaping in a node.
  static func inNode(_ delay: Double, loss: Double = 0, rate: Double? = nil, neighbours: [String]? = nil) -> Self {
    let half = Direction(delayMilliseconds: delay / 2, loss: 0, kilobitsPerSecond: rate)
    let whole = Direction(delayMilliseconds: delay, loss: loss, kilobitsPerSecond: rate)
    let others = Transit(shaping: half, neighbours: nil)
    return Self(
      mechanism: .endNode, outgoing: half, incoming: half,
      transits: [Transit(shaping: whole, neighbours: neighbours)] + (neighbours == nil ? [] : [others]))
  }

  /// Shaping between node and network.
  static func atSwitch(_ delay: Double, rate: Double? = nil) -> Self {
    let half = Direction(delayMilliseconds: delay, loss: 0, kilobitsPerSecond: rate)
    return Self(mechanism: .vde, outgoing: half, incoming: half, transits: [])
  }
}
