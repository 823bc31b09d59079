/// Bisects a graph by bisecting a coarser one, and improving its sides on the finer one.
///
/// The coarsest graph's first side is grown and refined several times, and the best counts.
///
/// > G. Karypis and V. Kumar. "A Fast and High Quality Multilevel Scheme for Partitioning Irregular Graphs." *SIAM J.
/// > Sci. Comput.* 20(1), 1998. doi:10.1137/S1064827595287997
struct MultilevelBisection {
  /// What either side may weigh.
  let limits: [Int]

  /// Graphs up to this size aren't made coarser.
  private static let coarsestSize = 100
  private static let growths = 5
  /// A coarser graph has at least so many vertices of the finer one's, and at most so many.
  private static let shrinking = 0.4...0.9

  /// Whether each vertex is on the second side.
  ///
  /// - Parameters:
  ///   - graph: What is bisected.
  ///   - leastCounts: How many vertices either side needs.
  ///   - allowance: How much more than its limit either side may weigh, where a finer graph's sides come after it.
  ///   - random: Where random choices come from.
  /// - Returns: Whether each vertex is there.
  /// - Complexity: O(arcs + pins · log(vertices)).
  func isSecond(
    in graph: SearchGraph, leastCounts: [Int], allowance: Int = 0, random: inout RandomSource
  ) -> [Bool] {
    var bisection = Bisection(
      graph, limits: [limits[0] + allowance, limits[1] + allowance], leastCounts: leastCounts)
    guard let coarser = coarser(graph, random: &random) else { return grown(&bisection, random: &random) }
    // A heavy cluster that is in the way is no reason for a longer border: finer graphs divide it. And clusters are too few
    // for any count of vertices.
    let heaviest = Int(coarser.graph.vertexWeights.max() ?? 0)
    let coarseSides = isSecond(in: coarser.graph, leastCounts: [0, 0], allowance: heaviest / 2, random: &random)
    bisection.set(coarser.projected(coarseSides))
    _ = bisection.refine()
    return bisection.isSecond
  }

  /// A coarser graph; `nil` for a small one, or where few vertices come together.
  private func coarser(_ graph: SearchGraph, random: inout RandomSource) -> Contraction? {
    let vertexCount = graph.vertexCount
    if vertexCount <= Self.coarsestSize { return nil }
    let weight = graph.vertexWeights.reduce(0) { $0 + Int($1) }
    let clustering = Clustering(
      graph, labels: [Int32](repeating: 0, count: vertexCount), heaviest: max(2, 2 * weight / Self.coarsestSize),
      fewest: max(Self.coarsestSize, Int(Self.shrinking.lowerBound * Double(vertexCount))), random: &random)
    if Double(clustering.count) > Self.shrinking.upperBound * Double(vertexCount) { return nil }
    return Contraction(graph, clusterOf: clustering.clusterOf, count: clustering.count)
  }

  private func grown(_ bisection: inout Bisection, random: inout RandomSource) -> [Bool] {
    var best: (score: (Int, Int), isSecond: [Bool])?
    for _ in 0..<Self.growths {
      bisection.grow(random: &random)
      let score = bisection.refine()
      if best == nil || best.map({ score < $0.score }) == true { best = (score, bisection.isSecond) }
    }
    return best?.isSecond ?? bisection.isSecond
  }
}
