public import Foundation

/// A program that tests run: one of ours, or one that the machine may have.
public struct Program: Sendable {
  /// What a program did.
  public struct Outcome: Sendable {
    /// Its exit status; the number of the signal that ended it, negative.
    public var status: Int32
    /// What it wrote to standard output.
    public var output: Data
    /// What it wrote to standard error.
    public var errors: String

    /// What it wrote to standard output, as text.
    public var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// Where it is.
  public let url: URL

  /// A program on the `PATH`; `nil` where there is none of that name.
  public init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let files = folders.map { URL(filePath: String($0)).appending(path: name) }
    guard let url = files.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else { return nil }
    self.url = url
  }

  /// One of the package's own programs, built with the tests.
  public init(built name: String) {
    url = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: name)
  }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - arguments: Its arguments.
  ///   - input: What it reads from standard input.
  ///   - environment: Variables to add to those of the tests, or to replace.
  ///   - folder: The folder it runs in.
  /// - Returns: What it did.
  /// - Throws: If it can't be started.
  public func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], in folder: URL? = nil
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = folder }
    // Files don't fill up as pipes do.
    let scratch = try TemporaryFolder()
    let streams = try ["in", "out", "err"].map { name in
      let file = URL(filePath: try scratch.write(name == "in" ? input : "", to: name))
      return try name == "in" ? FileHandle(forReadingFrom: file) : FileHandle(forUpdating: file)
    }
    (process.standardInput, process.standardOutput, process.standardError) = (streams[0], streams[1], streams[2])
    try process.run()
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    let results = try ["out", "err"].map { try Data(contentsOf: scratch.url.appending(path: $0)) }
    return Outcome(status: status, output: results[0], errors: String(decoding: results[1], as: UTF8.self))
  }
}
