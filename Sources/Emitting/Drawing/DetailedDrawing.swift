internal import Planning
internal import TopologyModel

/// A drawing of every computer and every substrate.
///
/// A substrate with exactly two ends is an edge with its name, and any other a circle with an edge to each end. Addresses
/// stand at the computers' ends.
struct DetailedDrawing {
  let picture: Picture
  let options: DrawingOptions

  /// The dot file.
  var dot: String {
    let topology = picture.topology
    var graph = DrawingStyle.graph + (isDense ? DrawingStyle.dense : DrawingStyle.readable)
    if showsLabels { graph.append(("sep", "+\(room)")) }
    // Of Graphviz's layout programs for undirected graphs only fdp knows boxes.
    let count = options.showsHosts ? 0 : topology.computers.count
    graph.append(("layout", options.program(forNodes: count)))
    var text = """
      graph {
        graph \(DotText.attributes(graph))
        node \(DotText.attributes(DrawingStyle.computer + (isDense ? DrawingStyle.point : [])))
        edge \(DotText.attributes(DrawingStyle.link + (isDense ? DrawingStyle.faintLink : [])))

      """
    if options.showsHosts { text += boxes }
    for index in topology.computers.indices where !options.showsHosts || isOutsideBoxes(index) {
      text += "  \(node(index))\n"
    }
    for index in topology.substrates.indices {
      if let lan = lan(index), hostOfLAN(index) == nil { text += "  \(lan)\n" }
      text += edges(index)
    }
    return text + "}\n"
  }

  private var showsLabels: Bool {
    options.showsLabels ?? (picture.topology.computers.count <= DrawingOptions.greatestDetail)
  }

  /// Whether there are too many computers even for their names.
  private var isDense: Bool { !showsLabels && picture.topology.computers.count > DrawingOptions.greatestNamed }

  /// The room around nodes for what is written on the edges, in points: more makes large drawings too large to read.
  private var room: Int {
    if options.showsHosts { return 8 }
    return picture.topology.computers.count <= 40 ? 35 : 22
  }

  private var boxes: String {
    var lans = [[String]](repeating: [], count: picture.hosts.count)
    for index in picture.topology.substrates.indices {
      if let host = hostOfLAN(index), let lan = lan(index) { lans[host].append(lan) }
    }
    var text = ""
    for (index, host) in picture.hosts.enumerated() where !host.isEmbedded {
      text += "  subgraph cluster_\(index) {\n"
      text += "    graph \(DotText.attributes(DrawingStyle.box + [("label", host.name)]))\n"
      for node in host.computers.map(node) + lans[index] { text += "    \(node)\n" }
      text += "  }\n"
    }
    return text
  }

  private func isOutsideBoxes(_ computer: Int) -> Bool {
    picture.hostOfComputer[computer].map { picture.hosts[$0].isEmbedded } ?? true
  }

  private func node(_ computer: Int) -> String {
    let name = picture.topology.computers[computer].name
    let isMarked = options.showsHosts && picture.hostOfComputer[computer].map { picture.hosts[$0].isEmbedded } ?? false
    return identifier(ofComputer: computer)
      + (isDense ? "" : " " + DotText.attributes([("label", name)] + (isMarked ? DrawingStyle.embedded : [])))
  }

  /// The node of a substrate, where it has one.
  private func lan(_ substrate: Int) -> String? {
    guard picture.incidence.interfaces(on: substrate).count != 2 else { return nil }
    let label = isDense ? DrawingStyle.point : [("label", picture.topology.substrates[substrate].name)]
    return identifier(ofLAN: substrate) + " " + DotText.attributes(DrawingStyle.lan + label)
  }

  /// The host whose box a LAN is in: the one that has all its members.
  private func hostOfLAN(_ substrate: Int) -> Int? {
    guard options.showsHosts else { return nil }
    let hosts = picture.incidence.interfaces(on: substrate).map {
      picture.hostOfComputer[picture.incidence.computer(of: $0)]
    }
    guard let first = hosts.first, let host = first, hosts.allSatisfy({ $0 == host }) else { return nil }
    return picture.hosts[host].isEmbedded ? nil : host
  }

  private func edges(_ substrate: Int) -> String {
    let interfaces = picture.incidence.interfaces(on: substrate)
    let ends = interfaces.map { identifier(ofComputer: picture.incidence.computer(of: $0)) }
    let addresses = interfaces.map { showsLabels ? picture.address(of: $0, on: substrate) : nil }
    if ends.count == 2 {
      let name = showsLabels ? picture.topology.substrates[substrate].name : nil
      return edge(ends[0], ends[1], name: name, tail: addresses[0], head: addresses[1])
    }
    let lan = identifier(ofLAN: substrate)
    return zip(ends, addresses).map { edge($0, lan, tail: $1) }.joined()
  }

  private func edge(
    _ tail: String, _ head: String, name: String? = nil, tail tailLabel: String? = nil, head headLabel: String? = nil
  ) -> String {
    let labels = [("label", name), ("taillabel", tailLabel), ("headlabel", headLabel)].compactMap { key, value in
      value.map { (name: key, value: $0) }
    }
    return "  \(tail) -- \(head)\(labels.isEmpty ? "" : " \(DotText.attributes(labels))")\n"
  }

  // LANs and computers may have the same names.

  private func identifier(ofLAN substrate: Int) -> String {
    DotText.quoted("lan \(picture.topology.substrates[substrate].name)")
  }

  private func identifier(ofComputer computer: Int) -> String {
    DotText.quoted("computer \(picture.topology.computers[computer].name)")
  }
}
