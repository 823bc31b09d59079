internal import FoundationEssentials
internal import Glibc
internal import Partitioning
internal import Subprocess
internal import Synchronization
internal import SystemPackage

/// The processes that work on the inputs of a batch: `packer partition`, once for each.
final class BatchWorkers: Sendable {
  private let request: BatchRequest
  private let threads: Int?
  private let program: String
  private let running = Mutex<Set<pid_t>>([])

  /// More than any summary or message has, in bytes.
  private static let greatestOutput = 1 << 20

  /// - Parameters:
  ///   - request: What is asked of each.
  ///   - threads: How many threads each may work on; `nil` for as many as there are processors.
  init(request: BatchRequest, threads: Int?) {
    self.request = request
    self.threads = threads
    program = OwnProgram.path(of: "packer")
  }

  /// Partitions an input.
  ///
  /// - Returns: Its result, or why it has none.
  func row(_ name: String) async -> BatchRow {
    do {
      return BatchRow(name: name, request: request, summary: try await summary(name))
    } catch {
      return BatchRow(name: name, request: request, error: "\(error)")
    }
  }

  /// Ends them all.
  func end() {
    running.withLock { running in
      // With what each has started, such as the reader of NS-2.
      for process in running { kill(-process, SIGKILL) }
    }
  }

  private func summary(_ name: String) async throws(CommandError) -> PartitionSummary {
    var arguments = [
      "partition", "--json", "--capacity", String(request.capacity), "--effort", request.effort.rawValue, "--seed",
      String(request.seed),
    ]
    if let seconds = request.timeLimit { arguments += ["--time-limit", String(seconds)] }
    if let threads { arguments += ["--threads", String(threads)] }
    var options = PlatformOptions()
    // A group of its own: Ctrl-C is for this process, which ends its workers.
    options.processGroupID = 0
    let result: ExecutionResult<Void, BytesOutput, StringOutput<UTF8>>
    do {
      let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
      result = try await Subprocess.run(
        executable, arguments: Arguments(arguments + ["--", name]), platformOptions: options, input: .none,
        output: .bytes(limit: Self.greatestOutput), error: .string(limit: Self.greatestOutput)
      ) { [self] execution in
        let process = execution.processIdentifier.value
        running.withLock { _ = $0.insert(process) }
      }
      running.withLock { _ = $0.remove(result.processIdentifier.value) }
    } catch {
      throw CommandError("can't run \(program): \(error)")
    }
    switch result.terminationStatus {
    case .exited(0):
      guard let summary = try? JSONDecoder().decode(PartitionSummary.self, from: Data(result.standardOutput)) else {
        throw CommandError("\(program) says nothing that can be understood")
      }
      return summary
    case .exited(let status):
      throw CommandError(Self.message(result.standardError) ?? "packer failed with status \(status)")
    case .signaled(let number): throw CommandError("packer was ended by signal \(number)")
    }
  }

  /// What a program's last words are, in one line.
  private static func message(_ notes: String) -> String? {
    let prefix = "Error: "
    let lines = notes.split(whereSeparator: \.isNewline)
    guard let first = lines.firstIndex(where: { $0.hasPrefix(prefix) }) else { return nil }
    return ([lines[first].dropFirst(prefix.count)] + lines[(first + 1)...]).joined(separator: "; ")
  }
}
