internal import ArgumentParser
internal import Running
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

  @Flag(help: "Measure the links, and show what was asked beside it.")
  var links = false

  @Flag(help: "Print it as JSON.")
  var json = false

  func run() throws {
    let report = try LocalTestbed.current().status(of: argument.name(), links: links)
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
    let rows = links.map { link in
      [
        link.name, link.from, link.to, link.askedMilliseconds.hundredths,
        link.measuredMilliseconds?.hundredths ?? "-", link.isAsAsked ? "" : "not as asked",
      ]
    }
    try Console.write("\n" + TextTable([["link", "from", "to", "RTT asked", "measured", ""]] + rows).text)
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

/// `testbed doctor`.
struct TestbedDoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show what this machine can do, and what is done in place of what it can't.")

  @Flag(help: "Print it as JSON.")
  var json = false

  func run() throws {
    let found = HostCapabilities.probed()
    if json { return try Console.write(json: found) }
    try Console.write(
      TextTable([
        ["namespaces", found.isPrivileged.word], ["veth", found.veth.word], ["bridge", found.bridge.word],
        ["vxlan", found.vxlan.word], ["netem", found.netem.word], ["tbf", found.tokenBucket.word],
        ["htb", found.hierarchicalTokenBucket.word], ["TAP", found.tap.word], ["overlay", found.overlay.word],
        ["cgroups", found.controlGroups.rawValue], ["/dev/kvm", found.kvmDevice.word],
      ]).text)
    for line in found.fallbacks { try Console.write("\(line)\n") }
    let missing = found.missing
    if !missing.isEmpty {
      throw CommandError("experiments can't be swapped in here, for want of \(missing.joined(separator: ", "))")
    }
  }
}

extension Bool {
  fileprivate var word: String { self ? "yes" : "no" }
}
