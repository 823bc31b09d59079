internal import Planning
internal import TopologyModel

/// `assignment`: which computers each partition holds: the name of the partition, or of the embedded computer, then the
/// names of its computers.
struct AssignmentFile {
  let bytes: [UInt8]

  init(_ embedding: Embedding) {
    var file = YAMLText(comment: "partition: its nodes")
    for host in embedding.hosts {
      file.entry(host.partition ?? host.name, list: host.computers) {
        $0.string(embedding.topology.computers[$1].name)
      }
    }
    bytes = file.finished()
  }
}
