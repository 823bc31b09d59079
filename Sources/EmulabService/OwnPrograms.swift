internal import Foundation
internal import Subprocess
internal import SystemPackage
internal import XMLRPC

/// Our own programs, which do the work: a script from a stranger runs in the sandbox that `containerize` puts it in, and
/// what a program leaves behind when it is killed, the next one repairs.
struct OwnPrograms: Sendable {
  /// The directory that they are in.
  let directory: FilePath

  /// The most that a program may have to say, in bytes.
  private static let outputLimit = 1 << 22

  /// Runs one to its end.
  ///
  /// - Returns: What went wrong; `nil` where nothing did.
  func run(_ program: String, _ arguments: [String], in folder: FilePath? = nil) async -> EmulabProblem? {
    do {
      let result = try await Subprocess.run(
        .path(directory.appending(program)), arguments: Arguments(arguments), workingDirectory: folder, input: .none,
        output: .discarded, error: .string(limit: Self.outputLimit))
      switch result.terminationStatus {
      case .exited(0): return nil
      case .exited(let status):
        return EmulabProblem(.error, Self.complaint(result.standardError), value: .int(Int(status)))
      case .signaled(let number): return EmulabProblem(.error, "\(program) was ended by signal \(number)", value: 1)
      }
    } catch {
      return EmulabProblem(.serverError, "\(program) can't be run: \(error)")
    }
  }

  /// What a program says is wrong, without what it says of its progress.
  private static func complaint(_ text: String) -> String {
    guard let start = text.range(of: "Error: ") else { return text }
    return String(text[start.upperBound...])
  }
}

/// A directory for a moment, which only its owner sees.
struct ScratchFolder: ~Copyable {
  let path: FilePath

  init() throws(EmulabProblem) {
    path = FilePath(FileManager.default.temporaryDirectory.path).appending("containerize-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(
        atPath: path.string, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw EmulabProblem(.serverError, "there is no place for files: \(error)")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }

  /// Writes a file here.
  func write(_ text: String, to name: String) throws(EmulabProblem) {
    do {
      try Data(text.utf8).write(to: URL(filePath: path.appending(name).string))
    } catch {
      throw EmulabProblem(.serverError, "there is no place for files: \(error)")
    }
  }
}
