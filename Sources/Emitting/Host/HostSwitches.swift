internal import Planning
internal import TopologyModel

/// The VDE switches of a host: a VLAN for each network, a port for each interface that is plugged into a switch, and a
/// delay element before each interface that is shaped there.
///
/// A shaped interface is plugged into a VLAN of its own, and a delay element leads from there to the network's VLAN:
///
///     node ── port ┐ VLAN 2            VLAN 1 ┌ port ── another node
///                  └ port ── wirefilter ── port ┘
struct HostSwitches {
  /// What is plugged into a port.
  enum Use: String {
    /// A node's interface.
    case node
    /// The end of a delay element that is the node's.
    case delayFromNode = "delay-from-node"
    /// The end of a delay element that is the network's.
    case delayFromNetwork = "delay-from-network"
    /// What joins the network to members outside the switch: on other hosts, or plugged into none.
    case outside
  }

  /// A port of a switch.
  struct Port {
    var number: Int
    var vlan: Int
    var use: Use
    /// The network: an index in ``Topology/substrates``.
    var substrate: Int
    /// The interface it is for; `nil` for what leads outside.
    var interface: Int?
  }

  /// A delay element.
  struct DelayElement {
    var interface: Int
    var substrate: Int
    /// The port towards the node.
    var left: Int
    /// The port towards the network.
    var right: Int
    var shaping: MemberShaping
  }

  /// A switch.
  struct Switch {
    var ports: [Port] = []
    var delayElements: [DelayElement] = []
    var vlanCount = 0
  }

  /// The switches: one, unless its VLANs don't suffice.
  private(set) var switches: [Switch] = []

  /// How many VLANs a switch has, besides the one that ports are in at first.
  ///
  /// > VDE 2, `vde_switch`: VLAN numbers have 12 bits, of which the last is reserved.
  private static let greatestVLAN = 4094

  /// Plans the switches of a host.
  ///
  /// - Parameters:
  ///   - host: An index in ``Embedding/hosts``.
  ///   - experiment: The experiment.
  init(ofHost host: Int, in experiment: Experiment) {
    let embedding = experiment.embedding
    let kinds = experiment.site.switchedContainers
    let plugged = embedding.hosts[host].computers.filter { embedding.isSwitched($0, kinds: kinds) }
    var members: [(substrate: Int, interface: Int)] = []
    for computer in plugged {
      for interface in embedding.topology.computers[computer].interfaces {
        for substrate in embedding.topology.interfaces[interface].substrates { members.append((substrate, interface)) }
      }
    }
    members.sort { ($0.substrate, $0.interface) < ($1.substrate, $1.interface) }
    var first = members.startIndex
    while first < members.endIndex {
      let substrate = members[first].substrate
      var last = first + 1
      while last < members.endIndex, members[last].substrate == substrate { last += 1 }
      add(substrate, members[first..<last].map(\.interface), in: embedding)
      first = last
    }
  }

  /// Adds a network with its interfaces that are plugged in.
  private mutating func add(_ substrate: Int, _ interfaces: [Int], in embedding: Embedding) {
    let shapings = interfaces.map { interface in
      let isDelayed = embedding.shaping.mechanisms[embedding.incidence.computer(of: interface)] == .vde
      return isDelayed && embedding.isShaped(interface) ? embedding.memberShaping(of: interface) : nil
    }
    let vlans = 1 + shapings.count { $0 != nil }
    if switches.isEmpty || (switches.last?.vlanCount ?? 0) + vlans > Self.greatestVLAN { switches.append(Switch()) }
    var current = switches.removeLast()
    func plug(_ use: Use, vlan: Int, _ interface: Int?) -> Int {
      let number = current.ports.count + 1
      current.ports.append(Port(number: number, vlan: vlan, use: use, substrate: substrate, interface: interface))
      return number
    }
    current.vlanCount += 1
    let network = current.vlanCount
    for (interface, shaping) in zip(interfaces, shapings) {
      guard let shaping else {
        _ = plug(.node, vlan: network, interface)
        continue
      }
      current.vlanCount += 1
      let own = current.vlanCount
      _ = plug(.node, vlan: own, interface)
      let left = plug(.delayFromNode, vlan: own, interface)
      let right = plug(.delayFromNetwork, vlan: network, interface)
      current.delayElements.append(
        DelayElement(interface: interface, substrate: substrate, left: left, right: right, shaping: shaping))
    }
    if embedding.incidence.interfaces(on: substrate).count > interfaces.count {
      _ = plug(.outside, vlan: network, nil)
    }
    switches.append(current)
  }
}

extension Embedding {
  /// Whether a computer's interfaces are plugged into VDE switches, where the site plugs some kinds into them.
  fileprivate func isSwitched(_ computer: Int, kinds: [ContainerKind]) -> Bool {
    guard let kind = topology.computers[computer].kind, kind != .embeddedPnode else { return false }
    return shaping.mechanisms[computer] == .vde || kinds.contains(kind)
  }
}

extension HostSwitches.Switch {
  /// The commands that set the switch up, for its option `-f`.
  var startupFile: String {
    let vlans = (0..<vlanCount).map { "vlan/create \($0 + 1)\n" }
    // A port that isn't allocatable is given to who asks for its number only.
    let plugs = ports.map {
      "port/create \($0.number)\nport/setvlan \($0.number) \($0.vlan)\nport/allocatable \($0.number) 0\n"
    }
    return "port/setnumports \(ports.count + 1)\n" + vlans.joined() + plugs.joined()
  }
}

extension HostSwitches.DelayElement {
  /// The options of `wirefilter`; left to right is from the node to the network.
  var arguments: [String] {
    option("-d", \.milliseconds) + option("-l") { $0.loss * 100 }
      + option("-b") { ($0.kilobitsPerSecond ?? 0) * 125 }
  }

  /// An option with its value for each direction; none where both are 0.
  private func option(_ name: String, _ value: (MemberShaping.Direction) -> Double) -> [String] {
    let values = [("LR", value(shaping.outgoing)), ("RL", value(shaping.incoming))]
    guard values.contains(where: { $0.1 != 0 }) else { return [] }
    return values.filter { $0.1 != 0 }.flatMap { [name, "\($0.0)\(number($0.1))"] }
  }

  /// A number as the program reads it: without an exponent.
  private func number(_ value: Double) -> String {
    if let whole = Int(exactly: value) { return String(whole) }
    let billionths = (value * 1e9).rounded()
    guard let whole = Int(exactly: billionths) else { return String(Int(value.rounded())) }
    let digits = String(whole % 1_000_000_000)
    let padded = String(repeating: "0", count: 9 - digits.count) + digits
    let zeros = padded.reversed().prefix { $0 == "0" }.count
    return zeros == 9 ? "\(whole / 1_000_000_000)" : "\(whole / 1_000_000_000).\(padded.dropLast(zeros))"
  }
}
