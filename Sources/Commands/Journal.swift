internal import Glibc
internal import Partitioning
internal import Synchronization

/// What a command says about its work, on standard error: warnings, progress on a terminal, and each stage's time and
/// sizes where that was asked for.
final class Journal: Sendable {
  private let isDetailed: Bool
  private let isTerminal: Bool
  /// When progress was last shown; `nil` where no line of it is open.
  private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

  /// - Parameter isDetailed: Whether to tell of each stage.
  init(isDetailed: Bool) {
    self.isDetailed = isDetailed
    isTerminal = isatty(STDERR_FILENO) != 0
  }

  /// Does a stage of the work, and tells of it.
  func stage<Result>(
    _ name: String, _ work: () throws -> Result, sizes: (Result) -> String = { _ in "" }
  ) rethrows -> Result {
    let began = ContinuousClock.now
    defer { clearLine() }
    let result = try work()
    finish(name, began, sizes(result))
    return result
  }

  /// Does a stage of the work, and tells of it.
  func stage<Result>(
    _ name: String, _ work: () async throws -> Result, sizes: (Result) -> String = { _ in "" }
  ) async rethrows -> Result {
    let began = ContinuousClock.now
    defer { clearLine() }
    let result = try await work()
    finish(name, began, sizes(result))
    return result
  }

  private func finish(_ name: String, _ began: ContinuousClock.Instant, _ sizes: String) {
    clearLine()
    guard isDetailed else { return }
    let milliseconds = (ContinuousClock.now - began) / .milliseconds(1)
    let peak = ProcessMemory.peak >> 20
    Console.note(
      "\(name): \(Int(milliseconds.rounded())) ms, \(peak) MB at most\(sizes.isEmpty ? "" : ", \(sizes)")\n")
  }

  /// Tells someone who watches what has come of the work.
  func tell(_ text: String) {
    clearLine()
    if isTerminal { Console.note(text) }
  }

  /// Tells what the user should know.
  func warn(_ warnings: [String]) {
    clearLine()
    for warning in warnings { Console.note("warning: \(warning)\n") }
  }

  /// Passes on what another program wrote.
  func pass(_ text: String) {
    clearLine()
    Console.note(text)
  }

  /// Shows how far the search for partitions is; `nil` where nobody watches.
  var searchProgress: (@Sendable (PartitioningProgress) -> Void)? {
    guard let show = display(of: "partition") else { return nil }
    return { show($0.fraction, $0.cost.map { "cost \($0)" }) }
  }

  /// Shows how far a stage is that begins now; `nil` where nobody watches.
  func progress(of stage: String) -> (@Sendable (Double) -> Void)? {
    guard let show = display(of: stage) else { return nil }
    return { show($0, nil) }
  }

  /// Shows what part of a stage is done, 0 to 1, what it has come to, and how long it will take.
  private func display(of stage: String) -> (@Sendable (Double, String?) -> Void)? {
    guard isTerminal else { return nil }
    let start = ContinuousClock.now
    return { [self] fraction, state in
      lastShown.withLock { last in
        // Nobody reads more than ten lines a second.
        let now = ContinuousClock.now
        guard last.map({ now - $0 >= .milliseconds(100) }) ?? true else { return }
        let elapsed = (now - start) / .seconds(1)
        let left = fraction > 0.01 ? "\(Int(elapsed / fraction - elapsed)) s left" : nil
        let parts = ["\(Int(fraction * 100)) %", state, left].compactMap(\.self)
        Console.note("\r\u{1B}[K\(stage): \(parts.joined(separator: ", "))")
        last = now
      }
    }
  }

  private func clearLine() {
    lastShown.withLock { last in
      if last != nil { Console.note("\r\u{1B}[K") }
      last = nil
    }
  }
}
