internal import Planning
internal import TopologyModel

/// `embedding.yaml`: for each host, the hypervisors on it and the nodes that each starts.
struct EmbeddingFile {
  let bytes: [UInt8]

  init(_ embedding: Embedding) {
    var file = YAMLText()
    for (index, host) in embedding.hosts.enumerated() {
      file.entry(host.name, list: embedding.hypervisors(of: index)) { json, hypervisor in
        json.object { json in
          json.field("hypervisor", hypervisor.name)
          json.field("kind", hypervisor.kind.rawValue)
          json.field("nodes", hypervisor.computers.map { embedding.topology.computers[$0].name })
        }
      }
    }
    bytes = file.finished()
  }
}

/// `openvz_guest_url` and `maverick_url`: for each node of a kind, its template or image.
struct ImageFile {
  let bytes: [UInt8]

  init(_ experiment: Experiment, of kind: ContainerKind) {
    var file = YAMLText()
    for computer in experiment.embedding.topology.computers where computer.kind == kind {
      guard let image = experiment.image(of: computer) else { continue }
      file.entry(computer.name) { $0.string(image) }
    }
    bytes = file.finished()
  }
}

/// `backend_config.yaml`: the server that hosts report to, and the channel that is this experiment's.
struct BackendFile {
  let bytes: [UInt8]

  init(_ experiment: Experiment) {
    var file = YAMLText()
    if let server = experiment.site[.backendServer], !server.isEmpty {
      file.entry("server") { $0.string(server) }
    }
    if let port = experiment.site[.grandstandPort].flatMap({ Int($0) }) {
      file.entry("port") { $0.number(port) }
    }
    file.entry("channel") { $0.string("\(experiment.project)/\(experiment.name)") }
    bytes = file.finished()
  }
}
