internal import Foundation
internal import HostManifests
internal import Swapping
internal import Testbed
internal import XMLRPC

/// What is known of an experiment, as the structs that Emulab's clients expect.
struct ExperimentFacts: Sendable {
  var name: ExperimentName
  /// Its state.
  var word: String
  var manifests: [HostManifest]
  var report: ExperimentReport
  var record: ExperimentRecord
  /// Its directory.
  var path: String
  /// The script's `opt` array, which program agents find in their environment.
  var environment: [(name: String, value: String)] = []

  /// What the qualified names of its nodes end with.
  var suffix: String { "\(name.experiment).\(name.project)" }

  /// Its nodes, each with its host.
  var nodes: [(node: ManifestNode, host: ManifestHost)] {
    manifests.flatMap { manifest in manifest.nodes.map { ($0, manifest.host) } }
  }

  private func requireActive() throws(EmulabProblem) {
    guard report.state == .active else { throw EmulabProblem(.error, "Experiment is not active!", value: 1) }
  }

  /// Where each node is; its host stands for the physical node.
  func mapping() throws(EmulabProblem) -> XMLRPCValue {
    try requireActive()
    let states = Dictionary(report.nodes.map { ($0.name, $0.state) }) { first, _ in first }
    let members = nodes.map { node, host -> (String, XMLRPCValue) in
      let isHost = node.kind.rawValue == "embedded_pnode"
      return (
        node.name,
        [
          "name": .string(node.name), "node": .string(host.name), "type": .string(node.kind.rawValue),
          "pnode": .string(Self.machine), "osid": .string(node.operatingSystem ?? host.operatingSystem ?? ""),
          "status": .string((states[node.name] ?? nil) == "dead" ? "down" : "up"),
          "erole": .string(isHost ? "node" : "virtnode"),
        ]
      )
    }
    return .structure(Dictionary(members) { first, _ in first })
  }

  /// The host and kind of each container, as DETER has it.
  var containerMapping: XMLRPCValue {
    let members = nodes.filter { $0.node.kind.rawValue != "embedded_pnode" }.map {
      node, host -> (String, XMLRPCValue) in
      (node.name, ["vnode": .string(host.name), "node_type": .string(node.kind.rawValue)])
    }
    return .structure(Dictionary(members) { first, _ in first })
  }

  /// The hosts: what they are asked to be, and the machine that they are on.
  func physical() throws(EmulabProblem) -> XMLRPCValue {
    try requireActive()
    let members = manifests.map { manifest -> (String, XMLRPCValue) in
      (
        manifest.host.name,
        [
          "name": .string(manifest.host.name), "pnode": .string(Self.machine),
          "type": .string(manifest.host.hardwareTypes.joined(separator: ",")),
          "osid": .string(manifest.host.operatingSystem ?? ""),
        ]
      )
    }
    return .structure(Dictionary(members) { first, _ in first })
  }

  /// The name of this machine.
  private static var machine: String { ProcessInfo.processInfo.hostName }

  /// An interface of a node: its member's name, and both directions of its shaping.
  struct Member {
    var node: String
    var port: Int
    var interface: ManifestInterface

    /// `NODE:PORT`.
    var name: String { "\(node):\(port)" }
    /// From the node to the middle of the network.
    var outgoing: InterfaceShaping.Direction { interface.shaping?.outgoing ?? Self.unshaped }
    /// From there to the node.
    var incoming: InterfaceShaping.Direction { interface.shaping?.incoming ?? Self.unshaped }
    /// Such as `255.255.255.0`.
    var mask: String {
      let bits = ~UInt64(0) << UInt64(32 - interface.prefixLength)
      return [24, 16, 8, 0].map { "\((bits >> UInt64($0)) & 255)" }.joined(separator: ".")
    }

    private static let unshaped = InterfaceShaping.Direction(delayMilliseconds: 0, loss: 0, kilobitsPerSecond: nil)
  }

  /// All interfaces on networks, by network.
  var members: [Member] {
    let all = nodes.flatMap { node, _ in
      node.interfaces.enumerated().map { Member(node: node.name, port: $0, interface: $1) }
    }
    return all.enumerated().sorted { one, other in
      (one.element.interface.substrate, one.offset) < (other.element.interface.substrate, other.offset)
    }.map(\.element)
  }

  /// The interfaces by `NODE:PORT`.
  var links: XMLRPCValue {
    let structures = members.map { member -> (String, XMLRPCValue) in
      (
        member.name,
        [
          "name": .string(member.interface.substrate), "member": .string(member.name),
          "ipaddr": .string(member.interface.address), "mask": .string(member.mask),
          "delay": .double(member.outgoing.delayMilliseconds),
          "bandwidth": .int(Int(member.outgoing.kilobitsPerSecond ?? 0)), "plr": .double(member.outgoing.loss),
          "r_delay": .double(member.incoming.delayMilliseconds),
          "r_bandwidth": .int(Int(member.incoming.kilobitsPerSecond ?? 0)), "r_plr": .double(member.incoming.loss),
        ]
      )
    }
    return .structure(Dictionary(structures) { first, _ in first })
  }

  /// The topology that was asked for: nodes, and their interfaces.
  var virtualTopology: XMLRPCValue {
    let nodes = nodes.map { node, _ -> (String, XMLRPCValue) in
      let addresses = node.interfaces.enumerated().map { "\($0):\($1.address)" }
      return (
        node.name,
        [
          "vname": .string(node.name), "type": .string(node.kind.rawValue),
          "osname": .string(node.operatingSystem ?? ""), "cmd_line": .string(node.startCommand ?? ""),
          "ips": .string(addresses.joined(separator: " ")),
        ]
      )
    }
    return [
      "pid": .string(name.project), "eid": .string(name.experiment),
      "nodes": .structure(Dictionary(nodes) { first, _ in first }), "lans": links,
    ]
  }

  /// The row that Emulab's database would have.
  var metadata: XMLRPCValue {
    [
      "pid": .string(name.project), "gid": .string(record.group ?? name.project), "eid": .string(name.experiment),
      "expt_name": .string(record.description), "expt_head_uid": .string(record.creator),
      "expt_created": .string(record.created), "state": .string(word), "path": .string(path),
      "batchmode": record.isBatch ? 1 : 0, "swappable": record.isSwappable ? 1 : 0,
      "noswap_reason": .string(record.noSwapReason), "idleswap": record.idleSwapMinutes > 0 ? 1 : 0,
      "idleswap_timeout": .int(record.idleSwapMinutes), "noidleswap_reason": .string(record.noIdleSwapReason),
      "autoswap": record.greatestDurationMinutes > 0 ? 1 : 0,
      "autoswap_timeout": .int(record.greatestDurationMinutes), "minimum_nodes": .int(manifests.count),
      "maximum_nodes": .int(manifests.count),
      "user_environment": .array(environment.map { ["name": .string($0.name), "value": .string($0.value)] }),
    ]
  }
}
