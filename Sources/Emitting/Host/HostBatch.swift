internal import HostManifests
internal import Planning
internal import TopologyModel

extension ManifestSource {
  /// The files of one host: its manifest, the routes of its nodes, what its hypervisors hold, its switches.
  func files(of index: Int) -> [EmittedFile] {
    let embedding = experiment.embedding
    let host = embedding.hosts[index]
    let manifest = manifest(of: index)
    var files = [EmittedFile("manifests/\(host.name).json", manifest.json)]
    for node in manifest.nodes {
      var lines = ""
      for route in node.routes {
        for destination in route.destinations {
          lines += "route add "
          lines += destination
          lines += " via "
          lines += route.gateway
          lines += "\n"
        }
      }
      files.append(EmittedFile("route/\(node.name)", text: lines))
    }
    for hypervisor in embedding.hypervisors(of: index) {
      let names = hypervisor.computers.map { "\(embedding.topology.computers[$0].name)\n" }
      files.append(EmittedFile("children/\(host.name)/\(hypervisor.kind.rawValue)", text: names.joined()))
    }
    for (number, each) in HostSwitches(ofHost: index, in: experiment).switches.enumerated() {
      files.append(EmittedFile("switch/\(host.name)/\(HostSwitches.name(at: number)).rc", text: each.startupFile))
    }
    return files
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
