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

  /// The steps of a cycle over coarser graphs, for each vertex of the finest.
  let cycleSteps = 250
  /// How often the graph is gone through by such cycles in regions.
  var cyclePasses: Int

  /// The steps of all restarts, and about those of all cycles.
  let allSteps: Int

  /// Graphs up to this size are searched whole.
  private static let wholeSize = 12_000
  /// The same for the least effort.
  private static let fastWholeSize = 5000
  private static let fastRegionSize = 8000
  /// Graphs up to this size are searched whole more often, as what each search finds differs more.
  private static let smallSize = 2500

  /// - Parameters:
  ///   - effort: How hard to look.
  ///   - vertexCount: How many vertices may change their block.
  init(_ effort: Effort, vertexCount: Int) {
    let size = Double(max(1, vertexCount))
    let isWhole = vertexCount <= (effort == .fast ? Self.fastWholeSize : Self.wholeSize)
    let isSmall = vertexCount <= Self.smallSize
    // The larger a graph, the fewer steps a vertex gets: from 15 000 at a thousand to 2700 at a million.
    let perVertex =
      switch effort {
      case .fast: 120.0
      case .balanced, .thorough: min(20_000, 15_000 * pow(size / 1000, -1.0 / 4))
      }
    restarts =
      switch effort {
      case .fast: 1
      case .balanced: isSmall ? 4 : isWhole ? 2 : 1
      case .thorough: isSmall ? 8 : isWhole ? 2 : 1
      }
    // From 450 for small graphs and 250 at ten thousand vertices to 8 at a million.
    cyclePasses = effort == .fast ? 0 : Int(min(450, 250 * pow(size / 10_000, -0.75)))
    let least = effort == .fast ? 50_000 : 100_000
    steps = max(least, Int(perVertex * size))
    if effort == .thorough { steps *= isWhole ? 2 : 8 }
    passes = isWhole ? 1 : effort == .fast ? 3 : 10
    regionSize = isWhole ? vertexCount : effort == .fast ? Self.fastRegionSize : 3000
    temperatures =
      switch effort {
      case .fast: .init(first: isWhole ? 0.2 : 0.15, last: 0.1)
      case .balanced, .thorough: .init(first: isWhole ? 0.8 : 0.4, last: 0.1)
      }
    if effort == .thorough { cyclePasses *= 5 }
    allSteps = steps * restarts + 3 * cycleSteps * vertexCount * cyclePasses
  }
}
