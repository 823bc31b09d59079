internal import Commands
internal import ArgumentParser
internal import StatusService
internal import Swapping
internal import Testbed

/// `testbed serve`.
struct TestbedServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Tell programs how the nodes of experiments are, until this ends.",
    discussion: """
      A client writes the line "status_request PROJECT/EXPERIMENT" and reads a line: "status_reply" and a dictionary of \
      Python, from hypervisors to nodes to a list of boot status and exit code. See docs/running.md.
      """)

  @Option(help: "The address to listen at; whoever reaches it may ask.")
  var address = "127.0.0.1"

  @Option(help: "The port of the status service; 0 for any.")
  var statusPort = 6330

  func run() throws {
    let testbed = try LocalTestbed.current { _ in }
    let server = try StatusServer(address: address, port: statusPort) { experiment throws(StatusError) in
      do {
        let report = try testbed.status(of: ExperimentName(text: experiment))
        guard report.state == .active else {
          throw CommandError("experiment \(experiment) is \(report.state.rawValue)")
        }
        return report.hypervisors
      } catch {
        throw StatusError("\(error)")
      }
    }
    try Console.write("status service: \(server.address)\n")
    server.wait()
  }
}

extension ExperimentReport {
  /// The nodes by host and kind, in the order of the nodes.
  fileprivate var hypervisors: [HypervisorStatus] {
    var indices: [String: Int] = [:]
    var hypervisors: [HypervisorStatus] = []
    for node in nodes {
      let name = "hv:\(node.kind):\(node.host)"
      let index = indices[name] ?? hypervisors.count
      if index == hypervisors.count {
        hypervisors.append(HypervisorStatus(name: name, nodes: []))
        indices[name] = index
      }
      let known = node.state == "ghost" ? nil : node.state
      hypervisors[index].nodes.append(
        HypervisorStatus.Node(name: node.name, bootStatus: known, exitCode: node.exitCode))
    }
    return hypervisors
  }
}
