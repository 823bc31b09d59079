internal import HostManifests
public import Running

extension LocalTestbed {
  /// How an experiment is.
  ///
  /// - Parameters:
  ///   - name: The experiment.
  ///   - links: Whether to measure its links.
  /// - Returns: How it is.
  /// - Throws: If it isn't there.
  public func status(of name: ExperimentName, links: Bool = false) throws(TestbedError) -> ExperimentReport {
    let files = try ExperimentFiles(name, in: store)
    let state = try settledState(of: files)
    var report = try report(files, state: state)
    guard links else { return report }
    guard state == .active else { throw TestbedError("experiment \(name) is \(state.rawValue): it has no links") }
    let manifests = try files.manifests()
    do throws(RunningError) {
      report.links = try measure(LinkExpectation.all(manifests), files, manifests)
    } catch {
      throw TestbedError(error.description)
    }
    try? database.setLinks(report.links ?? [], of: name)
    return report
  }

  /// How an experiment in a state is: its agents are asked.
  func report(_ files: ExperimentFiles, state: ExperimentState) throws(TestbedError) -> ExperimentReport {
    var report = ExperimentReport(
      project: files.name.project, experiment: files.name.experiment, state: state, hosts: [], nodes: [])
    let manifests = try files.manifests()
    let answers = state == .active ? answers(files, manifests) : manifests.map { _ in .success([]) }
    for (manifest, answer) in zip(manifests, answers) {
      var states: [String: NodeStatus] = [:]
      switch answer {
      case .success(let statuses):
        for status in statuses { states[status.node] = status }
        report.hosts.append(HostReport(name: manifest.host.name, startupStatus: state == .active ? 0 : nil))
      case .failure(let error):
        report.hosts.append(HostReport(name: manifest.host.name, startupStatus: 1, problem: error.description))
      }
      for node in manifest.nodes {
        let status = states[node.name]
        report.nodes.append(
          NodeReport(
            name: node.name, host: manifest.host.name, kind: node.kind.rawValue, state: status?.state.rawValue,
            exitCode: status?.exitCode, notes: status?.notes ?? []))
      }
    }
    if state == .active { try? database.setNodes(report.nodes, of: files.name) }
    return report
  }

  private func answers(_ files: ExperimentFiles, _ manifests: [HostManifest]) -> [Result<[NodeStatus], RunningError>] {
    let answers = try? atOnce(manifests.count) { index -> Result<[NodeStatus], RunningError> in
      do throws(RunningError) {
        guard case .status(let statuses) = try files.agent(of: manifests[index].host.name).ask(.status) else {
          return .success([])
        }
        return .success(statuses)
      } catch {
        return .failure(error)
      }
    }
    return answers ?? []
  }

  /// Starts a ghost.
  ///
  /// - Throws: If it isn't there, or isn't one.
  public func startGhost(_ node: String, of name: ExperimentName) throws(TestbedError) {
    let (files, host) = try place(of: node, in: name)
    do throws(RunningError) {
      _ = try files.agent(of: host).ask(.startGhost(node))
    } catch {
      throw TestbedError(error.description)
    }
    try database.record("\(node) started", of: name)
  }

  /// The first process of a node, to be run beside.
  ///
  /// - Throws: If the node isn't there, or has ended.
  public func process(of node: String, of name: ExperimentName) throws(TestbedError) -> (
    number: Int32, group: ControlGroup
  ) {
    let (files, host) = try place(of: node, in: name)
    do throws(RunningError) {
      guard case .status(let statuses) = try files.agent(of: host).ask(.status),
        let status = statuses.first(where: { $0.node == node }), status.state != .dead
      else { throw RunningError("node \(node) is dead") }
      return (status.process, ControlGroup([HostAgent.Surroundings.groupName(ofOwner: files.owner), host, node]))
    } catch {
      throw TestbedError(error.description)
    }
  }

  private func place(of node: String, in name: ExperimentName) throws(TestbedError) -> (ExperimentFiles, host: String) {
    let files = try ExperimentFiles(name, in: store)
    let state = try settledState(of: files)
    guard state == .active else { throw TestbedError("experiment \(name) is \(state.rawValue): swap it in first") }
    for manifest in try files.manifests() where manifest.nodes.contains(where: { $0.name == node }) {
      return (files, manifest.host.name)
    }
    throw TestbedError("experiment \(name) has no node \(node)")
  }
}
