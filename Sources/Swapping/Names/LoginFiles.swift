internal import HostManifests
internal import Running
internal import SystemPackage
internal import Testbed

/// What ssh needs to get into an experiment's nodes: keys that are made when it is swapped in, and a piece of its
/// configuration. All of it is in the experiment's directory `run`, and goes with that.
struct LoginFiles {
  private let directory: FilePath

  /// Those of an experiment.
  init(_ files: ExperimentFiles) { directory = files.keys }

  /// The pattern of the paths of such configurations in a tree.
  static func configurations(of root: FilePath) -> FilePath {
    root.appending("proj").appending("*").appending("exp").appending("*").appending("run").appending("keys")
      .appending("config")
  }

  /// Makes keys.
  ///
  /// - Returns: Why nobody will be able to log in; `nil` where people will.
  /// - Throws: If the files can't be written.
  func makeKeys(for name: ExperimentName) throws(RunningError) -> String? {
    let generator = SystemCommand.path(of: "ssh-keygen")
    guard generator.hasPrefix("/"), SystemCommand.path(of: "sshd").hasPrefix("/") else {
      return
        "no ssh on this machine (Debian: openssh-client, openssh-server): nodes are reached by \"testbed exec\" only"
    }
    do throws(Errno) { try FileTree.makeDirectory(directory, permissions: 0o700) } catch {
      throw RunningError("can't make \(directory): \(error.reason)")
    }
    for file in [LoginServer.userKey, LoginServer.hostKey] {
      let outcome = try SystemCommand.run(
        generator,
        ["-q", "-t", "ed25519", "-N", "", "-C", "\(name)", "-f", directory.appending(file).string])
      guard outcome.code == 0 else { throw RunningError("ssh-keygen: \(outcome.errors)\(outcome.output)") }
    }
    return nil
  }

  /// Writes the configuration, once keys are made.
  ///
  /// - Parameters:
  ///   - manifests: The experiment's hosts.
  ///   - name: The experiment.
  ///   - root: The tree that it is in.
  ///   - program: The program `testbed`.
  /// - Throws: If the files can't be written.
  func writeConfiguration(
    _ manifests: [HostManifest], of name: ExperimentName, root: FilePath, program: FilePath
  ) throws(RunningError) {
    guard FileTree.exists(directory.appending(LoginServer.userKey)) else { return }
    let suffix = ".\(name.experiment).\(name.project)"
    let hostKey = try TextFile.read(directory.appending("\(LoginServer.hostKey).pub").string)
    try TextFile.write("*\(suffix) \(hostKey)", to: directory.appending("known_hosts").string)
    let nodes = manifests.flatMap { [$0.host.name] + $0.nodes.map(\.name) }
    let names = Set(nodes).sorted().map { $0 + suffix }
    // Only names that there are get to the shell that ssh runs the command with. "Match" takes them in any case.
    let text = """
      Match originalhost \(names.joined(separator: ","))
        User root
        ProxyCommand env CONTAINERIZE_HOME=\(root.string.inShell) \(program.string.inShell) proxy \(name) %n
        ProxyUseFdpass yes
        IdentityFile \(directory.appending(LoginServer.userKey).string.inConfiguration)
        IdentitiesOnly yes
        UserKnownHostsFile \(directory.appending("known_hosts").string.inConfiguration)
        GlobalKnownHostsFile none
        StrictHostKeyChecking yes
        PasswordAuthentication no
        KbdInteractiveAuthentication no

      """
    try TextFile.write(text, to: directory.appending("config").string, isPrivate: true)
  }
}

extension String {
  /// A word of a shell in a value that ssh replaces `%…` in.
  fileprivate var inShell: String {
    "'\(replacing("%", with: "%%").replacing("'", with: "'\\''"))'"
  }

  /// A word of ssh's configuration, where it replaces `%…`.
  fileprivate var inConfiguration: String {
    "\"\(replacing("%", with: "%%").replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}
