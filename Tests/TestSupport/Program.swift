public import Foundation
internal import Subprocess
internal import SystemPackage

/// A program that tests run as its users do: one of ours, or one of the system's.
public struct Program: Sendable {
  private let path: String

  /// A program of the system.
  ///
  /// - Parameter path: Where it is.
  public init(_ path: String) { self.path = path }

  /// One of our own programs, as it was built with the tests.
  public static func built(_ name: String) -> Self { Self("\(directory)/\(name)") }

  /// Where our own programs are.
  public static let directory = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .path

  /// A program that may be on the `PATH`; `nil` where it isn't.
  public static func installed(_ name: String) -> Self? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let programs = folders.map { Self(URL(filePath: String($0)).appending(path: name).path) }
    return programs.first { $0.isInstalled }
  }

  /// Whether it is there.
  public var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// How a program ended, and what it wrote. How long it took is no part of being equal.
  public struct Result: Sendable, Equatable {
    /// The exit code, or minus the number of the signal that ended it.
    public var status: Int32
    /// What it wrote to standard output.
    public var bytes: [UInt8]
    /// What it wrote to standard output, as text.
    public var output: String { String(decoding: bytes, as: UTF8.self) }
    /// What it wrote to standard error.
    public var errors: String
    /// How long it ran.
    public var duration = Duration.zero

    /// A way to end.
    public init(status: Int32, output: String, errors: String) {
      self.init(status: status, bytes: Array(output.utf8), errors: errors)
    }

    fileprivate init(status: Int32, bytes: [UInt8], errors: String) {
      self.status = status
      self.bytes = bytes
      self.errors = errors
    }

    public static func == (left: Self, right: Self) -> Bool {
      (left.status, left.bytes, left.errors) == (right.status, right.bytes, right.errors)
    }
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: What follows its name.
  ///   - text: What it reads from standard input.
  ///   - environment: Variables beside those that the tests have.
  ///   - directory: Where it runs.
  ///   - signal: The number of a signal that it gets, and when.
  /// - Returns: How it ended, and what it wrote.
  /// - Throws: If it can't be started.
  public func run(
    _ arguments: [String], input text: String = "", environment: [String: String] = [:], in directory: URL? = nil,
    signal: (number: Int32, after: Duration)? = nil
  ) async throws -> Result {
    await Turns.shared.take()
    let begin = ContinuousClock.now
    defer { Task { await Turns.shared.give() } }
    let variables = environment.map { (Environment.Key(stringLiteral: $0.key), String?.some($0.value)) }
    let result = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(arguments),
      environment: .inherit.updating(Dictionary(uniqueKeysWithValues: variables)),
      workingDirectory: directory.map { FilePath($0.path) }, input: .string(text),
      output: .bytes(limit: 1 << 28), error: .string(limit: 1 << 24)
    ) { execution in
      guard let signal else { return }
      try? await Task.sleep(for: signal.after)
      // It may have ended by itself.
      try? execution.send(signal: Signal(rawValue: signal.number))
    }
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let code): Int32(code)
      case .signaled(let number): -Int32(number)
      }
    var ended = Result(status: status, bytes: result.standardOutput, errors: result.standardError)
    ended.duration = ContinuousClock.now - begin
    return ended
  }
}

/// Lets so many programs run at once as the machine can take: tests that wait for processes start them all.
private actor Turns {
  static let shared = Turns()

  private var free = max(2, ProcessInfo.processInfo.activeProcessorCount)
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func take() async {
    guard free == 0 else { return free -= 1 }
    await withCheckedContinuation { waiting.append($0) }
  }

  func give() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
