/// Finds the block that is worth most by listing all sets of vertices that hang together: the same as ``BlockPricing``,
/// for graphs where there are few of these that fit.
///
/// What a block is worth is the sum of what its pieces are worth, as these have no net in common. So one listing tells
/// the most that pieces of each weight are worth, and by these how much can be gained by blocks of several pieces at
/// most. Only where that might be more than the best piece alone, pieces are put together, those first whose sum can
/// still be enough.
///
/// In a grid there are some ten thousand sets of nine vertices around each vertex, in a graph with three links a vertex
/// not many more: what branch and bound needs seconds for, where prices are much alike, takes milliseconds.
struct ConnectedPricing: Sendable {
  private let layout: ConnectedLayout
  private let searchCount: Int
  private let shouldStop: @Sendable () -> Bool
  /// The work that a search takes in the units of ``BlockPricing``, unless pieces have to be put together.
  private(set) var work = 0

  /// Pricing for a task; `nil` where a search would take too much work, or vertices are fixed to blocks.
  ///
  /// - Parameters:
  ///   - task: What the blocks are of.
  ///   - searchCount: How many searches to make of one, for as many processors.
  ///   - mostWork: The work that one search may take.
  ///   - shouldStop: Whether to end a search early; asked now and then.
  init?(
    _ task: SearchTask, searchCount: Int = 8, mostWork: Int, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    let graph = PricingGraph(task.graph)
    let capacity = task.capacities.max() ?? 0
    guard !task.isFixed.contains(true), let lightest = graph.weights.min(), lightest > 0,
      capacity / lightest <= Self.mostVertices
    else { return nil }
    layout = ConnectedLayout(graph, lightest: lightest)
    self.searchCount = searchCount
    self.shouldStop = shouldStop
    var search = ConnectedSearch(
      layout, prices: [Int](repeating: 0, count: graph.vertexCount),
      isAllowed: [Bool](repeating: true, count: graph.vertexCount), capacity: capacity, threshold: 0, aim: .count,
      workLimit: mostWork, shouldStop: shouldStop)
    let findings = search.run(share: 0, of: 1)
    if findings.isCutShort { return nil }
    work = findings.work
  }

  /// Blocks of more vertices than these aren't listed.
  private static let mostVertices = 100

  /// Looks for blocks that are worth more than a threshold.
  ///
  /// - Parameters:
  ///   - kind: What the block may hold.
  ///   - prices: One a vertex, multiplied by the scale.
  ///   - isAllowed: Whether a vertex may be in the block at all.
  ///   - threshold: What a block has to be worth more than.
  ///   - aim: Whether to look for the best block or for all. With the best come others that are the best around a vertex.
  ///   - workLimit: How much work may be done.
  /// - Returns: The blocks, and what they took in the units of ``BlockPricing``. Where single pieces are worth more than
  ///   the threshold, the best that several might be worth together counts as found.
  func search(
    _ kind: BlockKind, prices: [Int], isAllowed: [Bool], threshold: Int, aim: BlockPricing.Aim, workLimit: Int
  ) -> (result: BlockPricing.Result, work: Int) {
    func run(_ aim: ConnectedSearch.Aim) -> [ConnectedSearch.Findings] {
      concurrentMap(count: searchCount) { index in
        var search = ConnectedSearch(
          layout, prices: prices, isAllowed: isAllowed, capacity: kind.capacity, threshold: threshold, aim: aim,
          // One search may find more to do than the others.
          workLimit: searchCount == 1 ? workLimit : 2 * workLimit / searchCount, shouldStop: shouldStop)
        return search.run(share: index, of: searchCount)
      }
    }
    let pieces = run(.bestPieces)
    let worths = Self.worths(pieces)
    let isFound = worths.one > threshold, several = worths.several
    let more =
      switch aim {
      case .best: several > threshold && !isFound ? run(.bestBlocks(worths)) : []
      case .all(let most): run(.all(several > threshold ? worths : nil, most: most))
      }
    let blocks = (more.isEmpty ? pieces : more).flatMap(\.blocks)
    let isComplete = !(pieces + more).contains(where: \.isCutShort)
    let result: BlockPricing.Result =
      switch aim {
      case .best: Self.best(blocks, atLeast: isFound ? max(several, threshold) : threshold, isComplete: isComplete)
      case .all(let most):
        .init(best: threshold, isExact: isComplete && blocks.count < most, blocks: blocks.map(\.vertices))
      }
    return (result, (pieces + more).reduce(0) { $0 + $1.work })
  }

  private static func best(
    _ blocks: [ConnectedSearch.Block], atLeast least: Int, isComplete: Bool
  ) -> BlockPricing.Result {
    let ranked = blocks.sorted {
      $0.worth != $1.worth ? $0.worth < $1.worth : $1.vertices.lexicographicallyPrecedes($0.vertices)
    }
    return .init(
      best: max(ranked.last?.worth ?? least, least), isExact: isComplete,
      blocks: ranked.suffix(mostBlocks).map(\.vertices))
  }

  private static func worths(_ pieces: [ConnectedSearch.Findings]) -> PieceWorths {
    func most(_ values: (ConnectedSearch.Findings) -> [Int]) -> [Int] {
      pieces.map(values).reduce(values(pieces[0])) { zip($0, $1).map(max) }
    }
    return PieceWorths(bests: most(\.bests), lightBests: most(\.lightBests))
  }

  /// No more blocks than these come with the best.
  private static let mostBlocks = 100
}
