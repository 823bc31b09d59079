internal import Glibc
internal import Subprocess
internal import SystemPackage

/// Graphviz, which lays out and draws dot files: the program `dot`, in a process of its own.
package enum Graphviz {
  private static let program = "dot"
  /// The largest drawing, in bytes.
  private static let greatestOutput = 1 << 30

  /// Draws a dot file.
  ///
  /// - Parameters:
  ///   - dot: The text of the file, which names its layout program.
  ///   - format: What Graphviz calls the format, such as `png`.
  ///   - seconds: How long it may take.
  ///   - interruption: What ends Graphviz with this program; `nil` for nothing, where several may draw at once.
  /// - Returns: The drawing.
  /// - Throws: If there is no Graphviz, it takes too long, or it can't draw that.
  package static func draw(_ dot: String, as format: String, within seconds: Double, interruption: Interruption?)
    async throws(CommandError) -> [UInt8]
  {
    defer { interruption?.settle(.drawing) }
    let outcome: Outcome
    do {
      outcome = try await withThrowingTaskGroup(of: Outcome.self) { group in
        group.addTask { try await run(dot, format: format, interruption: interruption) }
        group.addTask {
          try await Task.sleep(for: .seconds(seconds))
          return .tooLate
        }
        // Whichever comes second is cancelled, and with it the process.
        defer { group.cancelAll() }
        return try await group.next() ?? .tooLate
      }
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw CommandError(
        "Graphviz, which draws pictures, isn't installed (no program \"\(program)\"): install the package graphviz")
    } catch {
      throw CommandError("can't run Graphviz: \(error)")
    }
    switch outcome {
    case .drawn(let bytes): return bytes
    case .failed(let reason): throw CommandError("Graphviz can't draw this: \(reason)")
    case .tooLate: throw CommandError("drawing takes Graphviz more than \(seconds.formatted) s")
    }
  }

  private enum Outcome {
    case drawn([UInt8])
    case failed(String)
    case tooLate
  }

  private static func run(_ dot: String, format: String, interruption: Interruption?) async throws -> Outcome {
    let result = try await Subprocess.run(
      .name(program), arguments: ["-T\(format)"], input: .string(dot), output: .bytes(limit: greatestOutput),
      error: .string(limit: 1 << 20)
    ) { execution in
      let process = execution.processIdentifier
      interruption?.begin(.drawing) { kill(process.value, SIGKILL) }
    }
    switch result.terminationStatus {
    case .exited(0) where !result.standardOutput.isEmpty: return .drawn(result.standardOutput)
    case .signaled(let number): return .failed("it was ended by signal \(number)")
    case .exited:
      let lines = result.standardError.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("Warning:") }
      let prefix = "Error: "
      let reason = lines.first.map { String($0.hasPrefix(prefix) ? $0.dropFirst(prefix.count) : $0) }
      return .failed(reason ?? "it wrote nothing")
    }
  }
}

extension Double {
  /// The number without a fraction that is none.
  fileprivate var formatted: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
