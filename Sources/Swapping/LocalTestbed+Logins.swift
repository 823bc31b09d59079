public import Testbed
internal import HostManifests
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
    let (_, host) = try place(of: node, in: name)
    if let machine = try files.manifest(of: host).nodes.first(where: { $0.name == node && $0.kind == .qemu }) {
      return try connection(to: machine, on: host, of: files)
    }
    let process = try process(of: node, of: name)
    do throws(RunningError) {
      try process.group.add(OwnedProcesses.this)
      return try LoginServer.start(in: process.number, owner: files.owner)
    } catch {
      throw TestbedError(error.description)
    }
  }

  /// A virtual machine runs an ssh server of its own.
  private func connection(
    to machine: ManifestNode, on host: String, of files: ExperimentFiles
  ) throws(TestbedError) -> FileDescriptor {
    guard let address = machine.control?.address, files.agent(of: host).isThere,
      let process = try database.process(ofHost: host, of: files.name)
    else { throw TestbedError("\(machine.name) has no address on the control network, or \(host) is gone") }
    do throws(RunningError) {
      return try LoginServer.connect(to: address, from: process)
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
