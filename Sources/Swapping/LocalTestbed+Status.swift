public import Testbed
internal import HostManifests
internal import Running
internal import SystemPackage

extension LocalTestbed {
  /// How an experiment is.
  ///
  /// - Parameters:
  ///   - name: The experiment.
  ///   - links: What to measure of its links beside delays; `nil` for nothing at all.
  /// - Returns: How it is.
  /// - Throws: If it isn't there.
  public func status(of name: ExperimentName, links: LinkMeasures? = nil) throws(TestbedError) -> ExperimentReport {
    let files = try ExperimentFiles(name, in: store)
    let state = try settledState(of: files)
    var report = try report(files, state: state)
    guard let links else { return report }
    guard state == .active else { throw TestbedError("experiment \(name) is \(state.rawValue): it has no links") }
    let manifests = try files.manifests()
    do throws(RunningError) {
      report.links = try measure(LinkExpectation.all(manifests), files, manifests, measures: links)
    } catch {
      throw TestbedError(error.description)
    }
    try? database.setLinks(report.links ?? [], of: name)
    return report
  }

  /// How an experiment in a state is: of an active one, the database knows what there is, and agents how it is.
  func report(_ files: ExperimentFiles, state: ExperimentState) throws(TestbedError) -> ExperimentReport {
    var report = ExperimentReport(
      project: files.name.project, experiment: files.name.experiment, state: state, hosts: [], nodes: [])
    guard state == .active else {
      for manifest in try files.manifests() {
        report.hosts.append(HostReport(name: manifest.host.name))
        report.nodes += manifest.nodes.map { NodeReport($0, on: manifest.host.name) }
      }
      return report
    }
    let hosts = try database.hosts(of: files.name)
    var states: [String: NodeStatus] = [:]
    for (host, answer) in zip(hosts, answers(files, hosts)) {
      switch answer {
      case .success(let statuses):
        report.hosts.append(HostReport(name: host, startupStatus: 0))
        for status in statuses { states[status.node] = status }
      case .failure(let error):
        report.hosts.append(HostReport(name: host, startupStatus: 1, problem: error.description))
      }
    }
    let known = try database.nodes(of: files.name)
    report.nodes = known.map { node in
      var node = node
      let status = states[node.name]
      (node.state, node.exitCode, node.notes) = (status?.state.rawValue, status?.exitCode, status?.notes ?? [])
      return node
    }
    if zip(known, report.nodes).contains(where: { ($0.state, $0.exitCode) != ($1.state, $1.exitCode) }) {
      try database.setNodes(report.nodes, of: files.name)
    }
    return report
  }

  /// How the agents of hosts say that nodes are.
  private func answers(_ files: ExperimentFiles, _ hosts: [String]) -> [Result<[NodeStatus], RunningError>] {
    let answers = try? atOnce(hosts.count) { index -> Result<[NodeStatus], RunningError> in
      do throws(RunningError) {
        guard case .status(let statuses) = try files.agent(of: hosts[index]).ask(.status) else { return .success([]) }
        return .success(statuses)
      } catch {
        return .failure(error)
      }
    }
    return answers ?? []
  }

  // MARK: Nodes

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

  /// How to get into a node.
  ///
  /// - Throws: If the node isn't there, isn't up, or can't be reached.
  public func entry(of node: String, of name: ExperimentName) throws(TestbedError) -> NodeEntry {
    let (files, host) = try place(of: node, in: name)
    do throws(RunningError) {
      guard case .status(let statuses) = try files.agent(of: host).ask(.status),
        let status = statuses.first(where: { $0.node == node }), status.state != .dead
      else { throw RunningError("node \(node) is dead") }
      if status.kind == ManifestNode.Kind.qemu.rawValue {
        guard status.state == .booted else {
          throw RunningError("node \(node) isn't up: it is \(status.state.rawValue)")
        }
        return try login(to: node, on: host, of: files)
      }
      return .namespaces(
        process: status.process,
        group: ControlGroup([HostAgent.Surroundings.groupName(ofOwner: files.owner), host, node]))
    } catch {
      throw TestbedError(error.description)
    }
  }

  private func login(to node: String, on host: String, of files: ExperimentFiles) throws(RunningError) -> NodeEntry {
    let manifest = try HostManifest(file: files.manifestFile(of: host))
    guard let address = manifest.nodes.first(where: { $0.name == node })?.control?.address,
      let process = try? database.process(ofHost: host, of: files.name)
    else { throw RunningError("virtual machine \(node) has no address on the control network, by which it is reached") }
    return .login(network: process, address: address, keys: files.keys.string)
  }

  func place(of node: String, in name: ExperimentName) throws(TestbedError) -> (ExperimentFiles, host: String) {
    let files = try ExperimentFiles(name, in: store)
    let state = try settledState(of: files)
    guard state == .active else { throw TestbedError("experiment \(name) is \(state.rawValue): swap it in first") }
    if let found = try database.nodes(of: name).first(where: { $0.name == node }) { return (files, found.host) }
    // A host is one for whoever looks at it.
    guard try database.hosts(of: name).contains(node) else {
      throw TestbedError("experiment \(name) has no node \(node)")
    }
    return (files, node)
  }
}

extension NodeReport {
  /// A node that nobody has started.
  init(_ node: ManifestNode, on host: String) {
    self.init(name: node.name, host: host, kind: node.kind.rawValue, state: nil, exitCode: nil, notes: [])
  }
}
