/// A small, fast generator of random numbers: the same ones for the same seed, on every machine.
///
/// > D. Blackman and S. Vigna. "Scrambled Linear Pseudorandom Number Generators." *ACM TOMS* 47(4), 2021.
/// > doi:10.1145/3460772 (xoroshiro128++; seeded by SplitMix64, as its authors advise)
struct RandomSource {
  private var low: UInt64
  private var high: UInt64

  init(seed: UInt64) {
    var state = seed
    low = Self.splitMix(&state)
    high = Self.splitMix(&state)
  }

  /// A generator of its own for each of several tasks.
  init(seed: UInt64, stream: Int) {
    var state = seed
    _ = Self.splitMix(&state)
    self.init(seed: state ^ (UInt64(truncatingIfNeeded: stream) &* 0xD134_2543_DE82_EF95))
  }

  private static func splitMix(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func next() -> UInt64 {
    let sum = low &+ high
    let result = (sum &<< 17 | sum &>> 47) &+ low
    high ^= low
    low = (low &<< 49 | low &>> 15) ^ high ^ (high &<< 21)
    high = high &<< 28 | high &>> 36
    return result
  }

  /// A number in `0..<count`, nearly evenly; `count` is at least 1 and at most 2³².
  mutating func index(below count: Int) -> Int {
    Int(((next() >> 32) &* UInt64(truncatingIfNeeded: count)) >> 32)
  }

  /// The numbers `0..<count` in random order.
  mutating func permutation(of count: Int) -> [Int32] {
    var order = (0..<Int32(count)).map { $0 }
    guard count > 1 else { return order }
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, index(below: last + 1)) }
    return order
  }
}
