internal import Commands
internal import Glibc
internal import Running
internal import Swapping
internal import SystemPackage

/// Programs that run in a node beside what it runs.
enum NodeProgram {
  /// What runs a program in a node: in all namespaces of a process, in root's home and with no more rights than the
  /// process has; or by ssh.
  private static func words(for command: [String], in entry: NodeEntry, hasTerminal: Bool = false) -> [String] {
    switch entry {
    case .namespaces(let process, _):
      return NodeEntrance.words(into: process) + command
    case .login(let network, let address, let keys):
      return ["nsenter", "--target", "\(network)", "--net", "--"]
        + MachineKeys.login(to: address, keys: keys, hasTerminal: hasTerminal) + command.map(quoted)
    }
  }

  /// A word for a shell, whatever is in it.
  private static func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }

  /// Becomes a program in a node; a shell where there is none.
  ///
  /// - Throws: If there is no `nsenter`, or the node's limits don't hold for this process.
  static func replaceThisProcess(by command: [String], in entry: NodeEntry) throws -> Never {
    var command = command
    if case .namespaces(_, let group) = entry {
      try group.add(getpid())
      if command.isEmpty { command = ["/bin/bash", "-i"] }
    }
    let words = Self.words(for: command, in: entry, hasTerminal: isatty(STDIN_FILENO) == 1)
    throw CommandError("can't enter the node: \(SystemProcess.replaceThisProcess(by: words))")
  }

  /// Runs two programs, of which one reads what the other writes; each here, or in a node.
  ///
  /// - Throws: If one of them fails.
  static func pipe(from source: ([String], NodeEntry?), to target: ([String], NodeEntry?)) throws {
    let pipe = try FileDescriptor.pipe()
    func start(
      _ command: ([String], NodeEntry?), _ input: FileDescriptor?, _ output: FileDescriptor?
    ) throws -> SystemProcess {
      let words = command.1.map { Self.words(for: command.0, in: $0) } ?? command.0
      return try SystemProcess(
        SystemCommand.path(of: words[0]), Array(words.dropFirst()), environment: SystemCommand.inheritedEnvironment,
        descriptors: [input, output, FileDescriptor.standardError])
    }
    let writer = try start(source, nil, pipe.writeEnd)
    try pipe.writeEnd.close()
    let reader = try start(target, pipe.readEnd, nil)
    try pipe.readEnd.close()
    let codes = (writer.wait(), reader.wait())
    guard codes == (0, 0) else { throw CommandError("the files can't be copied") }
  }
}
