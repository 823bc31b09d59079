internal import Dispatch

/// What threads wait at until something has become true.
struct Gate: Sendable {
  private let signals = DispatchSemaphore(value: 0)

  /// Has those who wait look again.
  func open() { signals.signal() }

  /// Waits.
  ///
  /// - Parameters:
  ///   - seconds: How long at most.
  ///   - isTrue: What is waited for.
  /// - Returns: Whether it has become true.
  func wait(seconds: Int, until isTrue: () -> Bool) -> Bool {
    let end = DispatchTime.now() + .seconds(seconds)
    while !isTrue() {
      if signals.wait(timeout: end) == .timedOut { return isTrue() }
    }
    // Others may wait, too.
    signals.signal()
    return true
  }
}
