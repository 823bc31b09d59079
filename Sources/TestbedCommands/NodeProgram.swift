internal import Commands
internal import Running
internal import SystemPackage

/// Programs that run in a node beside what it runs.
enum NodeProgram {
  /// Becomes a program in a node.
  ///
  /// - Throws: If there is no `nsenter`.
  static func replaceThisProcess(by command: [String], in process: Int32) throws -> Never {
    let error = SystemProcess.replaceThisProcess(by: NodeEntrance.words(into: process) + command)
    throw CommandError("can't enter the node: \(error)")
  }

  /// Runs two programs, of which one reads what the other writes; each here, or in a node.
  ///
  /// - Throws: If one of them fails.
  static func pipe(from source: ([String], Int32?), to target: ([String], Int32?)) throws {
    let pipe = try FileDescriptor.pipe()
    func start(_ command: ([String], Int32?), _ input: FileDescriptor?, _ output: FileDescriptor?) throws
      -> SystemProcess
    {
      let words = (command.1.map(NodeEntrance.words) ?? []) + command.0
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
