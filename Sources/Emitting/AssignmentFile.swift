internal import Planning
internal import TopologyModel

/// `assignment`: which computers each partition holds: the name of the partition, then the names of its computers.
///
/// An embedded computer is in no partition: it stands by itself, under its own name or, where a partition has that
/// name, under `embedded_pnode:NAME`, which no partition can have.
struct AssignmentFile {
  let bytes: [UInt8]

  init(_ embedding: Embedding) {
    let taken = Set(embedding.hosts.compactMap(\.partition))
    var file = YAMLText()
    for host in embedding.hosts {
      let alone = taken.contains(host.name) ? "\(ContainerKind.embeddedPnode.rawValue):\(host.name)" : host.name
      file.entry(host.partition ?? alone, list: host.computers) {
        $0.string(embedding.topology.computers[$1].name)
      }
    }
    bytes = file.finished()
  }
}
