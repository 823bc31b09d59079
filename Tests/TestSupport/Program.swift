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
  public static func built(_ name: String) -> Self {
    Self(
      URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: name).path)
  }

  /// Whether it is there.
  public var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// How a program ended, and what it wrote.
  public struct Result: Sendable, Equatable {
    /// The exit code, or minus the number of the signal that ended it.
    public var status: Int32
    /// What it wrote to standard output.
    public var output: String
    /// What it wrote to standard error.
    public var errors: String
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: What follows its name.
  ///   - environment: Variables beside those that the tests have.
  ///   - directory: Where it runs.
  ///   - signal: The number of a signal that it gets, and when.
  /// - Returns: How it ended, and what it wrote.
  /// - Throws: If it can't be started.
  public func run(
    _ arguments: [String], environment: [String: String] = [:], in directory: URL? = nil,
    signal: (number: Int32, after: Duration)? = nil
  ) async throws -> Result {
    await Turns.shared.take()
    defer { Task { await Turns.shared.give() } }
    let variables = environment.map { (Environment.Key(stringLiteral: $0.key), String?.some($0.value)) }
    let result = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(arguments),
      environment: .inherit.updating(Dictionary(uniqueKeysWithValues: variables)),
      workingDirectory: directory.map { FilePath($0.path) }, input: .none,
      output: .string(limit: 1 << 28), error: .string(limit: 1 << 24)
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
    return Result(status: status, output: result.standardOutput, errors: result.standardError)
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
