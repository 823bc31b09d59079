internal import Foundation
internal import Running
internal import Swapping
internal import SystemPackage
internal import Testbed

/// Something that the pages do to an experiment.
struct Operation: Sendable, Equatable {
  /// What is done.
  enum Verb: String, Sendable {
    case swapIn = "swapin"
    case swapOut = "swapout"
    case end
    /// Measuring links, which isn't a command of its own here.
    case measure

    /// What it is called in the middle of a sentence.
    var name: String {
      switch self {
      case .swapIn: "swapping in"
      case .swapOut: "swapping out"
      case .end: "ending"
      case .measure: "measuring links"
      }
    }
  }

  let verb: Verb
  /// Whether it is under way.
  var isRunning = true
  /// Why it failed; `nil` where it didn't.
  var failure: String?
}

/// What the pages do to experiments: programs of their own, `testbed swapin` and so on, in sessions of their own.
///
/// They go on when the browser is closed, and when the server ends; and what they leave if they are killed, the next
/// command repairs, as it does when they were started by hand.
actor Operations {
  private static let pause = Duration.milliseconds(50)

  private let testbed: LocalTestbed
  private var operations: [ExperimentName: Operation] = [:]
  private var processes: [ExperimentName: SystemProcess] = [:]
  private var cancelled: Set<ExperimentName> = []

  init(_ testbed: LocalTestbed) { self.testbed = testbed }

  /// What is done to an experiment, or was done last.
  func latest(of name: ExperimentName) -> Operation? { operations[name] }

  /// Begins something.
  ///
  /// - Throws: If something else is under way, or no program can be started.
  func begin(_ verb: Operation.Verb, _ name: ExperimentName) throws {
    try requireNothingUnderWay(name)
    let errors = try SystemCommand.memoryFile("")
    var environment = ProcessInfo.processInfo.environment
    environment["CONTAINERIZE_HOME"] = testbed.store.root.string
    let process = try SystemProcess(
      testbed.programs.appending("testbed").string, [verb.rawValue, "\(name)"],
      environment: environment.map { "\($0.key)=\($0.value)" }.sorted(),
      descriptors: [nil, nil, errors])
    operations[name] = Operation(verb: verb)
    processes[name] = process
    Task { await wait(for: process, verb, name, errors) }
  }

  private func wait(
    for process: SystemProcess, _ verb: Operation.Verb, _ name: ExperimentName, _ errors: FileDescriptor
  ) async {
    defer { try? errors.close() }
    // Waiting in the kernel would take a thread each.
    while true {
      if let code = process.exitCode {
        processes[name] = nil
        let text = SystemCommand.contents(of: errors)
        let isAsWanted = code == 0 || cancelled.remove(name) != nil
        operations[name] = Operation(
          verb: verb, isRunning: false, failure: isAsWanted ? nil : Self.complaint(in: text, code: code))
        return
      }
      try? await Task.sleep(for: Self.pause)
    }
  }

  /// The complaint in what a command wrote to standard error, which has progress, too.
  private static func complaint(in text: String, code: Int32) -> String {
    let prefix = "Error: "
    if let start = text.range(of: prefix) {
      return text[start.upperBound...].trimmingCharacters(in: .newlines)
    }
    return code > 128 ? "it was ended by signal \(code - 128)" : "it ended with exit code \(code)"
  }

  /// Ends what was begun here, which undoes it.
  ///
  /// - Returns: Whether there was something to end.
  func cancel(_ name: ExperimentName) -> Bool {
    // The number is the process's own until it was waited for, which happens here.
    guard let process = processes[name], operations[name]?.verb == .swapIn else { return false }
    cancelled.insert(name)
    return kill(process.number, SIGINT) == 0
  }

  /// Does something here that is shown like what programs do.
  ///
  /// - Throws: If something else is under way.
  func perform(
    _ verb: Operation.Verb, _ name: ExperimentName, _ body: @escaping @Sendable () async throws -> Void
  ) throws {
    try requireNothingUnderWay(name)
    operations[name] = Operation(verb: verb)
    Task {
      var failure: String?
      do { try await body() } catch { failure = "\(error)" }
      operations[name] = Operation(verb: verb, isRunning: false, failure: failure)
    }
  }

  private func requireNothingUnderWay(_ name: ExperimentName) throws {
    guard let operation = operations[name], operation.isRunning else { return }
    throw WebError("\(operation.verb.name) is under way: wait until that is done")
  }
}
