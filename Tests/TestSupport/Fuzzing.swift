internal import Foundation

/// Random trials: a few in an ordinary test run, as many as there is time for when `tools/fuzz` sets FUZZ_SECONDS.
public enum Fuzzing {
  /// Calls a body with seeds from 0.
  ///
  /// - Parameters:
  ///   - usual: How many seeds an ordinary run tries.
  ///   - body: The trial.
  /// - Returns: How many seeds were tried.
  @discardableResult
  public static func forEachSeed(usual: UInt64, _ body: (_ seed: UInt64) throws -> Void) rethrows -> UInt64 {
    let seconds = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap { Double($0) }
    let clock = ContinuousClock()
    let end = seconds.map { clock.now + .seconds($0) }
    var seed: UInt64 = 0
    while end.map({ clock.now < $0 }) ?? (seed < usual) {
      try body(seed)
      seed += 1
    }
    return seed
  }
}
