internal import Synchronization

/// Searches for the block that is worth most, on several processors.
///
/// Blocks are told apart by the first vertices that a search takes. These are dealt out to a fixed number of searches,
/// none of which knows what the others find, so that the answer doesn't depend on the number of threads.
final class SharedPricing: Sendable {
  private let searches: [Search]

  /// One of the searches, with its memory.
  private final class Search: Sendable {
    let pricing: Mutex<BlockPricing>

    init(_ pricing: consuming sending BlockPricing) { self.pricing = Mutex(pricing) }
  }

  /// - Parameters:
  ///   - graph: The graph that blocks are found in.
  ///   - scale: How many units of price a unit of net weight is.
  ///   - largestCapacity: The most that a block may hold.
  ///   - searchCount: How many searches to make of one.
  ///   - shouldStop: Whether to end a search early; asked now and then.
  init(
    _ graph: PricingGraph, scale: Int, largestCapacity: Int, searchCount: Int,
    shouldStop: @escaping @Sendable () -> Bool
  ) {
    searches = (0..<searchCount).map { _ in
      Search(BlockPricing(graph, scale: scale, largestCapacity: largestCapacity, shouldStop: shouldStop))
    }
  }

  /// The work that was done, by all searches together.
  var work: Int { searches.reduce(0) { $0 + $1.pricing.withLock { $0.work } } }

  /// Looks for blocks that are worth more than a threshold.
  ///
  /// - Parameters:
  ///   - kind: What the block may hold, and must.
  ///   - prices: One a vertex, multiplied by the scale.
  ///   - isAllowed: Whether a vertex may be in the block at all.
  ///   - threshold: What a block has to be worth more than.
  ///   - aim: Whether to look for the best block or for all.
  ///   - workLimit: How much work may be done.
  /// - Returns: The blocks.
  func search(
    _ kind: BlockKind, prices: [Int], isAllowed: [Bool], threshold: Int, aim: BlockPricing.Aim, workLimit: Int
  ) -> BlockPricing.Result {
    @Sendable func search(_ index: Int, _ share: BlockPricing.Share?, workLimit: Int) -> BlockPricing.Result {
      searches[index].pricing.withLock { pricing in
        pricing.prepare(prices: prices, isAllowed: isAllowed, capacity: kind.capacity)
        return pricing.search(kind, threshold: threshold, aim: aim, share: share, workLimit: workLimit)
      }
    }
    let count = searches.count
    guard count > 1, kind.required.isEmpty else { return search(0, nil, workLimit: workLimit) }
    let beginnings = searches[0].pricing.withLock { pricing in
      pricing.prepare(prices: prices, isAllowed: isAllowed, capacity: kind.capacity)
      return pricing.beginnings(kind, threshold: threshold, aim: aim)
    }
    let results = concurrentMap(count: count) { index in
      // One search may find more to do than the others.
      search(index, .init(beginnings: beginnings, index: index, count: count), workLimit: 2 * workLimit / count)
    }
    var all = BlockPricing.Result(best: threshold, isExact: true, blocks: [])
    for result in results {
      all.best = max(all.best, result.best)
      all.isExact = all.isExact && result.isExact
      all.blocks += result.blocks
    }
    if case .all(let most) = aim, all.blocks.count > most { all.isExact = false }
    return all
  }
}
