internal import Planning
internal import TopologyModel
internal import Yams

/// Which computers each partition holds, in YAML: the name of the partition, or of the embedded computer, then the
/// names of its computers.
struct AssignmentFile {
  let text: String

  init(_ embedding: Embedding) {
    let pairs = embedding.hosts.map { host in
      let key =
        switch host.role {
        case .shared(let partition): partition
        case .embedded: host.name
        }
      let names = host.computers.map { Node(embedding.topology.computers[$0].name, .implicit, .doubleQuoted) }
      // Quoted: partition 0 and computer 1e3 are names, not numbers.
      return (Node(key, .implicit, .doubleQuoted), Node(names))
    }
    do {
      text = try Yams.serialize(node: Node(pairs), width: -1, allowUnicode: true)
    } catch {
      preconditionFailure("a mapping of names has a YAML form: \(error)")
    }
  }
}
