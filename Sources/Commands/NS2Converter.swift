internal import Glibc
internal import Subprocess
internal import SystemPackage

/// The program that turns an NS-2 file into TopDL.
///
/// NS-2 files are scripts from strangers: they run in that process only, never in this one.
struct NS2Converter {
  /// The program and its first arguments; the file follows.
  private let words: [String]

  /// The largest TopDL document that a converter may write, in bytes.
  private static let greatestOutput = 2 << 30

  /// The most that it may have to say, in bytes.
  private static let greatestNotes = 1 << 24

  /// - Parameter command: The program and its first arguments, separated by blanks; `nil` for our own reader.
  init(command: String?) {
    words = command?.split(separator: " ").map(String.init) ?? [OwnProgram.path(of: "ns2topdl")]
  }

  /// Turns a file into TopDL.
  ///
  /// - Throws: What the program says is wrong with the file.
  func topDL(of path: String, journal: Journal, interruption: Interruption?) async throws -> [UInt8] {
    guard let program = words.first else { throw CommandError("topdl_converter in the site configuration is empty") }
    let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
    // A name is never an option.
    let file = path.hasPrefix("-") ? "./\(path)" : path
    let result: ExecutionResult<Void, BytesOutput, StringOutput<UTF8>>
    defer { interruption?.settle(.conversion) }
    do {
      result = try await Subprocess.run(
        executable, arguments: Arguments(words.dropFirst() + [file]), input: .none,
        output: .bytes(limit: Self.greatestOutput), error: .string(limit: Self.greatestNotes)
      ) { execution in
        let process = execution.processIdentifier
        interruption?.begin(.conversion) { kill(process.value, SIGKILL) }
      }
    } catch {
      throw CommandError("can't run \(program), which reads NS-2 files: \(error)")
    }
    let notes = result.standardError
    switch result.terminationStatus {
    case .exited(0):
      journal.pass(notes)
      return result.standardOutput
    case .exited(let status):
      journal.pass(notes.split(separator: "\n").filter { $0.contains(": warning: ") }.map { "\($0)\n" }.joined())
      let errors = notes.split(separator: "\n").filter { !$0.contains(": warning: ") }.joined(separator: "\n")
      let prefix = "Error: "
      let message = errors.hasPrefix(prefix) ? String(errors.dropFirst(prefix.count)) : errors
      throw CommandError(message.isEmpty ? "\(path): \(program) failed with status \(status)" : message)
    case .signaled(let number):
      throw CommandError("\(path): \(program) was ended by signal \(number)")
    }
  }
}
