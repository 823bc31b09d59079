internal import CLinux
internal import Glibc
public import SystemPackage

/// A program of the system that does something and ends: `ip`, `tc`.
public enum SystemCommand {
  /// What our own programs get as their environment.
  public static var inheritedEnvironment: [String] { environment }

  /// What programs of the system get as their environment.
  static let environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"]

  /// How a program ended, and what it wrote.
  public struct Outcome: Sendable {
    /// Its exit code.
    public var code: Int32
    /// What it wrote to standard output.
    public var output: String
    /// What it wrote to standard error.
    public var errors: String
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - arguments: What follows its name.
  ///   - input: What it reads.
  ///   - network: The network namespace that it works in; `nil` for this process's.
  ///   - namespaces: Namespaces that it has to itself.
  ///   - environment: Its variables.
  /// - Returns: How it ended.
  /// - Throws: If it can't be started.
  public static func run(
    _ program: String, _ arguments: [String], input: String = "", network: FileDescriptor? = nil,
    namespaces: SystemProcess.Namespaces = [], environment: [String] = inheritedEnvironment
  ) throws(RunningError) -> Outcome {
    let (given, output, errors) = try (memoryFile(input), memoryFile(""), memoryFile(""))
    defer { for file in [given, output, errors] { try? file.close() } }
    let process = try SystemProcess(
      program, arguments, environment: environment, descriptors: [given, output, errors], namespaces: namespaces,
      network: network)
    let code = process.wait()
    return Outcome(code: code, output: contents(of: output), errors: contents(of: errors))
  }

  /// Has `ip` or `tc` do many things at once.
  ///
  /// - Throws: The first that it refuses.
  public static func batch(_ program: Batch, _ lines: [String], in network: FileDescriptor? = nil)
    throws(RunningError)
  {
    guard !lines.isEmpty else { return }
    let text = lines.joined(separator: "\n") + "\n"
    let outcome = try run(program.path, ["-batch", "-"], input: text, network: network)
    guard outcome.code != 0 else { return }
    // "RTNETLINK answers: File exists", "Command failed -:12"
    let number = outcome.errors.split(separator: "Command failed -:").dropFirst().first.flatMap { rest in
      Int(rest.prefix { $0.isNumber })
    }
    let line = number.flatMap { lines.indices.contains($0 - 1) ? lines[$0 - 1] : nil }
    let reason = outcome.errors.split(whereSeparator: \.isNewline).first.map(String.init) ?? "code \(outcome.code)"
    throw RunningError("\(program.rawValue) \(line ?? "…"): \(reason)")
  }

  /// Programs that take many commands at once.
  public enum Batch: String, Sendable {
    case ip
    case tc
    case bridge

    fileprivate var path: String { SystemCommand.path(of: rawValue) }
  }

  /// Where a program of the system is; its name alone where it isn't.
  public static func path(of name: String) -> String {
    for folder in ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"] {
      let path = "\(folder)/\(name)"
      if unsafe access(path, X_OK) == 0 { return path }
    }
    return name
  }

  /// A file in memory with that text, which is gone when it is closed.
  ///
  /// - Throws: If there is no room for it.
  public static func memoryFile(_ text: String) throws(RunningError) -> FileDescriptor {
    let bytes = Array(text.utf8)
    let number = unsafe bytes.withUnsafeBytes { unsafe clinux_memory_file($0.baseAddress, $0.count) }
    guard number >= 0 else { throw RunningError(kernel: "can't make a file in memory") }
    return FileDescriptor(rawValue: number)
  }

  /// What is in such a file.
  public static func contents(of file: FileDescriptor) -> String {
    guard let size = try? file.seek(offset: 0, from: .end), size > 0 else { return "" }
    _ = try? file.seek(offset: 0, from: .start)
    return unsafe String(unsafeUninitializedCapacity: Int(size)) { buffer in
      unsafe (try? file.read(into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
    }
  }
}
