internal import Glibc

/// How much work a search puts into a graph: a function of the effort and of the graph's size and degree, and of no clock.
struct SearchSchedule {
  /// Searches of the whole graph, side by side with other random choices, of which the best counts.
  var lines: Int
  /// How often the graph is divided into regions anew; 1 where it is small enough to be one region.
  var passes: Int
  /// How many vertices a region has.
  var regionSize: Int
  /// The steps of each annealing, all passes together.
  var steps: Int
  var temperatures: Annealing.Temperatures
  /// What blocks filled beyond their capacity cost on the way, in temperatures; `nil` where none may be.
  var overloadPrices: Annealing.Temperatures?

  /// The steps of a cycle over coarser graphs, for each vertex of the finest.
  let cycleSteps = 250
  /// How often each line goes through the graph by such cycles, all its turns together.
  var linePasses: Int
  /// After so many passes that gain nothing a line begins anew.
  let patience = 120
  /// How often the graph is gone through by cycles after that.
  var cyclePasses: Int

  /// The part of the time until a deadline, where there is one, that annealing may take; the rest is for cycles.
  private(set) var annealingShare: Double
  private let vertexCount: Int

  /// The steps of all annealings, and about those of all cycles.
  var allSteps: Int { steps * lines + 3 * cycleSteps * vertexCount * (cyclePasses + lines * linePasses) }

  /// Graphs up to this size are searched whole.
  private static let wholeSize = 12_000
  /// The same for the least effort.
  private static let fastWholeSize = 5000
  private static let fastRegionSize = 5000
  /// Graphs up to this size are searched by lines until the end: they are too small to be divided among processors.
  private static let smallSize = 1200
  /// Where the vertices of a graph that is searched whole have more arcs and nets they get fewer steps, as each takes
  /// longer, and where those of a small graph have fewer they get more. Larger graphs get few steps anyway.
  private static let fullDegree = 5.0
  /// The first temperature in an expander, where it is small and where it is larger: hotter, most of what the start has
  /// joined would come apart.
  private static let expanderTemperature = (small: 0.25, large: 0.2)
  /// Where a smaller part of the nets is cut, lines get more passes, and where a greater one is, fewer.
  private static let fullCutShare = 0.25
  /// Where a small part of the nets is cut, larger graphs are gone through up to so many times as often.
  private static let mostCyclesForFew = 1.5
  /// Where the nets that are cut are light, lines get up to so many times as many passes.
  private static let mostForLight = 1.7

  /// - Parameters:
  ///   - effort: How hard to look.
  ///   - vertexCount: How many vertices may change their block.
  ///   - degree: How many arcs and larger nets a vertex has in the mean.
  ///   - cut: What is cut at first. Where few nets are, most steps end before they begin; where many are, most are
  ///     taken.
  ///   - blockSize: The mean number of vertices in a block of an expander (see ``Expansion``); `nil` for other graphs.
  init(
    _ effort: Effort, vertexCount: Int, degree: Double, cut: CutNets = CutNets(), expander blockSize: Double? = nil
  ) {
    self.init(effort, vertexCount, degree, cut)
    if let blockSize { suit(effort, cut, blockSize) }
  }

  /// Suits the schedule to an expander.
  ///
  /// Regions are halves of it, and it is gone through by few cycles, as these work on some blocks at a time. As hardly any
  /// exchange of two vertices is for nothing, blocks may be overfilled on the way.
  private mutating func suit(_ effort: Effort, _ cut: CutNets, _ blockSize: Double) {
    let size = Double(vertexCount)
    let isSmall = vertexCount <= Self.smallSize
    let isWhole = isSmall || (effort == .fast && vertexCount <= Self.fastWholeSize)
    if !isWhole {
      lines = 1
      cyclePasses /= 8
      annealingShare = cyclePasses > 0 ? 0.9 : 1
      regionSize = (vertexCount + 1) / 2
      // Steps are slower the larger it is, as they go anywhere in it.
      switch effort {
      case .fast:
        passes = 1
        steps = Int(size * min(220, 50 * pow(size / 100_000, -0.65)))
      case .balanced, .thorough:
        passes = Int(min(80, max(5, 80 * pow(size / 10_000, -0.6))))
        steps = Int(size * min(150_000, 50_000 * pow(size / 10_000, -0.85)))
        if effort == .thorough { steps *= 5 }
      }
    }
    temperatures = Annealing.Temperatures(
      first: isSmall ? Self.expanderTemperature.small : Self.expanderTemperature.large, last: 0.1
    ).suited(to: cut)
    overloadPrices = .init(first: 5.4 / blockSize.squareRoot(), last: 20)
  }

  /// The schedule of a graph that isn't an expander.
  private init(_ effort: Effort, _ vertexCount: Int, _ degree: Double, _ cut: CutNets) {
    self.vertexCount = vertexCount
    let size = Double(max(1, vertexCount))
    let isWhole = vertexCount <= (effort == .fast ? Self.fastWholeSize : Self.wholeSize)
    let isSmall = vertexCount <= Self.smallSize
    let sparsity = isWhole && effort != .fast ? min(isSmall ? 1.6 : 1, Self.fullDegree / max(1, degree)) : 1
    // The larger a graph, the fewer steps a vertex gets: from 15 000 at a thousand to 2700 at a million.
    let perVertex =
      switch effort {
      case .fast: 220.0
      case .balanced, .thorough: min(20_000, 15_000 * pow(size / 1000, -1.0 / 4))
      }
    lines = !isWhole || effort == .fast ? 1 : 2
    // From 420 for each line of a small graph to 110 at a thousand vertices, more where few nets are cut and fewer where
    // most are; beyond, from 600 and 230 at ten thousand vertices, or half as many again, to 17 at a million.
    let looseness =
      min(1.8, max(0.75, Self.fullCutShare / max(0.001, cut.share)))
      * min(Self.mostForLight, 1 / cut.meanWeight.squareRoot())
    linePasses = isSmall && effort != .fast ? Int(min(420, 110_000 / size * sparsity) * looseness) : 0
    let cycles =
      isWhole
      ? min(600, 230 * pow(size / 10_000, -0.9)) * sparsity * min(Self.mostCyclesForFew, max(1, looseness))
      : 220 * pow(size / 10_000, -0.55)
    cyclePasses = isSmall || effort == .fast ? 0 : Int(cycles)
    annealingShare = cyclePasses + linePasses > 0 ? 0.4 : 1
    let least = effort == .fast ? 50_000 : 100_000
    steps = max(least, Int(perVertex * size * sparsity))
    if effort == .thorough { steps *= isWhole ? 2 : 8 }
    passes = isWhole ? 1 : effort == .fast ? 3 : 10
    regionSize = isWhole ? vertexCount : effort == .fast ? Self.fastRegionSize : 3000
    temperatures =
      switch effort {
      case .fast: .init(first: isWhole ? 0.2 : 0.18, last: 0.1)
      case .balanced, .thorough: .init(first: isWhole ? 0.8 : 0.4, last: 0.1)
      }
    temperatures = temperatures.suited(to: cut)
    if effort == .thorough {
      cyclePasses *= 5
      linePasses *= 5
    }
  }
}
