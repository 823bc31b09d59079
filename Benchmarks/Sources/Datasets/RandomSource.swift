/// Random numbers that are the same on every machine and for every version of Swift's library.
///
/// > G. L. Steele, D. Lea and C. H. Flood. "Fast splittable pseudorandom number generators." *OOPSLA*, 2014.
/// > doi:10.1145/2660193.2660195
public struct RandomSource {
  private var state: UInt64

  /// A source that starts from a seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  /// A number in `0..<bound`.
  public mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

  /// One of a range of nodes.
  mutating func element(of nodes: Range<Int32>) -> Int32 { nodes.lowerBound + Int32(below(nodes.count)) }

  /// A number from 0 up to, but not including, 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
