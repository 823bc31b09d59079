public import Testbed
internal import Running
public import SystemPackage

extension LocalTestbed {
  /// A connection to the ssh server of a node, or of a host.
  ///
  /// - Parameters:
  ///   - text: Its name, with or without those of experiment and project, in any case.
  ///   - name: The experiment.
  /// - Returns: A socket.
  /// - Throws: If there is none of that name, or it is dead.
  public func login(to text: String, of name: ExperimentName) throws(TestbedError) -> FileDescriptor {
    let files = try ExperimentFiles(name, in: store)
    let wanted = text.prefix { $0 != "." }.lowercased()
    let names = try database.nodes(of: name).map(\.name) + database.hosts(of: name)
    guard let node = names.first(where: { $0.lowercased() == wanted }) else {
      throw TestbedError("experiment \(name) has no node \(text), or isn't swapped in")
    }
    let entry = try entry(of: node, of: name)
    do throws(RunningError) {
      switch entry {
      case .namespaces(let process, let group):
        try group.add(OwnedProcesses.this)
        return try LoginServer.start(in: process, owner: files.owner)
      case .login(let process, let address, _): return try LoginServer.connect(to: address, from: process)
      }
    } catch {
      throw TestbedError(error.description)
    }
  }

  /// Boots a node once more: what it has written stays, its start command runs again.
  ///
  /// - Throws: If it isn't there, or is a ghost.
  public func reboot(_ node: String, of name: ExperimentName) throws(TestbedError) {
    let (files, host) = try place(of: node, in: name)
    do throws(RunningError) {
      _ = try files.agent(of: host).ask(.reboot(node))
    } catch {
      throw TestbedError(error.description)
    }
    try database.record("\(node) booted again", of: name)
  }
}
