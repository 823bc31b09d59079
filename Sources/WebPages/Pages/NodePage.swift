internal import HostManifests
internal import Running
internal import Swapping
internal import Testbed

/// The page of a node.
struct NodePage: Sendable {
  let name: ExperimentName
  let state: ExperimentState
  let report: NodeReport
  let node: ManifestNode
  /// What its start command has written; `nil` where nobody can say.
  let record: StartCommandRecord?
  /// Why nobody can.
  let problem: String?

  /// The document.
  var html: HTML {
    let fragments = fragments
    return PageFrame(
      title: "\(node.name) · \(name)",
      changes: (.experiment(name, .nodeChanges(node.name)), ChangeStream.version(of: fragments)),
      content: """
        <div class="head"><div><p class="crumbs"><a href="/">Experiments</a> › \
        <a href="\(Place.experiment(name, .page).path)">\("\(name)")</a></p><h1>\(node.name)</h1></div></div>
        \(fragments[0].element("div", "class=\"summary\""))
        <div class="columns">
        <section class="card" aria-labelledby="start-title"><h2 id="start-title">Start command</h2>\(command)\
        \(fragments[1].element("div"))</section>
        <section class="card flush" aria-labelledby="interfaces-title"><div class="title">\
        <h2 id="interfaces-title">Interfaces</h2></div>\(interfaces)</section>
        </div>
        """
    ).html
  }

  /// What changes.
  var fragments: [Fragment] { [Fragment("summary", summary), Fragment("record", files)] }

  private var summary: HTML {
    let memory: HTML = node.memoryMegabytes.map { "<span>\($0) MB</span>" } ?? ""
    let notes = report.notes.map { note -> HTML in "<span class=\"bad\">\(note)</span>" }
    return """
      \(report.chip)<span>exit code \(report.exit)</span><span>\(report.kind) on \(report.host)</span>\(memory)\(notes)\
      <span class="quiet">\("\(name)") is \(state.rawValue)</span>
      """
  }

  private var command: HTML {
    node.startCommand.map { "<pre class=\"command\">\($0)</pre>" } ?? "<p class=\"quiet\">There is none.</p>"
  }

  private var files: HTML {
    if let problem { return "<p class=\"note said\">\(problem)</p>" }
    guard let record else {
      return node.startCommand == nil
        ? "" : "<p class=\"quiet\">What it writes can be read here while the experiment is swapped in.</p>"
    }
    return """
      \(file("start_command.out", record.output))\(file("start_command.err", record.errors))\
      \(file("start_command.log", record.log))
      """
  }

  private func file(_ name: String, _ end: FileEnd?) -> HTML {
    guard let end else { return "" }
    let omitted: HTML =
      end.omittedBytes == 0 ? "" : " <span class=\"quiet\">its end: \(end.omittedBytes) bytes come before</span>"
    let text: HTML =
      end.text.isEmpty
      ? "<p class=\"quiet\">empty</p>" : "<pre tabindex=\"0\" aria-label=\"\(name)\">\(end.text)</pre>"
    return "<h3>\(name)\(omitted)</h3>\(text)"
  }

  private var interfaces: HTML {
    var rows = node.interfaces.map { interface -> HTML in
      """
      <tr><th scope="row">\(interface.name)</th><td>\(interface.address)/\(interface.prefixLength)</td>\
      <td>\(interface.substrate)</td><td class="code">\(interface.mac)</td></tr>
      """
    }
    if let control = node.control {
      rows.append(
        """
        <tr><th scope="row">control</th><td>\(control.address ?? "–")</td><td class="quiet">control network</td>\
        <td class="code">\(control.mac)</td></tr>
        """)
    }
    return """
      <div class="scroll"><table><thead><tr><th scope="col">Interface</th><th scope="col">Address</th>\
      <th scope="col">Network</th><th scope="col">MAC</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }
}
