extension BinPacking {
  /// No packing opens fewer bins than this.
  ///
  /// What fills the bins that are there already counts as one item each: forgetting that those can't share a bin only
  /// lowers the bound. The rest are dual feasible functions: they change weights so that what fits still fits.
  ///
  /// > S. Martello and P. Toth. "Lower Bounds and Reduction Procedures for the Bin Packing Problem." *Discrete Applied
  /// > Mathematics* 28(1), 1990. doi:10.1016/0166-218X(90)90094-S (L2)
  /// >
  /// > S. P. Fekete and J. Schepers. "New Classes of Fast Lower Bounds for Bin Packing Problems." *Mathematical
  /// > Programming* 91, 2001. doi:10.1007/s101070100243 (u⁽ᵏ⁾)
  ///
  /// - Complexity: O(*n* log *n*).
  func lowerBound() -> Int {
    let items = (weights + rooms.map { capacity - $0 }).filter { $0 > 0 }.sorted(by: >)
    let total = max(l2(items), (1...20).map { roundedBound(items, $0) }.max() ?? 0)
    return max(0, total - rooms.count)
  }

  /// Items over half a bin never share one; small ones fit beside those that leave them room, and need bins for what
  /// is over. Which items count as small is tried for every weight.
  private func l2(_ items: [Int]) -> Int {
    var sums = [0]
    for item in items { sums.append(sums[sums.count - 1] + item) }
    let bigCount = items.firstIndex { 2 * $0 <= capacity } ?? items.count
    var best = bigCount
    var fullCount = bigCount
    // As the least weight that counts sinks, fewer big items leave too little room for any.
    var position = bigCount
    while position < items.count {
      let least = items[position]
      while position < items.count, items[position] == least { position += 1 }
      best = max(best, bound(items, sums, bigCount, &fullCount, least: least, end: position))
    }
    return best
  }

  private func bound(
    _ items: [Int], _ sums: [Int], _ bigCount: Int, _ fullCount: inout Int, least: Int, end: Int
  ) -> Int {
    // Items in ..<fullCount are heavier than capacity − least, those up to bigCount share with small ones.
    while fullCount > 0, items[fullCount - 1] <= capacity - least { fullCount -= 1 }
    let roomBesideBig = (bigCount - fullCount) * capacity - (sums[bigCount] - sums[fullCount])
    let over = sums[end] - sums[bigCount] - roomBesideBig
    return bigCount + max(0, (over + capacity - 1) / capacity)
  }

  private func roundedBound(_ items: [Int], _ k: Int) -> Int {
    var sum = 0
    for item in items {
      let (quotient, remainder) = ((k + 1) * item).quotientAndRemainder(dividingBy: capacity)
      sum += remainder == 0 ? item * k : quotient * capacity
    }
    return (sum + k * capacity - 1) / (k * capacity)
  }
}
