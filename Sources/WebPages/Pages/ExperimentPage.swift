internal import Swapping
internal import Testbed

/// The page of an experiment.
struct ExperimentPage: Sendable {
  let name: ExperimentName
  let observation: Observation
  let visitor: Visitor
  /// The rows of the table of nodes, which there may be many of.
  private let rows: [Fragment]

  init(name: ExperimentName, observation: Observation, visitor: Visitor) {
    self.name = name
    self.observation = observation
    self.visitor = visitor
    rows = observation.report.nodes.prefix(Self.greatestRowCount).map { Self.row(of: $0, in: name) }
  }

  /// More rows than this are more than a browser likes, and a person reads.
  private static let greatestRowCount = 2000
  private static let greatestLinkCount = 500

  private var report: ExperimentReport { observation.report }

  /// The document.
  var html: HTML {
    let fragments = fragments
    return PageFrame(
      title: "\(name)",
      changes: (.experiment(name, .changes), ChangeStream.version(of: fragments)),
      content: """
        <div class="head"><div><p class="crumbs"><a href="/">Experiments</a></p><h1><span class="quiet">\(name.project)/</span>\
        \(name.experiment)</h1></div>\(Fragment("actions", actions).element("div", "class=\"actions\""))</div>
        \(Fragment("summary", summary).element("div", "class=\"summary\""))
        \(Fragment("progress", progress).element("div", "aria-live=\"polite\""))
        <div class="columns"><div class="stack">
        <section class="card" aria-labelledby="picture-title"><div class="title"><h2 id="picture-title">Topology</h2>\
        <a href="\(Place.experiment(name, .picture).path)">Full size</a></div>
        \(Fragment("picture", picture).element("div", "class=\"picture\""))\(legend)</section>
        \(Fragment("links", links).element("section", "class=\"card flush\" aria-labelledby=\"links-title\""))
        </div><div class="stack">
        \(nodes)
        \(Fragment("hosts", hosts).element("section", "class=\"card flush\" aria-labelledby=\"hosts-title\""))
        \(Fragment("events", events).element("section", "class=\"card\" aria-labelledby=\"events-title\""))
        </div></div>
        """
    ).html
  }

  /// What changes.
  var fragments: [Fragment] {
    var fragments = [
      Fragment("actions", actions), Fragment("summary", summary), Fragment("progress", progress),
      Fragment("links", links), Fragment("hosts", hosts), Fragment("events", events),
    ]
    if case .drawn(let drawing) = observation.drawing, drawing.isSmall {
      // Whoever has the picture already gets colours only.
      fragments.append(Fragment("picture", drawing.html(style: { _ in "node" }, link: link)))
      fragments += drawing.fragments(style: looks.style)
    } else {
      fragments.append(Fragment("picture", picture))
    }
    return fragments + rows
  }

  // MARK: Head

  private var actions: HTML {
    let isRunning = observation.operation?.isRunning == true
    switch report.state {
    case .activating where observation.operation?.verb == .swapIn && isRunning:
      return visitor.button("Cancel", .experiment(name, .cancel), style: "danger")
    case _ where observation.isUnderWay: return ""
    case .swapped: return "\(visitor.button("Swap in", .experiment(name, .swapIn), style: "primary"))\(endLink)"
    default: return "\(visitor.button("Swap out", .experiment(name, .swapOut), style: "primary"))\(endLink)"
    }
  }

  private var endLink: HTML { "<a class=\"button\" href=\"\(Place.experiment(name, .end).path)\">End …</a>" }

  private var summary: HTML {
    var counts: [NodeLook: Int] = [:]
    for node in report.nodes { counts[NodeLook(node), default: 0] += 1 }
    let shown = NodeLook.allCases.filter { $0 != .unknown && counts[$0] ?? 0 > 0 }
    let chips = shown.map { look -> HTML in
      "<span class=\"count \(look.rawValue)\"><b>\(counts[look] ?? 0)</b> \(look.words)</span>"
    }
    let silent = report.hosts.count { $0.startupStatus ?? 0 != 0 }
    let trouble: HTML =
      silent == 0 ? "" : "<span class=\"count dead\"><b>\(silent)</b> host\(silent == 1 ? "" : "s") in trouble</span>"
    return """
      \(report.state.chip)<span>\(report.nodes.count.counted("node")) on \(report.hosts.count.counted("host"))</span>\
      \(chips)\(trouble)
      """
  }

  private var progress: HTML {
    if let operation = observation.operation, !operation.isRunning, let failure = operation.failure,
      !report.state.isUnderWay
    {
      return """
        <section class="card problem" role="alert"><h2>\(operation.verb.name.capitalizedFirst) failed</h2>\
        <p class="said">\(failure)</p></section>
        """
    }
    guard observation.isUnderWay else { return "" }
    let verb = observation.operation.flatMap { $0.isRunning ? $0.verb.name : nil } ?? report.state.rawValue
    let events = verb == Operation.Verb.measure.name ? [] : observation.latestEvents
    let begin: HTML = events.first.map { " data-since=\"\($0.time)\"" } ?? ""
    return """
      <section class="card busy"><h2>\(verb.capitalizedFirst) <span class="quiet"\(begin)></span></h2>\
      <div class="bar-of-progress" aria-hidden="true"></div>\
      <ol class="steps">\(events.dropFirst().map { "<li>\($0.text)</li>" as HTML })</ol></section>
      """
  }

  // MARK: Picture

  private var looks: Looks { Looks(report) }

  private func link(to subject: DrawnPicture.Subject) -> String? {
    guard case .computer(let node) = subject else { return nil }
    return Place.experiment(name, .node(node)).path
  }

  private var picture: HTML {
    switch observation.drawing {
    case .underWay: "<p class=\"quiet\">It is being drawn …</p>"
    case .impossible(let reason): "<p class=\"quiet said\">No picture: \(reason)</p>"
    case .drawn(let drawing) where drawing.isSmall: drawing.html(style: looks.style, link: link)
    case .drawn: "<p class=\"quiet\">It is too large for this page.</p>"
    }
  }

  /// The picture as a document of its own.
  var pictureDocument: HTML? {
    guard case .drawn(let drawing) = observation.drawing else { return nil }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <?xml-stylesheet href="\(Place.styleSheet.path)" type="text/css"?>
      \(drawing.html(style: looks.style, link: link))
      """
  }

  private var legend: HTML {
    let entries = NodeLook.allCases.map { look -> HTML in
      "<li><span class=\"dot \(look.rawValue)\"></span>\(look.words)</li>"
    }
    return "<ul class=\"legend\" aria-label=\"Colours\">\(entries)</ul>"
  }

  // MARK: Tables

  private var nodes: HTML {
    let rest = report.nodes.count - rows.count
    let note: HTML =
      rest == 0
      ? "" : "<p class=\"note\">\(rest) more nodes: <code>testbed status \("\(name)")</code> shows all.</p>"
    return """
      <section class="card flush" aria-labelledby="nodes-title"><div class="title"><h2 id="nodes-title">Nodes</h2>\
      <input type="search" id="filter" aria-label="Show nodes whose line has" placeholder="Filter" hidden></div>
      <div class="scroll tall" tabindex="0" role="region" aria-labelledby="nodes-title"><table id="nodes">
      <thead><tr><th scope="col">Node</th><th scope="col">State</th><th scope="col" class="right">Exit code</th>\
      <th scope="col">Kind</th><th scope="col">Host</th></tr></thead>
      <tbody>\(rows.map { $0.element("tr") })</tbody></table></div>\(note)</section>
      """
  }

  private static func row(of node: NodeReport, in name: ExperimentName) -> Fragment {
    let notes: HTML = node.notes.isEmpty ? "" : "<br><span class=\"quiet\">\(node.notes.joined(separator: "; "))</span>"
    return Fragment(
      "node-\(node.name)",
      """
      <th scope="row"><a href="\(Place.experiment(name, .node(node.name)).path)">\(node.name)</a></th>\
      <td>\(node.chip)\(notes)</td><td class="right">\(node.exit)</td><td>\(node.kind)</td><td>\(node.host)</td>
      """)
  }

  private var hosts: HTML {
    guard report.state == .active || report.hosts.count <= Self.greatestLinkCount else { return "" }
    var counts: [String: Int] = [:]
    for node in report.nodes { counts[node.host, default: 0] += 1 }
    let rows = report.hosts.prefix(Self.greatestLinkCount).map { host -> HTML in
      let status: HTML =
        switch host.startupStatus {
        case nil: "<span class=\"quiet\">–</span>"
        case 0: "<span class=\"good\">0</span>"
        case let status?: "<span class=\"bad\">\(status)</span>"
        }
      let problem: HTML = host.problem.map { "<br><span class=\"said\">\($0)</span>" } ?? ""
      return """
        <tr><th scope="row">\(host.name)\(problem)</th><td class="right">\(counts[host.name] ?? 0)</td>\
        <td class="right">\(status)</td></tr>
        """
    }
    return """
      <div class="title"><h2 id="hosts-title">Hosts</h2></div><div class="scroll"><table>
      <thead><tr><th scope="col">Host</th><th scope="col" class="right">Nodes</th>\
      <th scope="col" class="right">Startup status</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private var links: HTML {
    let title: HTML = "<h2 id=\"links-title\">Links</h2>"
    guard report.state == .active else {
      return
        "<div class=\"title\">\(title)</div><p class=\"note\">They are measured when the experiment is swapped in.</p>"
    }
    return LinkTable(
      links: observation.links, greatestCount: Self.greatestLinkCount, title: title,
      measure: observation.isUnderWay
        ? "" : visitor.button("Measure", .experiment(name, .measure), fields: LinkTable.choices)
    ).html
  }

  private var events: HTML {
    let rows = observation.events.suffix(40).reversed().map { event -> HTML in
      "<li><time datetime=\"\(event.time)\">\(event.time)</time> <span class=\"said\">\(event.text)</span></li>"
    }
    let list: HTML =
      rows.isEmpty ? "<p class=\"quiet\">Nothing has happened yet.</p>" : "<ol class=\"events\">\(rows)</ol>"
    return "<h2 id=\"events-title\">Events</h2>\(list)"
  }
}

/// What stands for what looks how.
private struct Looks {
  private var nodes: [String: NodeLook] = [:]
  private var hosts: [String: NodeLook] = [:]

  init(_ report: ExperimentReport) {
    var looks: [String: [NodeLook]] = [:]
    for node in report.nodes {
      nodes[node.name] = NodeLook(node)
      looks[node.host, default: []].append(NodeLook(node))
    }
    for host in report.hosts {
      hosts[host.name] = host.startupStatus == 1 ? .dead : NodeLook(host: looks[host.name] ?? [])
    }
  }

  func style(of subject: DrawnPicture.Subject) -> String {
    let look =
      switch subject {
      case .computer(let name): nodes[name]
      case .host(let name): hosts[name]
      }
    return "node \((look ?? .unknown).rawValue)"
  }
}

extension NodeReport {
  /// The state with its colour.
  var chip: HTML {
    let look = state == "booted" ? NodeLook.booted : NodeLook(self)
    return "<span class=\"chip \(look.rawValue)\">\(state ?? "–")</span>"
  }

  /// The exit code, conspicuous where it isn't 0.
  var exit: HTML {
    switch exitCode {
    case nil: "<span class=\"quiet\">–</span>"
    case 0: "<span class=\"good\">0</span>"
    case let code?: "<span class=\"bad\">\(code)</span>"
    }
  }
}

extension String {
  /// The text as the beginning of a sentence.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Int {
  /// So many of something.
  func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
