internal import HostManifests

/// What one direction of a link does to packets: a queue of a rate, then a delay; some are lost.
struct DelayLine {
  /// Nanoseconds from the end of a packet's turn to its arrival.
  private let delay: Int64
  /// Nanoseconds that a byte takes.
  private let nanosecondsPerByte: Double
  private let loss: Double
  /// When the last packet's turn ends.
  private var busyUntil: Int64 = 0
  private var random: UInt64

  /// A line.
  ///
  /// - Parameters:
  ///   - direction: What it does.
  ///   - seed: Determines which packets are lost.
  init(_ direction: InterfaceShaping.Direction, seed: UInt64) {
    delay = Int64(direction.delayMilliseconds * 1e6)
    nanosecondsPerByte = direction.kilobitsPerSecond.map { $0 > 0 ? 8e6 / $0 : .infinity } ?? 0
    loss = direction.loss
    random = seed
  }

  /// Takes a packet.
  ///
  /// - Parameters:
  ///   - size: Its size in bytes.
  ///   - now: The time in nanoseconds.
  /// - Returns: When it arrives; `nil` where it is lost, or the queue is full.
  mutating func arrival(ofSize size: Int, at now: Int64) -> Int64? {
    if loss > 0, nextFraction() < loss { return nil }
    guard nanosecondsPerByte > 0 else { return now + delay }
    let begin = max(now, busyUntil)
    let waiting = Double(begin - now) / nanosecondsPerByte
    guard waiting < Double(InterfaceShaping.Direction.queueBytes), nanosecondsPerByte.isFinite else { return nil }
    busyUntil = begin + Int64(Double(size) * nanosecondsPerByte)
    return busyUntil + delay
  }

  /// A number from 0 up to 1.
  ///
  /// > G. Steele, D. Lea, C. Flood. "Fast splittable pseudorandom number generators" (SplitMix64). *OOPSLA* 2014.
  private mutating func nextFraction() -> Double {
    random &+= 0x9E37_79B9_7F4A_7C15
    var mixed = random
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Double(mixed >> 11) * 0x1p-53
  }
}
