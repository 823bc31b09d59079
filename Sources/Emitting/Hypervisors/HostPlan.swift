internal import HostManifests
internal import Planning
internal import TopologyModel

/// What emitters know of a host: its manifest, and what its networks need there.
struct HostPlan {
  /// What the host is told.
  let manifest: HostManifest
  /// The networks of its nodes, in the order of ``HostManifest/substrates``.
  let networks: [HostNetwork]
  /// The VDE switches of the host.
  let switches: HostSwitches
  /// The interfaces of each node, in the order of the manifest: indices in ``Topology/interfaces``.
  let interfaces: [Range<Int>]
  private let embedding: Embedding

  /// The memory in MB of machines that must have some and where nothing is said.
  static let usualMemory = 512
  /// The bridge, on every host, to the control network: the site's.
  static let controlBridge = "control"

  /// What is planned for a host.
  ///
  /// - Parameters:
  ///   - index: An index in ``Embedding/hosts``.
  ///   - manifest: Its manifest.
  ///   - switches: Its switches.
  ///   - source: What manifests are made from.
  init(_ index: Int, _ manifest: HostManifest, _ switches: HostSwitches, in source: ManifestSource) {
    let embedding = source.experiment.embedding
    self.manifest = manifest
    self.embedding = embedding
    self.switches = switches
    interfaces = embedding.hosts[index].computers.map { embedding.topology.computers[$0].interfaces }
    var nodes: [String: Int] = [:]
    for (position, node) in manifest.nodes.enumerated() { nodes[node.name] = position }
    let crossings = source.crossings(of: index)
    var number = 0
    networks = manifest.substrates.enumerated().map { position, substrate in
      let members = substrate.members.compactMap { member -> HostNetwork.Member? in
        guard let node = nodes[member.node],
          let port = manifest.nodes[node].interfaces.firstIndex(where: { $0.name == member.interface }),
          // An interface that is on several networks is plugged into its first.
          manifest.nodes[node].interfaces[port].substrate == substrate.name
        else { return nil }
        return HostNetwork.Member(node: node, port: port)
      }
      let tunnels = crossings[position].map { source.tunnels(of: $0, from: index, firstNumber: number) } ?? []
      number += tunnels.count
      return HostNetwork(
        substrate: substrate, bridge: "net.\(position)", members: members, tunnels: tunnels,
        hasVirtualMachine: members.contains { manifest.nodes[$0.node].kind == .qemu })
    }
  }

  /// What a node sends goes through, whatever its kind, where nothing but the sender shapes it.
  func transits(ofNode node: Int, port: Int) -> [Transit] {
    embedding.transits(of: interfaces[node].lowerBound + port)
  }

  /// The network of an interface.
  func network(of interface: ManifestInterface) -> HostNetwork? {
    networks.first { $0.substrate.name == interface.substrate }
  }
}

/// A network on a host.
struct HostNetwork {
  /// An interface that is plugged into it.
  struct Member {
    /// An index in ``HostManifest/nodes``.
    var node: Int
    /// An index in ``ManifestNode/interfaces``.
    var port: Int
  }

  /// What the manifest says of it.
  let substrate: ManifestSubstrate
  /// What a bridge for it is called on this host: no computer's name has a point.
  let bridge: String
  /// The interfaces of this host's nodes on it.
  let members: [Member]
  /// The tunnels to its other hosts.
  let tunnels: [HostTunnel]
  /// Whether a virtual machine is on it, on this host.
  let hasVirtualMachine: Bool
}

/// The end of a tunnel on a host.
///
/// A bridge sends a frame that comes from one tunnel into all others, so in a mesh of tunnels frames would go round for
/// ever. The tunnels of a network are therefore a star, from the first of its hosts to each other one. On the first host
/// they have the same identifier, so each has its own port.
struct HostTunnel {
  /// What its device is called on this host.
  let device: String
  /// The VXLAN network identifier.
  let identifier: Int
  /// The UDP port at both ends.
  let port: Int
  /// The address of the other end, on the control network.
  let remote: String

  /// The port of the first tunnel of a network: the one that containerlab takes where none is said.
  ///
  /// > containerlab, `links/link_vxlan.go`: `VxLANDefaultPort`.
  static let firstPort = 14789
}

extension HostTunnel {
  /// The commands that make a tunnel end in a bridge, for `ip -batch`.
  func commands(bridge: String, mtu: Int) -> String {
    """
    link add \(device) type vxlan id \(identifier) dstport \(port) remote \(remote)
    link set dev \(device) mtu \(mtu) master \(bridge) up

    """
  }
}

extension ManifestSource {
  /// Networks that reach more hosts than there are ports, and hosts that tunnels can't reach.
  var tunnelProblems: [String] {
    experiment.embedding.crossings.flatMap { crossing in
      let name = experiment.embedding.topology.substrates[crossing.substrate].name
      guard crossing.hosts.count <= 1 << 16 - HostTunnel.firstPort else {
        return ["\(name) is on \(crossing.hosts.count) hosts: tunnels reach \(1 << 16 - HostTunnel.firstPort)"]
      }
      return crossing.hosts.filter { controlAddress(ofHost: $0) == nil }.map { host in
        "a tunnel of \(name) leads to \(experiment.embedding.hosts[host].name), for which the control network has no "
          + "address left"
      }
    }
  }

  /// The crossing of each network on a host, in the order of its manifest; `nil` for one that the host has to itself.
  fileprivate func crossings(of host: Int) -> [Int?] {
    let topology = experiment.embedding.topology
    let substrates = experiment.embedding.hosts[host].computers.flatMap { computer in
      topology.interfaces[topology.computers[computer].interfaces].flatMap(\.substrates)
    }
    return Set(substrates).sorted().map { crossings[$0] < 0 ? nil : Int(crossings[$0]) }
  }

  /// The ends of a network's tunnels on a host.
  fileprivate func tunnels(of crossing: Int, from host: Int, firstNumber: Int) -> [HostTunnel] {
    let hosts = experiment.embedding.crossings[crossing].hosts
    let identifier = numbering.tunnel(ofCrossing: crossing)
    let others = host == hosts[0] ? Array(hosts.indices.dropFirst()) : [hosts.firstIndex(of: host) ?? 0]
    return others.enumerated().compactMap { position, spoke in
      guard let remote = controlAddress(ofHost: host == hosts[0] ? hosts[spoke] : hosts[0]) else { return nil }
      return HostTunnel(
        device: "vx.\(firstNumber + position)", identifier: identifier, port: HostTunnel.firstPort + spoke - 1,
        remote: remote)
    }
  }
}
