import Glibc

/// A program and its arguments.
struct Command {
  /// Its path, or its name where it is on the `PATH`.
  var program: String
  var arguments: [String]
  /// The file that takes what it prints.
  var output = "/dev/null"

  init(_ program: String, _ arguments: String..., output: String = "/dev/null") {
    self.program = program
    self.arguments = arguments
    self.output = output
  }

  init(_ program: String, _ arguments: [String], output: String = "/dev/null") {
    self.program = program
    self.arguments = arguments
    self.output = output
  }

  /// What one run took.
  struct Usage {
    /// Wall-clock time, from starting the program to its end.
    var seconds: Double
    /// The most memory it held at once.
    var peakBytes: Int
  }

  /// Runs it to its end.
  ///
  /// - Returns: What it took. Linux counts the memory of the process that starts a program as the program's own until
  ///   it has more, so a peak below this process's size can't be seen.
  /// - Throws: ``CommandError`` where it can't be started or fails.
  @discardableResult
  func run() throws(CommandError) -> Usage {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)

    var words: [UnsafeMutablePointer<CChar>?] = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }

    let clock = ContinuousClock()
    let start = clock.now
    var process: pid_t = 0
    let code = unsafe posix_spawnp(&process, program, &actions, nil, &words, environ)
    guard code == 0 else { throw CommandError(command: self, reason: "can't be started (error \(code))") }
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(process, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw CommandError(command: self, reason: "can't be waited for (error \(errno))") }
    }
    guard status == 0 else { throw CommandError(command: self, reason: "ended with wait status \(status)") }
    return Usage(seconds: (clock.now - start) / .seconds(1), peakBytes: usage.ru_maxrss * 1024)
  }
}

/// A program that a benchmark runs didn't do its work.
struct CommandError: Error, CustomStringConvertible {
  var command: Command
  var reason: String

  var description: String { "\(command.program) \(command.arguments.joined(separator: " ")): \(reason)" }
}
