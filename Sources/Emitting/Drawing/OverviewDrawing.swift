internal import Planning
internal import TopologyModel

/// A drawing of hosts, with the number of their computers, and of how much crosses between them.
///
/// An edge stands for all substrates that join just its two hosts, with their number; a circle for LANs that join the
/// same three hosts or more. Of too many edges the lightest aren't drawn, and the drawing says so.
struct OverviewDrawing {
  let picture: Picture
  let options: DrawingOptions

  /// More edges than this make a picture black, and Graphviz slow.
  static let greatestEdgeCount = 20_000

  /// The dot file.
  var dot: String {
    let crossings = HostGraph(picture)
    let drawn = heaviest(of: crossings.links)
    let nodeCount = picture.hosts.count + crossings.lans.count
    var graph = DrawingStyle.graph + (showsLabels ? DrawingStyle.readable : DrawingStyle.dense)
    if showsLabels { graph.append(("sep", "+18")) }
    // A dense drawing is made smaller, and its caption with it.
    graph += [
      ("fontsize", showsLabels ? "16" : "36"), ("label", caption(links: crossings.links.count, drawn: drawn.count)),
    ]
    graph.append(("layout", options.program(forNodes: nodeCount)))
    var text = """
      graph {
        graph \(DotText.attributes(graph))
        node \(DotText.attributes(DrawingStyle.computer + (showsLabels ? [] : DrawingStyle.point)))
        edge \(DotText.attributes(DrawingStyle.link + (showsLabels ? [] : DrawingStyle.faintLink)))

      """
    for index in picture.hosts.indices { text += "  \(node(index))\n" }
    let unplaced = picture.hostOfComputer.count { $0 == nil }
    if unplaced > 0 {
      text += "  nowhere\(node(label: "\(counted(unplaced, "computer"))\non no host"))\n"
    }
    for link in drawn {
      text += "  \(identifier(link.hosts[0])) -- \(identifier(link.hosts[1]))"
      text += " \(DotText.attributes(weight(link.count)))\n"
    }
    for (index, lan) in crossings.lans.enumerated() {
      let label = lan.count == 1 ? lan.name : "\(lan.count) LANs"
      text += "  lan\(index)\(node(DrawingStyle.lan, label: label))\n"
      for host in lan.hosts {
        text += "  \(identifier(host)) -- lan\(index) \(DotText.attributes(weight(lan.count, isLabelled: false)))\n"
      }
    }
    return text + "}\n"
  }

  private var showsLabels: Bool { options.showsLabels ?? (picture.hosts.count <= DrawingOptions.greatestDetail) }

  private func heaviest(of links: [HostGraph.Crossing]) -> [HostGraph.Crossing] {
    guard links.count > Self.greatestEdgeCount else { return links }
    let order = links.indices.sorted { (-links[$0].count, $0) < (-links[$1].count, $1) }
    return order.prefix(Self.greatestEdgeCount).sorted().map { links[$0] }
  }

  private func caption(links: Int, drawn: Int) -> String {
    let computers = counted(picture.topology.computers.count, "computer")
    let caption = "\(picture.title)\n\(computers) on \(counted(picture.hosts.count, "host"))"
    return drawn == links ? caption : "\(caption)\nthe \(drawn) heaviest of \(links) connections"
  }

  private func node(_ index: Int) -> String {
    let host = picture.hosts[index]
    if host.isEmbedded { return identifier(index) + node(label: host.name) }
    return identifier(index)
      + node(
        showsLabels ? DrawingStyle.host : DrawingStyle.hostPoint,
        label: "\(host.name)\n\(counted(host.computers.count, "computer"))")
  }

  /// The attributes of a node, in a dense drawing without its label.
  private func node(_ style: DrawingStyle.Attributes = [], label: String) -> String {
    let attributes = style + (showsLabels ? [("label", label)] : DrawingStyle.point)
    return " " + DotText.attributes(attributes)
  }

  /// How a line shows the number of substrates it stands for.
  private func weight(_ count: Int, isLabelled: Bool = true) -> DrawingStyle.Attributes {
    // A line of twice the number is a little wider, so that ones and hundreds fit in one drawing.
    let width = min(1 + count.bitWidth - 1 - max(count, 1).leadingZeroBitCount, 8)
    return (isLabelled && showsLabels ? [("label", "\(count)")] : []) + [("penwidth", "\(width)")]
  }

  private func identifier(_ host: Int) -> String { DotText.quoted("host \(picture.hosts[host].name)") }
}
