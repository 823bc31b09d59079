internal import Planning
internal import TopologyModel

/// `assignment`: which computers each partition holds, in YAML: the name of the partition, then the names of its
/// computers.
///
/// An embedded computer is in no partition: it stands by itself, under its own name or, where a partition has that
/// name, under `embedded_pnode:NAME`, which no partition can have.
struct AssignmentFile {
  let bytes: [UInt8]

  init(_ embedding: Embedding) {
    let partitions = Set(
      embedding.hosts.compactMap { host in
        if case .shared(let partition) = host.role { partition } else { nil }
      })
    var file = YAMLText()
    for host in embedding.hosts {
      let key =
        switch host.role {
        case .shared(let partition): partition
        case .embedded:
          partitions.contains(host.name) ? "\(ContainerKind.embeddedPnode.rawValue):\(host.name)" : host.name
        }
      file.entry(key, list: host.computers) { $0.string(embedding.topology.computers[$1].name) }
    }
    bytes = file.finished()
  }
}
