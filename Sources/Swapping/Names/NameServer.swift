internal import Glibc
internal import HostManifests
internal import Running
internal import SystemPackage
internal import Testbed

/// A DNS server for the names of the experiments of a tree: dnsmasq, which reads a file for each of them.
///
/// It runs while there are such files. It and they are apart from the tree, which only root may be able to read.
struct NameServer {
  private let directory: FilePath
  private let processes: OwnedProcesses
  private let owner: String
  private static let program = "dnsmasq"
  /// Whether it is there.
  static var isInstalled: Bool { SystemCommand.path(of: program) != program }

  /// That of a tree.
  init(root: FilePath) {
    owner = "names of \(root)"
    directory = FilePath("/run/containerize").appending(HostAgent.Surroundings.groupName(ofOwner: owner))
    processes = OwnedProcesses(owner: owner)
  }

  private var hosts: FilePath { directory.appending("hosts") }
  private var domains: FilePath { directory.appending("domains") }

  /// Has it know names.
  ///
  /// - Throws: If it can't be started.
  func publish(_ names: [MachineName], of experiment: ExperimentName, _ setting: NamesSetting) throws(TestbedError) {
    do throws(RunningError) {
      do throws(Errno) { try FileTree.makeDirectories(hosts) } catch {
        throw RunningError("can't make \(hosts): \(error.reason)")
      }
      let lines = names.map { "\($0.address) \($0.name)\n" }
      try TextFile.write(lines.joined(), to: file(of: experiment).string)
      try update(setting)
    } catch {
      throw TestbedError(error.description)
    }
  }

  /// Has it know the names of an experiment no more.
  ///
  /// - Throws: If it can't be restarted.
  func retract(_ experiment: ExperimentName, _ setting: NamesSetting) throws(TestbedError) {
    guard FileTree.exists(file(of: experiment)) else { return }
    FileTree.remove(file(of: experiment))
    do throws(RunningError) { try update(setting) } catch { throw TestbedError(error.description) }
  }

  /// Ends it, and removes its files.
  ///
  /// - Throws: If it can't be ended.
  func stop() throws(TestbedError) {
    guard FileTree.exists(directory) else { return }
    try processes.end()
    FileTree.remove(directory)
    FileTree.removeEmptyDirectories(from: directory.removingLastComponent(), upTo: directory.removingLastComponent())
  }

  /// Whether it runs.
  var isRunning: Bool { !processes.numbers().isEmpty }

  private func file(of experiment: ExperimentName) -> FilePath {
    hosts.appending("\(experiment.experiment).\(experiment.project)")
  }

  private func update(_ setting: NamesSetting) throws(RunningError) {
    let files = FileTree.entries(of: hosts)
    if files.isEmpty {
      do throws(TestbedError) { return try stop() } catch { throw RunningError(error.description) }
    }
    // What isn't known of these domains isn't asked of others.
    try TextFile.write(files.map { "server=/\($0)/\n" }.joined(), to: domains.string)
    let running = processes.numbers()
    if !running.isEmpty {
      for number in running { kill(number, SIGHUP) }
      return
    }
    let path = SystemCommand.path(of: Self.program)
    guard path != Self.program else {
      throw RunningError(
        "there is no dnsmasq: install Debian's package dnsmasq-base, or choose \"testbed names hosts\"")
    }
    let outcome = try SystemCommand.run(
      path,
      [
        "--conf-file=/dev/null", "--no-hosts", "--addn-hosts=\(hosts)", "--servers-file=\(domains)",
        "--bind-interfaces",
        "--listen-address=\(setting.dnsAddress)", "--port=\(setting.dnsPort)", "--pid-file",
      ], environment: SystemCommand.inheritedEnvironment + ["\(HostAgent.ownerVariable)=\(owner)"])
    guard outcome.code == 0 else {
      throw RunningError(
        "dnsmasq doesn't start: \(outcome.errors.split(whereSeparator: \.isNewline).joined(separator: "; "))")
    }
  }
}

extension NamesSetting {
  /// Whether there is the DNS server on this machine that ``Mode/dns`` needs.
  public static var hasNameServer: Bool { NameServer.isInstalled }
}
