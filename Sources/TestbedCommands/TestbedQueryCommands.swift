internal import Commands
internal import ArgumentParser
internal import Running
internal import Swapping
internal import Testbed

/// `testbed list`.
struct TestbedListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the experiments and their states.")

  @Flag(help: "Print them as JSON.")
  var json = false

  func run() throws {
    let list = try LocalTestbed.current().list()
    if json { return try Console.write(json: list) }
    try Console.write(TextTable(list.map { ["\($0.project)/\($0.experiment)", $0.state.rawValue] }).text)
  }
}

/// `testbed status`.
struct TestbedStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how an experiment, its hosts and its nodes are.")

  @OptionGroup var argument: ExperimentArgument

  @Flag(help: "Measure the delays of links, and show what was asked beside them.")
  var links = false

  @Flag(help: "Measure how much links lose, too.")
  var loss = false

  @Flag(help: "Measure the rates of links, too: each is filled for a moment.")
  var rate = false

  @Flag(help: "Print it as JSON.")
  var json = false

  func run() throws {
    let report = try LocalTestbed.current().status(of: argument.name(), links: measures)
    if json { return try Console.write(json: report) }
    try Console.write("Experiment: \(report.project)/\(report.experiment)\nState: \(report.state.rawValue)\n")
    if report.state == .active {
      let hosts = report.hosts.map { [$0.name, "\($0.startupStatus.map(String.init) ?? "-")", $0.problem ?? ""] }
      try Console.write("\n" + TextTable([["host", "startup", ""]] + hosts).text)
    }
    let nodes = report.nodes.map { node in
      [node.name, node.kind, node.host, node.state ?? "-", node.exitCode.map(String.init) ?? "-"]
        + [node.notes.joined(separator: "; ")]
    }
    try Console.write("\n" + TextTable([["node", "kind", "host", "state", "exit", ""]] + nodes).text)
    guard let links = report.links else { return }
    try Console.write("\n" + TextTable([header] + links.map(row)).text)
  }

  private var measures: LinkMeasures? {
    guard links || loss || rate else { return nil }
    return (loss ? [.loss] : LinkMeasures()).union(rate ? [.rate] : [])
  }

  private var header: [String] {
    ["link", "from", "to", "RTT asked", "measured"] + (loss ? ["loss asked", "measured"] : [])
      + (rate ? ["kb/s asked", "measured"] : []) + [""]
  }

  private func row(_ link: LinkReport) -> [String] {
    var row = [link.name, link.from, link.to, link.askedMilliseconds.hundredths]
    row.append(link.measuredMilliseconds?.hundredths ?? "-")
    if loss { row += [link.askedLoss, link.measuredLoss].map { $0.map { "\($0 * 100)".prefix(5) + " %" } ?? "-" } }
    if rate {
      row += [link.askedKilobitsPerSecond, link.measuredKilobitsPerSecond].map { rate in
        rate.map { "\(Int($0.rounded()))" } ?? "-"
      }
    }
    return row + [link.isAsAsked ? "" : "not as asked"]
  }
}

/// `testbed events`.
struct TestbedEventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Show what happened to an experiment, or to all.")

  @Argument(help: ArgumentHelp("The experiment.", valueName: "project/experiment"))
  var experiment: String?

  @Flag(help: "Print it as JSON.")
  var json = false

  func run() throws {
    let events = try LocalTestbed.current().events(of: experiment.map { try ExperimentName(text: $0) })
    if json { return try Console.write(json: events) }
    try Console.write(TextTable(events.map { [$0.time, "\($0.project)/\($0.experiment)", $0.text] }).text)
  }
}
