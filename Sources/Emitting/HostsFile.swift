internal import HostManifests
internal import Planning
internal import TopologyModel

/// The names of all virtual nodes and their interfaces, in the form of `/etc/hosts`.
///
/// A line has an address, a tab, and names: `node-link` first (which programs print), then `node-N` where N counts the
/// node's interfaces, and on the node's first line the bare name of the node.
struct HostsFile {
  let text: String

  init(_ embedding: Embedding) {
    var text = ""
    for computer in embedding.topology.computers.indices {
      for entry in Self.entries(of: computer, in: embedding) {
        text += "\(entry.address)\t\(entry.names.joined(separator: " "))\n"
      }
    }
    self.text = text
  }

  /// The lines of a computer.
  static func entries(of computer: Int, in embedding: Embedding) -> [NameEntry] {
    let topology = embedding.topology
    let name = topology.computers[computer].name
    return topology.computers[computer].interfaces.enumerated().map { number, interface in
      let link = topology.substrates[topology.interfaces[interface].substrate].name
      return NameEntry(
        address: "\(embedding.addresses.addresses[interface])",
        names: ["\(name)-\(link)", "\(name)-\(number)"] + (number == 0 ? [name] : []))
    }
  }
}
