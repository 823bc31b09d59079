internal import Testbed
internal import HostManifests
internal import Running
internal import SystemPackage

/// The directory of an experiment that exists, as swapping in and out sees it.
struct ExperimentFiles: Sendable {
  let name: ExperimentName
  /// The experiment's directory.
  let directory: FilePath
  /// What is there while it is swapped in: sockets and logs of agents.
  let run: FilePath
  /// Whose its processes are: the directory's one true path, so that experiments of two trees are never confused.
  let owner: String

  /// The experiment of a name.
  ///
  /// - Throws: If there is none.
  init(_ name: ExperimentName, in store: ExperimentStore) throws(TestbedError) {
    self.name = name
    directory = store.directory(of: name)
    guard let path = FileTree.realPath(of: directory) else {
      throw TestbedError("there is no experiment \(name): \"testbed list\" shows those that there are")
    }
    owner = path.string
    run = FilePath(owner).appending("run")
  }

  /// The files of its containers.
  var configuration: FilePath { FilePath(owner).appending("containers") }

  /// Keys and configuration of ssh.
  var keys: FilePath { run.appending("keys") }

  /// The manifest of each host, in the order of the hosts' names.
  ///
  /// - Throws: If there is none, or one can't be read.
  func manifests() throws(TestbedError) -> [HostManifest] {
    let place = configuration.appending("manifests")
    let files = FileTree.entries(of: place).filter { $0.hasSuffix(".json") }
    guard !files.isEmpty else { throw TestbedError("experiment \(name) has no manifests (\(place))") }
    do throws(RunningError) {
      var manifests: [HostManifest] = []
      for file in files { manifests.append(try HostManifest(file: place.appending(file).string)) }
      return manifests
    } catch {
      throw TestbedError(error.description)
    }
  }

  /// Where a host's manifest is.
  func manifestFile(of host: String) -> String {
    configuration.appending("manifests").appending("\(host).json").string
  }

  /// Where the disks of a host's virtual machines are, and what they say.
  func disks(of host: String) -> String { run.appending("machines").appending(host).string }

  /// The agent of a host.
  func agent(of host: String) -> AgentClient { AgentClient(directory: run.string, name: "\(host).sock") }

  /// What the agent of a host said last.
  func lastWords(of host: String) -> String? {
    lines(of: host).last.map { $0.hasPrefix(Self.failure) ? String($0.dropFirst(Self.failure.count)) : $0 }
  }

  /// Why the agent of a host has ended; `nil` where it hasn't, or was ended.
  func reasonForEnding(of host: String) -> String? {
    lines(of: host).last { $0.hasPrefix(Self.failure) }.map { String($0.dropFirst(Self.failure.count)) }
  }

  /// What programs write before the reason why they end.
  private static let failure = "Error: "

  private func lines(of host: String) -> [String] {
    let log = try? TextFile.read(run.appending("\(host).log").string)
    return log?.split(whereSeparator: \.isNewline).map(String.init) ?? []
  }
}
