internal import Commands
internal import StatusService
internal import Swapping
internal import Testbed

extension LocalTestbed {
  /// What the status service answers to a request for an experiment.
  ///
  /// - Throws: If there is no such experiment, or it isn't active.
  func hypervisors(of experiment: String) throws(StatusError) -> [HypervisorStatus] {
    do {
      let report = try status(of: ExperimentName(text: experiment))
      guard report.state == .active else { throw CommandError("experiment \(experiment) is \(report.state.rawValue)") }
      return report.hypervisors
    } catch {
      throw StatusError("\(error)")
    }
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
