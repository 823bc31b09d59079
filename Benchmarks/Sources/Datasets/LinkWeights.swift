/// What links and LANs weigh in files of graphs, such as the traffic that is expected on them.
public enum LinkWeights: String, Sendable, CaseIterable {
  /// All the same; files don't mention them.
  case equal
  /// 1, 10, 100 or 1000, each as often.
  case decades
  /// Pareto's distribution with exponent 1: twice as much half as often, from 1 to 2²⁰.
  case pareto

  /// The weights of links and LANs.
  ///
  /// - Parameters:
  ///   - count: How many links and LANs.
  ///   - seed: Where random choices start from.
  /// - Returns: A weight for each; `nil` where they are equal.
  func weights(count: Int, seed: UInt64) -> [Int]? {
    // Other choices than those that made the network.
    var random = RandomSource(seed: ~seed)
    switch self {
    case .equal: return nil
    case .decades: return (0..<count).map { _ in [1, 10, 100, 1000][random.below(4)] }
    case .pareto:
      return (0..<count).map { _ in
        let power = 1 << min(19, random.next().trailingZeroBitCount)
        return power + random.below(power)
      }
    }
  }
}
