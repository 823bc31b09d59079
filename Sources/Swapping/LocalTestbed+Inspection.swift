public import HostManifests
public import Running
public import Testbed

extension LocalTestbed {
  /// What was asked of the links of an active experiment, and what was measured last; none of one that isn't active.
  ///
  /// - Throws: If the database can't be read.
  public func lastMeasuredLinks(of name: ExperimentName) throws(TestbedError) -> [LinkReport] {
    try database.links(of: name)
  }

  /// A node as its host is told of it.
  ///
  /// - Returns: The node, and the name of its host; `nil` where the experiment has none of that name.
  /// - Throws: If the experiment isn't there, or has no manifests.
  public func manifestNode(
    _ node: String, of name: ExperimentName
  ) throws(TestbedError) -> (node: ManifestNode, host: String)? {
    for manifest in try ExperimentFiles(name, in: store).manifests() {
      if let found = manifest.nodes.first(where: { $0.name == node }) { return (found, manifest.host.name) }
    }
    return nil
  }

  /// What the start command of a node on a host has written.
  ///
  /// - Parameters:
  ///   - node: The node.
  ///   - host: Where it is.
  ///   - name: The experiment, which is active.
  ///   - limit: The most bytes of each file: its end.
  /// - Returns: What there is.
  /// - Throws: If the host's agent doesn't answer.
  public func startCommandRecord(
    of node: String, on host: String, of name: ExperimentName, limit: Int
  ) throws(TestbedError) -> StartCommandRecord {
    let files = try ExperimentFiles(name, in: store)
    do throws(RunningError) {
      guard
        case .startCommandRecord(let record) = try files.agent(of: host).ask(
          .startCommandRecord(node: node, limit: limit))
      else { throw RunningError("\(host): its agent didn't answer what it was asked") }
      return record
    } catch {
      throw TestbedError(error.description)
    }
  }
}
