internal import Planning
internal import TopologyModel

/// The names of all virtual nodes and their interfaces, in the form of `/etc/hosts`.
///
/// A line has an address, a tab, and names: `node-link` first (which programs print), then `node-N` where N counts the
/// node's interfaces, and on the node's first line the bare name of the node.
struct HostsFile {
  let text: String

  init(_ embedding: Embedding) {
    let topology = embedding.topology
    var text = ""
    for computer in topology.computers {
      for (number, interface) in computer.interfaces.enumerated() {
        let link = topology.substrates[topology.interfaces[interface].substrate].name
        text += "\(embedding.addresses.addresses[interface])\t\(computer.name)-\(link) \(computer.name)-\(number)"
        text += number == 0 ? " \(computer.name)\n" : "\n"
      }
    }
    self.text = text
  }
}
