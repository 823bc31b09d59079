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

  /// What the user should know: a name such as `gate-1` means a computer, and an interface of the computer `gate`.
  static func warnings(of embedding: Embedding) -> [String] {
    let topology = embedding.topology
    let indices = Dictionary(zip(topology.computers.map(\.name), topology.computers.indices)) { first, _ in first }
    let ambiguous = topology.computers.flatMap { computer -> [String] in
      // Who is on no network is in no line.
      guard !computer.interfaces.isEmpty else { return [] }
      let name = computer.name
      return name.indices.filter { name[$0] == "-" }.compactMap { hyphen in
        let rest = name[name.index(after: hyphen)...]
        guard let owner = indices[String(name[..<hyphen])] else { return nil }
        let isInterface = topology.computers[owner].interfaces.enumerated().contains { number, interface in
          rest == "\(number)" || rest == topology.substrates[topology.interfaces[interface].substrate].name
        }
        return isInterface ? "\(name) (an interface of \(topology.computers[owner].name))" : nil
      }
    }
    guard !ambiguous.isEmpty else { return [] }
    return [
      "names of computers are those of interfaces too, and programs take the first that they find in `hosts`; call the "
        + "computers otherwise: \(listing(ambiguous))"
    ]
  }
}
