internal import Swapping
internal import Testbed

/// The list of experiments.
struct ListPage: Sendable {
  let experiments: [ExperimentSummary]
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
    return """
      <section class="card flush"><div class="scroll"><table>
      <caption class="hidden">Experiments, their states, and what can be done with them</caption>
      <thead><tr><th scope="col">Experiment</th><th scope="col">State</th><th scope="col" class="right">Do</th></tr></thead>
      <tbody>\(experiments.map(row))</tbody>
      </table></div></section>
      """
  }

  private func row(_ experiment: ExperimentSummary) -> HTML {
    guard let name = try? ExperimentName(project: experiment.project, experiment: experiment.experiment) else { return "" }
    let action: HTML =
      switch experiment.state {
      case .swapped: visitor.button("Swap in", .experiment(name, .swapIn))
      case .active: visitor.button("Swap out", .experiment(name, .swapOut))
      case .activating, .swapping, .terminating: ""
      }
    return """
      <tr><th scope="row"><a href="\(Place.experiment(name, .page).path)"><span class="quiet">\(name.project)/</span>\
      \(name.experiment)</a></th><td>\(experiment.state.chip)</td><td class="right">\(action)</td></tr>
      """
  }
}

extension ExperimentState {
  /// The state with its colour.
  var chip: HTML { "<span class=\"chip \(rawValue)\">\(rawValue)</span>" }
}
