internal import HostManifests
internal import Planning
internal import TopologyModel

extension ManifestSource {
  /// The files of one host: its manifest, the routes of its nodes, what its hypervisors hold, its switches, and what
  /// emitters make of these.
  func files(of index: Int, for emitters: [Emitter]) -> [EmittedFile] {
    let embedding = experiment.embedding
    let host = embedding.hosts[index]
    let manifest = manifest(of: index)
    let switches = HostSwitches(ofHost: index, in: experiment)
    var files = [EmittedFile("manifests/\(host.name).json", manifest.json)]
    files += manifest.nodes.map { EmittedFile("route/\($0.name)", $0.routeCommands) }
    for hypervisor in embedding.hypervisors(of: index) {
      let names = hypervisor.computers.map { "\(embedding.topology.computers[$0].name)\n" }
      files.append(EmittedFile("children/\(host.name)/\(hypervisor.kind.rawValue)", text: names.joined()))
    }
    for (number, each) in switches.switches.enumerated() {
      files.append(EmittedFile("switch/\(host.name)/\(HostSwitches.name(at: number)).rc", text: each.startupFile))
    }
    guard !emitters.isEmpty else { return files }
    let plan = HostPlan(index, manifest, switches, in: self)
    return files + emitters.flatMap { $0.files(of: plan) }
  }
}

extension ManifestNode {
  /// `route/NODE`: the commands that make its routes, for `ip -batch`.
  fileprivate var routeCommands: [UInt8] {
    var bytes: [UInt8] = []
    for route in routes {
      for destination in route.destinations {
        bytes.append(contentsOf: "route add ".utf8)
        bytes.append(contentsOf: destination.utf8)
        bytes.append(contentsOf: " via ".utf8)
        bytes.append(contentsOf: route.gateway.utf8)
        bytes.append(UInt8(ascii: "\n"))
      }
    }
    return bytes
  }
}

/// What starts the nodes of one kind on a host.
struct Hypervisor {
  /// The kind of the nodes.
  var kind: ContainerKind
  /// Its name in status reports, such as `hv:qemu:pnode-0000`.
  var name: String
  /// The nodes: indices in ``Topology/computers``.
  var computers: [Int]
}

extension Embedding {
  /// The hypervisors of a host, in the order of their kinds.
  func hypervisors(of index: Int) -> [Hypervisor] {
    let host = hosts[index]
    return host.kinds.map { kind in
      Hypervisor(
        kind: kind, name: "hv:\(kind.rawValue):\(host.name)",
        computers: host.computers.filter { topology.computers[$0].kind == kind })
    }
  }
}

extension HostSwitches {
  /// The name of the switch at a position.
  static func name(at position: Int) -> String { "switch-\(position)" }
}
