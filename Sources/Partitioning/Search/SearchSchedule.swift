internal import Glibc

/// How much work a search puts into a graph: a function of the effort and the graph's size, and of no clock.
struct SearchSchedule {
  /// Searches from the same start with other random choices, of which the best counts.
  var restarts: Int
  /// How often the graph is divided into regions anew; 1 where it is small enough to be one region.
  var passes: Int
  /// How many vertices a region has.
  var regionSize: Int
  /// The steps of each restart, all passes together.
  var steps: Int
  var temperatures: Annealing.Temperatures

  /// The steps of all restarts.
  var allSteps: Int { steps * restarts }

  /// Graphs up to this size are searched whole.
  private static let wholeSize = 6000

  /// - Parameters:
  ///   - effort: How hard to look.
  ///   - vertexCount: How many vertices may change their block.
  init(_ effort: Effort, vertexCount: Int) {
    let size = Double(max(1, vertexCount))
    let isWhole = vertexCount <= Self.wholeSize
    // The larger a graph, the fewer steps a vertex gets: from 15 000 at a thousand to 2700 at a million.
    let perVertex =
      switch effort {
      case .fast: 60.0
      case .balanced, .thorough: min(20_000, 15_000 * pow(size / 1000, -1.0 / 4))
      }
    restarts =
      switch effort {
      case .fast: 1
      case .balanced: isWhole ? 4 : 1
      case .thorough: isWhole ? 16 : 1
      }
    let least = effort == .fast ? 50_000 : 100_000
    steps = max(least, Int(perVertex * size))
    if effort == .thorough { steps *= isWhole ? 2 : 8 }
    passes = isWhole ? 1 : effort == .fast ? 2 : 10
    regionSize = isWhole ? vertexCount : 3000
    temperatures =
      isWhole && effort != .fast ? .init(first: 0.8, last: 0.1) : .init(first: effort == .fast ? 0.2 : 0.4, last: 0.1)
  }
}
