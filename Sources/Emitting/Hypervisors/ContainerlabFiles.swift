internal import HostManifests
internal import Planning
internal import TopologyModel

/// A host's containers for containerlab: its topology file, the bridges that this wants to find, names, and shaping.
///
/// A network on which a virtual machine is, on this host, is libvirt's there: containers are plugged into its bridge.
///
/// > containerlab, "Topology definition", "Nodes", "Kinds", "Link impairments"; `links/link_vxlan.go`.
struct ContainerlabFiles {
  /// The files; none for a host that has virtual machines only.
  let files: [EmittedFile]

  /// What containerlab calls by a name that a computer has.
  static func meaning(of name: String) -> String? {
    ["host": "the machine itself", "mgmt-net": "its management network"][name]
  }

  init(_ host: HostPlan) {
    guard host.manifest.nodes.contains(where: { $0.kind != .qemu }) else {
      files = []
      return
    }
    let laboratory = Laboratory(host)
    let name = host.manifest.host.name
    let names = host.manifest.names.map { "\($0.address)\t\($0.names.joined(separator: " "))\n" }
    files = [
      EmittedFile("containerlab/\(name)/bridges", text: laboratory.bridgeCommands),
      EmittedFile("containerlab/\(name)/hosts", text: "127.0.0.1\tlocalhost\n\(names.joined())"),
      EmittedFile("containerlab/\(name)/\(name).clab.yaml", Self.withoutTemplates(laboratory.json)),
      EmittedFile("containerlab/\(name)/shaping.sh", text: laboratory.shapingScript),
    ]
  }

  /// Writes `$` and `{{` as escapes: before containerlab reads a file as YAML, it fills in variables of the environment
  /// and templates.
  ///
  /// Both can be in strings only, where an escape stands for the same.
  private static func withoutTemplates(_ json: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var last: UInt8?
    for byte in json {
      switch (last, byte) {
      case (_, UInt8(ascii: "$")): result.append(contentsOf: "\\u0024".utf8)
      case (UInt8(ascii: "{"), UInt8(ascii: "{")): result.append(contentsOf: "\\u007b".utf8)
      default: result.append(byte)
      }
      last = byte
    }
    return result
  }
}

/// What containerlab makes on a host.
private struct Laboratory {
  private let host: HostPlan
  private let name: String
  private var links: [Link] = []
  /// The bridges that links end in, and whether they are libvirt's.
  private var bridges: [(name: String, mtu: Int, isLibvirts: Bool)] = []

  /// An end of a link.
  private struct Endpoint {
    var node: String
    var interface: String
    var mac: String?
  }

  /// A link, in containerlab's extended format.
  private struct Link {
    var type: StaticString
    var endpoints: [Endpoint]
    var tunnel: HostTunnel?
    var mtu: Int
  }

  init(_ host: HostPlan) {
    self.host = host
    name = "\(host.manifest.project)-\(host.manifest.experiment)"
    for network in host.networks { join(network) }
  }

  // MARK: Links

  private mutating func join(_ network: HostNetwork) {
    let mtu = network.substrate.mtu
    let members = network.members.filter { isMade(host.manifest.nodes[$0.node]) }.map { member in
      let node = host.manifest.nodes[member.node]
      return Endpoint(
        node: node.kind == .embedded ? "host" : node.name, interface: device(of: member.port, of: node),
        mac: node.interfaces[member.port].mac)
    }
    guard !members.isEmpty else { return }
    let tunnels = network.hasVirtualMachine ? [] : network.tunnels
    switch (members.count, tunnels.count) {
    case (1, 0) where !network.hasVirtualMachine: links.append(Link(type: "dummy", endpoints: members, mtu: mtu))
    case (2, 0) where !network.hasVirtualMachine: links.append(Link(type: "veth", endpoints: members, mtu: mtu))
    case (1, 1): links.append(Link(type: "vxlan", endpoints: members, tunnel: tunnels[0], mtu: mtu))
    default:
      bridges.append((network.bridge, mtu, network.hasVirtualMachine))
      for member in members {
        let port = Endpoint(node: network.bridge, interface: "port.\(links.count)")
        links.append(Link(type: "veth", endpoints: [member, port], mtu: mtu))
      }
      for tunnel in tunnels {
        let end = Endpoint(node: network.bridge, interface: tunnel.device)
        links.append(Link(type: "vxlan", endpoints: [end], tunnel: tunnel, mtu: mtu))
      }
    }
  }

  /// Whether containerlab makes a node: it can't make one without starting it.
  private func isMade(_ node: ManifestNode) -> Bool { node.kind != .qemu && !node.isGhost }

  /// What an interface is called where it is: a container's first is that to the management network.
  private func device(of port: Int, of node: ManifestNode) -> String {
    node.kind == .embedded ? "exp.\(port)" : "eth\(port + 1)"
  }

  /// The commands that make the bridges, for `ip -batch`.
  var bridgeCommands: String {
    bridges.filter { !$0.isLibvirts }.map { bridge in
      """
      link add \(bridge.name) type bridge
      link set dev \(bridge.name) mtu \(bridge.mtu) up

      """
    }.joined()
  }

  // MARK: Topology file

  var json: [UInt8] {
    var json = JSONText()
    json.object { json in
      json.line()
      json.field("name", name)
      json.line()
      json.name("mgmt")
      json.object { json in
        json.field("network", FinalTopology.controlNetwork)
        json.field("bridge", HostPlan.controlBridge)
        json.field("ipv4-subnet", host.manifest.control.network)
      }
      json.line()
      json.name("topology")
      json.object { json in
        json.line(indentation: " ")
        json.name("nodes")
        json.object { json in
          for node in host.manifest.nodes where isMade(node) {
            json.line(indentation: "  ")
            json.name(node.name)
            json.object { write(node, to: &$0) }
          }
          for bridge in bridges {
            json.line(indentation: "  ")
            json.name(bridge.name)
            json.object { $0.field("kind", "bridge") }
          }
        }
        json.line(indentation: " ")
        json.name("links")
        json.array(links) { json, link in
          json.line(indentation: "  ")
          json.object { write(link, to: &$0) }
        }
      }
      json.end()
    }
    json.end()
    return json.bytes
  }

  private func write(_ node: ManifestNode, to json: inout JSONText) {
    json.field("kind", node.kind == .embedded ? "host" : "linux")
    if node.kind != .embedded {
      json.field("image", node.image.map(Self.reference) ?? "containerize-\(node.kind.rawValue)")
      json.field("memory", node.memoryMegabytes.map { "\($0)mib" })
      json.field("mgmt-ipv4", node.control?.address)
      json.field("binds", ["hosts:/etc/hosts:ro"])
      json.name("labels")
      json.object { json in
        json.field("containerize.kind", node.kind.rawValue)
        json.field("containerize.image", node.image)
      }
    }
    let commands = commands(of: node)
    if !commands.isEmpty { json.field("exec", commands) }
  }

  private func write(_ link: Link, to json: inout JSONText) {
    func write(_ endpoint: Endpoint, to json: inout JSONText) {
      json.object { json in
        json.field("node", endpoint.node)
        json.field("interface", endpoint.interface)
        json.field("mac", endpoint.mac)
      }
    }
    json.field("type", link.type.description)
    if link.endpoints.count > 1 {
      json.name("endpoints")
      json.array(link.endpoints) { write($1, to: &$0) }
    } else {
      json.name("endpoint")
      for endpoint in link.endpoints { write(endpoint, to: &json) }
    }
    if let tunnel = link.tunnel {
      json.field("remote", tunnel.remote)
      json.field("vni", tunnel.identifier)
      if tunnel.port != HostTunnel.firstPort { json.field("udp-port", tunnel.port) }
    }
    json.field("mtu", link.mtu)
  }

  /// An image as containers' programs name it: what is a name there stays as it is; a path or URL becomes a name, made
  /// of its last part and a number that tells it from others.
  private static func reference(_ image: String) -> String {
    func isName(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) }
    let isReference = image.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      part.unicodeScalars.allSatisfy { isName($0) || "._-".unicodeScalars.contains($0) }
        && part.unicodeScalars.first.map(isName) == true && part.unicodeScalars.last.map(isName) == true
    }
    guard !isReference else { return image }
    let last = image.split(separator: "/").last ?? ""
    let stem = last.lowercased().unicodeScalars.prefix { isName($0) || $0 == "-" || $0 == "." }.split { !isName($0) }
    let name = stem.filter { !["tar", "gz", "tgz", "bz2", "img"].contains(String($0)) }.map { String($0) }
    return "containerize/\((name.isEmpty ? ["image"] : name).joined(separator: "-")):\(Numbering.hash(image))"
  }

  // MARK: Commands

  /// What is done in a node when its links are there.
  private func commands(of node: ManifestNode) -> [String] {
    let addresses = node.interfaces.enumerated().map { port, interface in
      "ip address add \(interface.address)/\(interface.prefixLength) dev \(device(of: port, of: node))"
    }
    let routes = node.routes.flatMap { route in
      route.destinations.map { "ip route add \($0) via \(route.gateway)" }
    }
    return addresses + routes + (node.startCommand.map { [Self.start($0)] } ?? [])
  }

  /// Runs a start command by itself, as containerlab waits for what it runs.
  private static func start(_ command: String) -> String {
    let log = "/var/containers/log"
    let script =
      "mkdir -p \(log); sh -c \"$1\" >\(log)/start_command.out 2>\(log)/start_command.err </dev/null &"
    return "sh -c '\(script)' start_command \(word(command))"
  }

  /// A word for a shell, in which containerlab finds no variable of its own, such as `__clabNodeName__`.
  private static func word(_ text: String) -> String {
    "'\(text.replacing("'", with: #"'\''"#).replacing("__clab", with: "__cl''ab"))'"
  }

  // MARK: Shaping

  /// Shapes what nodes send, for the whole way, once containerlab has made them.
  var shapingScript: String {
    var lines = ["#!/bin/sh -e"]
    for (index, node) in host.manifest.nodes.enumerated() where isMade(node) {
      for port in node.interfaces.indices {
        let transits = host.transits(ofNode: index, port: port)
        guard let usual = transits.first?.shaping, usual.isShaped else { continue }
        let device = device(of: port, of: node)
        let delay = Int((usual.milliseconds * 1000).rounded())
        let loss = (usual.loss * 1e8).rounded() / 1e6
        let rate = usual.kilobitsPerSecond.map { max(1, Int($0.rounded())) }
        if node.kind == .embedded {
          lines.append(
            "tc qdisc replace dev \(device) root netem delay \(delay)us loss \(loss)%"
              + (rate.map { " rate \($0)kbit" } ?? ""))
        } else {
          lines.append(
            "containerlab tools netem set -n clab-\(name)-\(node.name) -i \(device) --delay \(delay)us --loss \(loss)"
              + (rate.map { " --rate \($0)" } ?? ""))
        }
        if transits.count > 1 { lines.append("# that is the way to most; traffic_shaping has the others") }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
