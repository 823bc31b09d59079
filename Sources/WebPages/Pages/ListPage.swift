internal import Swapping
internal import Testbed

/// The list of experiments.
struct ListPage: Sendable {
  let experiments: [ExperimentSummary]
  /// The last that happened to each.
  let latest: [TestbedEvent]
  let visitor: Visitor

  /// The document.
  var html: HTML {
    let fragments = fragments
    return PageFrame(
      title: "Experiments", changes: (.listChanges, ChangeStream.version(of: fragments)),
      content: "<h1>Experiments</h1>\(fragments.map { $0.element() })"
    ).html
  }

  /// What changes.
  var fragments: [Fragment] { [Fragment("experiments", table)] }

  private var table: HTML {
    guard !experiments.isEmpty else {
      return """
        <section class="card"><p>There are no experiments yet. <code>containerize PROJECT EXPERIMENT TOPOLOGY</code> creates \
        one.</p></section>
        """
    }
    var events: [String: TestbedEvent] = [:]
    for event in latest { events["\(event.project)/\(event.experiment)"] = event }
    return """
      <section class="card flush"><div class="scroll"><table class="list">
      <caption class="hidden">Experiments, their states, and what can be done with them</caption>
      <thead><tr><th scope="col">Experiment</th><th scope="col">State</th>\
      <th scope="col">Latest</th><th scope="col"><span class="hidden">What can be done</span></th></tr></thead>
      <tbody>\(experiments.map { row($0, events["\($0.project)/\($0.experiment)"]) })</tbody>
      </table></div></section>
      """
  }

  private func row(_ experiment: ExperimentSummary, _ event: TestbedEvent?) -> HTML {
    guard let name = try? ExperimentName(project: experiment.project, experiment: experiment.experiment) else {
      return ""
    }
    let happened: HTML =
      event.map {
        "<span class=\"said\">\($0.text)</span> <time class=\"quiet\" datetime=\"\($0.time)\">\($0.time)</time>"
      }
      ?? ""
    let action: HTML =
      switch experiment.state {
      case .swapped: visitor.button("Swap in", .experiment(name, .swapIn))
      case .active: visitor.button("Swap out", .experiment(name, .swapOut))
      case .activating, .swapping, .terminating: ""
      }
    return """
      <tr><th scope="row"><a href="\(Place.experiment(name, .page).path)"><span class="quiet">\(name.project)/</span>\
      \(name.experiment)</a></th><td>\(experiment.state.chip)</td><td>\(happened)</td>\
      <td class="right">\(action)</td></tr>
      """
  }
}

extension ExperimentState {
  /// The state with its colour.
  var chip: HTML { "<span class=\"chip \(rawValue)\">\(rawValue)</span>" }
}
