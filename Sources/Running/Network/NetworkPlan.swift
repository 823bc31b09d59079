public import HostManifests

/// How a host's networks are wired: commands for `ip` and `tc`, TAP interfaces to open, and ways for the relay.
///
/// Two nodes of the host on a network of their own are joined directly. Other networks are a bridge, with a tunnel to
/// other hosts where they go on there.
struct NetworkPlan {
  /// Where a TAP interface is made.
  enum Place: Hashable {
    /// In a node, by its index in the manifest.
    case node(Int)
    /// On the host.
    case host
  }

  /// A TAP interface.
  struct Tap {
    var place: Place
    var name: String
  }

  /// A way through the relay, by indices of ``taps``.
  struct Path {
    var source: Int
    var target: Int
    var lanes: [InterfaceShaping.Direction]
    var neighbours: [UInt32: Int]
  }

  /// What the plan depends on beside the manifest.
  struct Circumstances {
    /// The process of each node, whose network namespace is the node's.
    var processes: [Int32]
    var capabilities: HostCapabilities
    /// The interface that leads to other hosts; `nil` where there is none.
    var uplink: String?
    /// The addresses of other hosts, by name.
    var peers: [String: String] = [:]
    /// The largest packet between hosts in bytes; `nil` for what the manifest supposes.
    var underlayPacketSize: Int?
  }

  /// TAP interfaces, opened before all else.
  private(set) var taps: [Tap] = []
  /// The relay's ways; each with the one back right before or after it.
  private(set) var paths: [Path] = []
  /// For `ip`, on the host.
  private(set) var hostCommands: [String] = []
  /// For `ip`, in each node.
  var nodeCommands: [[String]]
  /// For `tc`, on the host.
  private(set) var hostShaping: [String] = []
  /// For `tc`, in each node.
  private(set) var nodeShaping: [[String]]

  /// The bridge of the control network.
  static let controlBridge = "control"
  /// The interface of a node on the control network.
  static let controlInterface = "control"
  /// A bridge of the kernel has up to 1023 ports; some are for the bridges that take the rest.
  private static let portCount = 1000
  private static let tunnelPort = 4789

  let manifest: HostManifest
  let circumstances: Circumstances
  /// The index of each node, and of its interfaces, by name.
  private let places: [String: (node: Int, interfaces: [String: Int])]

  /// A plan.
  ///
  /// - Throws: What the host can't do.
  init(_ manifest: HostManifest, _ circumstances: Circumstances) throws(RunningError) {
    self.manifest = manifest
    self.circumstances = circumstances
    nodeCommands = manifest.nodes.map { _ in [] }
    nodeShaping = nodeCommands
    places = Dictionary(
      manifest.nodes.enumerated().map { index, node in
        let interfaces = node.interfaces.enumerated().map { ($1.name, $0) }
        return (node.name, (index, Dictionary(interfaces) { first, _ in first }))
      }
    ) { first, _ in first }
    planControl()
    for index in manifest.substrates.indices { try plan(index) }
    for index in manifest.nodes.indices { planNode(index) }
  }

  // MARK: Control network

  private mutating func planControl() {
    let bridge = Self.controlBridge
    // A bridge takes the size of its smallest port, unless another is set once it is there.
    hostCommands += [Self.bridgeCommand(bridge, mtu: 1500), "link set dev \(bridge) mtu 9000"]
    if let uplink = circumstances.uplink { attach(uplink, to: bridge, mtu: 9000) }
    if let address = manifest.control.address {
      hostCommands.append("address add \(address)/\(prefixLength(of: manifest.control.network)) dev \(bridge)")
    }
    hostCommands.append("link set dev \(bridge) up")
    for (index, node) in manifest.nodes.enumerated() {
      guard let control = node.control else { continue }
      let name = "c\(index)"
      hostCommands.append(
        "link add name \(name) type veth peer name \(Self.controlInterface)"
          + "\(isMachine(index) ? "" : " address \(control.mac)") netns \(circumstances.processes[index])")
      attach(name, to: bridge, mtu: 9000)
      if isMachine(index) { continue }
      if let address = control.address {
        nodeCommands[index].append(
          "address add \(address)/\(prefixLength(of: manifest.control.network)) dev \(Self.controlInterface)")
      }
      nodeCommands[index].append("link set dev \(Self.controlInterface) up")
    }
  }

  private func prefixLength(of network: String) -> String { String(network.drop { $0 != "/" }.dropFirst()) }

  // MARK: Networks

  private struct Member {
    var node: Int
    var interface: ManifestInterface
    /// The interface's number on the node.
    var number: Int
    var shape: TrafficShape
  }

  private mutating func plan(_ index: Int) throws(RunningError) {
    let substrate = manifest.substrates[index]
    var members: [Member] = []
    for member in substrate.members {
      guard let place = places[member.node], let number = place.interfaces[member.interface] else {
        throw RunningError("network \(substrate.name) has a member \(member.node) \(member.interface) that isn't there")
      }
      let interface = manifest.nodes[place.node].interfaces[number]
      let shape = try TrafficShape(interface, on: circumstances.capabilities)
      members.append(Member(node: place.node, interface: interface, number: number, shape: shape))
    }
    if substrate.tunnel == nil, members.count == 2, members[0].node != members[1].node,
      join(members[0], members[1], mtu: substrate.mtu)
    {
      return
    }
    try bridge(members, of: substrate, index)
  }

  /// Joins two nodes directly.
  ///
  /// - Returns: Whether that can be done, with their shapes.
  private mutating func join(_ one: Member, _ other: Member, mtu: Int) -> Bool {
    switch (one.shape, other.shape) {
    case (.relay(let outgoing, nil), .relay(let incoming, nil)):
      let first = tap(.node(one.node), one.interface.name)
      let second = tap(.node(other.node), other.interface.name)
      path(from: first, to: second, outgoing)
      path(from: second, to: first, incoming)
      for member in [one, other] { addLink(member, mtu) }
      return true
    case (.none, .none), (.kernel(_, nil), .none), (.none, .kernel(_, nil)), (.kernel(_, nil), .kernel(_, nil)):
      hostCommands.append(
        "link add name \(one.interface.name) mtu \(mtu)\(address(of: one)) "
          + "netns \(circumstances.processes[one.node]) type veth peer name \(other.interface.name) "
          + "mtu \(mtu)\(address(of: other)) netns \(circumstances.processes[other.node])")
      for member in [one, other] { shapeOutgoing(member) }
      return true
    default: return false
    }
  }

  private mutating func bridge(_ members: [Member], of substrate: ManifestSubstrate, _ index: Int) throws(RunningError)
  {
    let bridge = "b\(index)"
    let mtu = substrate.packetSize(between: circumstances.underlayPacketSize)
    hostCommands.append(Self.bridgeCommand(bridge, mtu: mtu))
    for member in members {
      let port = "\(member.node)i\(member.number)"
      switch member.shape {
      case .relay(let outgoing, let incoming):
        let inside = tap(.node(member.node), member.interface.name)
        let outside = tap(.host, "t\(port)")
        path(from: inside, to: outside, outgoing)
        path(from: outside, to: inside, incoming.map { [.init(shaping: $0, neighbours: nil)] } ?? [])
        addLink(member, mtu)
        hostCommands.append("link set dev t\(port) mtu \(mtu)")
        attach("t\(port)", to: bridge, mtu: mtu)
      case .kernel, .none:
        hostCommands.append(
          "link add name v\(port) mtu \(mtu) type veth peer name \(member.interface.name) "
            + "mtu \(mtu)\(address(of: member)) netns \(circumstances.processes[member.node])")
        attach("v\(port)", to: bridge, mtu: mtu)
        shapeOutgoing(member)
        if case .kernel(_, let incoming?) = member.shape {
          hostShaping.append(incoming.queueingDiscipline(on: "v\(port)"))
        }
      }
    }
    if let tunnel = substrate.tunnel { try add(tunnel, to: bridge, of: substrate, index) }
    hostCommands.append("link set dev \(bridge) up")
  }

  private mutating func add(
    _ tunnel: ManifestSubstrate.Tunnel, to bridge: String, of substrate: ManifestSubstrate, _ index: Int
  ) throws(RunningError) {
    guard circumstances.capabilities.vxlan else {
      throw RunningError("network \(substrate.name) crosses hosts, and this kernel has no vxlan")
    }
    guard let address = manifest.control.address else {
      throw RunningError("network \(substrate.name) crosses hosts, and this one has no address on the control network")
    }
    let name = "x\(index)"
    let mtu = substrate.packetSize(between: circumstances.underlayPacketSize)
    hostCommands.append(
      "link add name \(name) mtu \(mtu) type vxlan id \(tunnel.identifier) local \(address) "
        + "dstport \(Self.tunnelPort)")
    attach(name, to: bridge, mtu: mtu)
    for host in tunnel.hosts {
      guard let peer = circumstances.peers[host] else {
        throw RunningError(
          "network \(substrate.name) goes on on \(host), whose address isn't known: name it in --peers")
      }
      // What isn't known to be elsewhere goes to all: each host sends its own copies.
      tunnelTargets.append("fdb append 00:00:00:00:00:00 dev \(name) dst \(peer)")
    }
  }

  /// For `bridge`: where tunnels lead.
  private(set) var tunnelTargets: [String] = []

  // MARK: Parts

  static func bridgeCommand(_ name: String, mtu: Int) -> String {
    "link add name \(name) mtu \(mtu) type bridge stp_state 0 forward_delay 0 mcast_snooping 0"
  }

  /// How many ports each network has by now.
  private var portCounts: [String: Int] = [:]

  /// Makes an interface a port of a bridge; of another that is joined to it where it is full.
  private mutating func attach(_ port: String, to bridge: String, mtu: Int) {
    let number = portCounts[bridge, default: 0]
    portCounts[bridge] = number + 1
    let part = number / Self.portCount
    var place = bridge
    if part > 0 {
      place = "\(bridge)p\(part)"
      if number.isMultiple(of: Self.portCount) {
        hostCommands += [
          Self.bridgeCommand(place, mtu: mtu),
          "link add name \(place)a mtu \(mtu) type veth peer name \(place)b mtu \(mtu)",
          "link set dev \(place)a master \(bridge) up", "link set dev \(place)b master \(place) up",
          "link set dev \(place) up",
        ]
      }
    }
    hostCommands.append("link set dev \(port) master \(place) up")
  }

  private mutating func tap(_ place: Place, _ name: String) -> Int {
    taps.append(Tap(place: place, name: name))
    return taps.count - 1
  }

  private mutating func path(from source: Int, to target: Int, _ transits: [InterfaceShaping.Transit]) {
    let special = transits.filter { $0.neighbours != nil }
    let rest =
      transits.first { $0.neighbours == nil }?.shaping
      ?? .init(
        delayMilliseconds: 0, loss: 0, kilobitsPerSecond: nil)
    var neighbours: [UInt32: Int] = [:]
    for (lane, transit) in special.enumerated() {
      for address in transit.neighbours ?? [] { neighbours[IPv4.number(address) ?? 0] = lane }
    }
    paths.append(Path(source: source, target: target, lanes: special.map(\.shaping) + [rest], neighbours: neighbours))
  }

  private mutating func addLink(_ member: Member, _ mtu: Int) {
    nodeCommands[member.node].append("link set dev \(member.interface.name) mtu \(mtu)\(address(of: member))")
  }

  /// The MAC address of a member, for `ip`: in a virtual machine's namespace it is that of the card, which is on the other
  /// side of the interface.
  private func address(of member: Member) -> String {
    isMachine(member.node) ? "" : " address \(member.interface.mac)"
  }

  private mutating func shapeOutgoing(_ member: Member) {
    guard case .kernel(let outgoing?, _) = member.shape else { return }
    nodeShaping[member.node].append(outgoing.queueingDiscipline(on: member.interface.name))
  }

  private mutating func planNode(_ index: Int) {
    let node = manifest.nodes[index]
    if isMachine(index) { return planMachine(index) }
    for interface in node.interfaces {
      nodeCommands[index].append("address add \(interface.address)/\(interface.prefixLength) dev \(interface.name)")
      // A ghost's interfaces are there, and nothing passes them until it is started.
      if !node.isGhost { nodeCommands[index].append("link set dev \(interface.name) up") }
    }
    if !node.isGhost { nodeCommands[index] += startCommands(of: index) }
  }

  /// What is left to be done in a ghost when it is started.
  func ghostCommands(of index: Int) -> [String] {
    if isMachine(index) { return [] }
    return manifest.nodes[index].interfaces.map { "link set dev \($0.name) up" } + startCommands(of: index)
  }

  /// What makes addresses and routes of a node what they were when it was made: its interfaces outlive its processes.
  func resettingCommands(of index: Int) -> [String] {
    let node = manifest.nodes[index]
    let names = node.interfaces.map(\.name) + (node.control == nil ? [] : [Self.controlInterface])
    return names.flatMap { ["link set dev \($0) down", "address flush dev \($0)"] } + nodeCommands[index]
      + (node.isGhost ? ghostCommands(of: index) : [])
  }

  private func startCommands(of index: Int) -> [String] {
    manifest.nodes[index].routes.flatMap { route in
      route.destinations.map { "route add \($0) via \(route.gateway) dev \(route.interface)" }
    }
  }
}

extension ManifestSubstrate {
  /// The largest packet in bytes that all members can pass on.
  ///
  /// - Parameter underlay: The largest packet between hosts, where more is known than the manifest supposes: a tunnel's
  ///   headers take 50 bytes of it (RFC 7348).
  /// - Returns: That of the manifest at least.
  public func packetSize(between underlay: Int?) -> Int {
    guard tunnel != nil, let underlay else { return mtu }
    return max(mtu, min(1500, underlay - 50))
  }
}
