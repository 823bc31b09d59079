internal import Glibc
internal import Partitioning
internal import Synchronization

/// What a command says about its work, on standard error: warnings, progress on a terminal, and each stage's time and
/// sizes where that was asked for.
final class Journal: Sendable {
  private let isDetailed: Bool
  private let isTerminal: Bool
  private let isLineOpen = Mutex(false)
  private let start = ContinuousClock.now

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
  var progress: (@Sendable (PartitioningProgress) -> Void)? {
    guard isTerminal else { return nil }
    return { [self] progress in
      let elapsed = (ContinuousClock.now - start) / .seconds(1)
      let left = progress.fraction > 0.01 ? Int(elapsed / progress.fraction - elapsed) : nil
      let cost = progress.cost.map { ", cost \($0)" } ?? ""
      isLineOpen.withLock { isOpen in
        Console.note(
          "\r\u{1B}[Kpartition: \(Int(progress.fraction * 100)) %\(cost)\(left.map { ", \($0) s left" } ?? "")")
        isOpen = true
      }
    }
  }

  private func clearLine() {
    isLineOpen.withLock { isOpen in
      if isOpen { Console.note("\r\u{1B}[K") }
      isOpen = false
    }
  }
}
