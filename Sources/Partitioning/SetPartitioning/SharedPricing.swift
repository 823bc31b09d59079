internal import Synchronization

/// Searches for the block that is worth most, on several processors.
///
/// Blocks are told apart by the vertex that a search begins with. These vertices are dealt out to a fixed number of
/// searches, none of which knows what the others find, so that the answer doesn't depend on the number of threads.
final class SharedPricing: Sendable {
  private let shares: [Share]

  /// A search of its own, with its memory.
  private final class Share: Sendable {
    let pricing: Mutex<BlockPricing>

    init(_ pricing: consuming sending BlockPricing) { self.pricing = Mutex(pricing) }
  }

  /// - Parameters:
  ///   - graph: The graph that blocks are found in.
  ///   - scale: How many units of price a unit of net weight is.
  ///   - largestCapacity: The most that a block may hold.
  ///   - shareCount: How many searches to make of one.
  ///   - shouldStop: Whether to end a search early; asked now and then.
  init(
    _ graph: PricingGraph, scale: Int, largestCapacity: Int, shareCount: Int,
    shouldStop: @escaping @Sendable () -> Bool
  ) {
    shares = (0..<shareCount).map { _ in
      Share(BlockPricing(graph, scale: scale, largestCapacity: largestCapacity, shouldStop: shouldStop))
    }
  }

  /// The work that was done, by all searches together.
  var work: Int { shares.reduce(0) { $0 + $1.pricing.withLock { $0.work } } }

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
    @Sendable func search(_ share: Int, _ roots: BlockPricing.Roots?, workLimit: Int) -> BlockPricing.Result {
      shares[share].pricing.withLock { pricing in
        pricing.prepare(prices: prices, isAllowed: isAllowed, capacity: kind.capacity)
        return pricing.search(kind, threshold: threshold, aim: aim, roots: roots, workLimit: workLimit)
      }
    }
    guard shares.count > 1, kind.required.isEmpty else { return search(0, nil, workLimit: workLimit) }
    let roots = shares[0].pricing.withLock { pricing in
      pricing.prepare(prices: prices, isAllowed: isAllowed, capacity: kind.capacity)
      return pricing.roots(kind, threshold: threshold, aim: aim)
    }
    let results = concurrentMap(count: shares.count) { share in
      // One search may find more to do than the others.
      search(
        share, .init(vertices: roots, share: share, shareCount: shares.count), workLimit: 2 * workLimit / shares.count)
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
