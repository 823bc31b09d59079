internal import Swapping
internal import Testbed

/// How an experiment is at one moment.
struct Observation: Sendable {
  /// Its state, hosts and nodes.
  var report: ExperimentReport
  /// What happened last, oldest first.
  var events: [TestbedEvent]
  /// Its links: as asked, and as last measured.
  var links: [LinkReport]
  /// What the pages do to it.
  var operation: Operation?
  /// Its drawing, as soon as there is one.
  var drawing: Drawing

  /// Whether somebody works on it, so that it changes soon.
  var isUnderWay: Bool { report.state.isUnderWay || operation?.isRunning == true }

  /// What happened since the operation under way began, or the last one.
  var latestEvents: ArraySlice<TestbedEvent> {
    let begin = events.lastIndex { ["swapping in", "swapping out", "ending"].contains($0.text) }
    return events[(begin ?? events.endIndex)...]
  }
}
