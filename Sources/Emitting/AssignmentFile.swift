internal import Planning
internal import TopologyModel
internal import Yams

/// Which computers each partition holds, in YAML: the name of the partition, then the names of its computers.
///
/// An embedded computer is in no partition: it stands by itself, under its own name or, where a partition has that
/// name, under `embedded_pnode:NAME`, which no partition can have.
struct AssignmentFile {
  let text: String

  init(_ embedding: Embedding) {
    let partitions = embedding.hosts.compactMap { host in
      if case .shared(let partition) = host.role { partition } else { nil }
    }
    let taken = Set(partitions)
    let pairs = embedding.hosts.map { host in
      let key =
        switch host.role {
        case .shared(let partition): partition
        case .embedded: taken.contains(host.name) ? "\(ContainerKind.embeddedPnode.rawValue):\(host.name)" : host.name
        }
      // Quoted: partition 0 and computer 1e3 are names, not numbers.
      let names = host.computers.map { Node(embedding.topology.computers[$0].name, .implicit, .doubleQuoted) }
      return (Node(key, .implicit, .doubleQuoted), Node(names))
    }
    do {
      text = try Yams.serialize(node: Node(pairs), width: -1, allowUnicode: true)
    } catch {
      preconditionFailure("a mapping of names has a YAML form: \(error)")
    }
  }
}
