internal import Commands
public import ArgumentParser
internal import Glibc
internal import Swapping
internal import Testbed

/// `node_list`: the machines and nodes of experiments.
public struct NodeListCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "node_list",
    abstract: "List the hosts of experiments and the machines that they are on; with --extra, their nodes, too.",
    usage: """
      node_list [-e|--extra] [PROJECT/EXPERIMENT]
      node_list -e PROJECT,EXPERIMENT [-p|-v|-m|-c]
      """,
    discussion: """
      The second form is Emulab's, which is told by the comma: on one line, -p the machines, -v the nodes, -m each node with \
      its host, -c nodes and hosts.
      """)

  @Flag(name: .shortAndLong, help: "List the nodes, too.")
  var extra = false

  @Flag(name: .customShort("p"), help: "Emulab's form: machines.") var machines = false
  @Flag(name: .customShort("v"), help: "Emulab's form: nodes.") var nodes = false
  @Flag(name: .customShort("m"), help: "Emulab's form: nodes and their hosts.") var mapping = false
  @Flag(name: .customShort("c"), help: "Emulab's form: nodes and hosts.") var containers = false

  @Argument(help: ArgumentHelp("The experiment.", valueName: "project/experiment"))
  var experiment: String?

  public init() {}

  public func run() throws {
    let testbed = try LocalTestbed.current()
    guard let experiment else {
      for summary in try testbed.list() where summary.state == .active {
        let name = try ExperimentName(project: summary.project, experiment: summary.experiment)
        try Console.write("\(name)\n" + lines(testbed.status(of: name)).map { "    \($0)\n" }.joined())
      }
      return
    }
    let isEmulabs = experiment.contains(",")
    let name = try ExperimentName(
      text: isEmulabs ? experiment.replacing(",", with: "/", maxReplacements: 1) : experiment)
    let report = try testbed.status(of: name)
    guard report.state == .active else { throw CommandError("Experiment is not active!") }
    try Console.write(isEmulabs ? emulabLine(report) : lines(report).map { "\($0)\n" }.joined())
  }

  /// A line for each host, and with `--extra` one for each node.
  private func lines(_ report: ExperimentReport) -> [String] {
    let suffix = ".\(report.experiment).\(report.project)"
    var lines = report.hosts.map { "\($0.name)\(suffix) / \(Self.machine)" }
    if extra { lines += ["extra nodes:"] + report.containers.map { "\($0.name)\(suffix)" } }
    return lines
  }

  private func emulabLine(_ report: ExperimentReport) -> String {
    let items: [String]
    if mapping {
      items = report.nodes.map { "\($0.name)=\($0.host)" }
    } else if containers {
      items = report.containers.map(\.name) + report.hosts.map(\.name)
    } else if nodes {
      items = report.nodes.map(\.name)
    } else {
      items = [Self.machine]
    }
    return items.map { "\($0)   " }.joined() + "\n"
  }

  /// The name of this machine.
  private static var machine: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension ExperimentReport {
  /// The nodes that aren't hosts themselves.
  fileprivate var containers: [NodeReport] { nodes.filter { $0.kind != "embedded_pnode" } }
}
