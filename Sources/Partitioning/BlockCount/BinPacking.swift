/// Fewest bins: some bins are there already, each with the room that is left in it, and new ones can be opened.
///
/// This is bin packing (strongly NP-hard), but for weights that are all equal. The answer is proven by a lower bound
/// that meets it, or by a search that tried everything; where neither is done within the effort, the gap shows.
struct BinPacking {
  /// What is left of each bin that is there already.
  var rooms: [Int]
  /// What a new bin holds.
  var capacity: Int
  /// The items; none heavier than `capacity`.
  var weights: [Int]

  struct Answer {
    /// The bin of each item: those that were there first, then the new ones.
    var bins: [Int32]
    /// How many bins were opened; each holds an item.
    var newCount: Int
    /// Nothing needs fewer new bins than this.
    var fewestNew: Int
  }

  /// Packs the items.
  ///
  /// - Parameters:
  ///   - effort: How many steps the search may take.
  ///   - shouldStop: Whether to search no longer; asked now and then.
  /// - Returns: A packing, and how few new bins there could be.
  func solve(effort: Int, shouldStop: @escaping () -> Bool = { false }) -> Answer {
    let heavy = weights.indices.filter { weights[$0] > 0 }
    let packing = BinPacking(rooms: rooms, capacity: capacity, weights: heavy.map { weights[$0] })
    var answer = packing.solvePositive(effort: effort, shouldStop: shouldStop)
    // Items of no weight go anywhere; all they need is that there is a bin.
    if heavy.count < weights.count {
      if rooms.isEmpty, answer.newCount == 0 {
        answer.newCount = 1
        answer.fewestNew = 1
      }
      var bins = [Int32](repeating: 0, count: weights.count)
      for (index, item) in heavy.enumerated() { bins[item] = answer.bins[index] }
      answer.bins = bins
    }
    return answer
  }

  private func solvePositive(effort: Int, shouldStop: @escaping () -> Bool) -> Answer {
    guard let first = weights.first else { return Answer(bins: [], newCount: 0, fewestNew: 0) }
    if weights.allSatisfy({ $0 == first }) { return solveEqual(weight: first) }
    let order = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
    let sorted = BinPacking(rooms: rooms, capacity: capacity, weights: order.map { weights[$0] })
    var answer = sorted.firstFit()
    answer.fewestNew = sorted.lowerBound()
    var search = BinCompletionSearch(sorted, stepLimit: effort, shouldStop: shouldStop)
    var tried = answer.fewestNew
    while tried < answer.newCount {
      let outcome = search.run(newCount: tried)
      if case .packed(let bins) = outcome {
        answer.bins = bins
        answer.newCount = max(0, Int(bins.max() ?? 0) + 1 - rooms.count)
      } else if case .impossible = outcome, tried == answer.fewestNew {
        answer.fewestNew += 1
      }
      tried += 1
    }
    var bins = [Int32](repeating: 0, count: weights.count)
    for (position, item) in order.enumerated() { bins[item] = answer.bins[position] }
    answer.bins = bins
    return answer
  }

  private func solveEqual(weight: Int) -> Answer {
    var bins: [Int32] = []
    bins.reserveCapacity(weights.count)
    for (bin, room) in rooms.enumerated() {
      bins.append(contentsOf: repeatElement(Int32(bin), count: min(room / weight, weights.count - bins.count)))
    }
    let remaining = weights.count - bins.count
    let each = capacity / weight
    bins.append(contentsOf: (0..<remaining).map { Int32(rooms.count + $0 / each) })
    let newCount = (remaining + each - 1) / each
    return Answer(bins: bins, newCount: newCount, fewestNew: newCount)
  }

  /// First fit; with the items in descending order, at most 11/9 of the fewest bins and a constant.
  ///
  /// > D. S. Johnson et al. "Worst-Case Performance Bounds for Simple One-Dimensional Packing Algorithms."
  /// > *SIAM J. Comput.* 3(4), 1974. doi:10.1137/0203025
  ///
  /// - Complexity: O(*n* log *n*).
  func firstFit() -> Answer {
    var tree = RoomTree(rooms + [Int](repeating: capacity, count: weights.count))
    var newCount = 0
    let bins = weights.map { weight in
      let bin = tree.firstBin(withRoom: weight)
      tree.fill(bin, by: weight)
      newCount = max(newCount, bin + 1 - rooms.count)
      return Int32(bin)
    }
    return Answer(bins: bins, newCount: newCount, fewestNew: 0)
  }
}

/// The rooms of bins in a tree of maxima, to find the first bin with enough room in logarithmic time.
private struct RoomTree {
  private var maxima: [Int]
  private let leafCount: Int

  init(_ rooms: [Int]) {
    var leafCount = 1
    while leafCount < rooms.count { leafCount *= 2 }
    self.leafCount = leafCount
    maxima = [Int](repeating: -1, count: 2 * leafCount)
    for (bin, room) in rooms.enumerated() { maxima[leafCount + bin] = room }
    for node in stride(from: leafCount - 1, to: 0, by: -1) {
      maxima[node] = max(maxima[2 * node], maxima[2 * node + 1])
    }
  }

  func firstBin(withRoom weight: Int) -> Int {
    precondition(maxima[1] >= weight, "no bin holds \(weight)")
    var node = 1
    while node < leafCount { node = maxima[2 * node] >= weight ? 2 * node : 2 * node + 1 }
    return node - leafCount
  }

  mutating func fill(_ bin: Int, by weight: Int) {
    var node = leafCount + bin
    maxima[node] -= weight
    while node > 1 {
      node /= 2
      maxima[node] = max(maxima[2 * node], maxima[2 * node + 1])
    }
  }
}
