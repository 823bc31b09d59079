/// Checks how many blocks of one capacity the vertices of a class need at least.
struct BlockCountCheck {
  private let capacity: Int
  private var workLeft: Int

  /// Whether so many blocks are too few.
  ///
  /// - Parameters:
  ///   - weights: The vertices that may be in any block.
  ///   - loads: What is fixed to blocks already.
  ///   - capacity: What a block holds.
  ///   - count: How many blocks there are, those with something fixed to them included.
  ///   - workLeft: How much work may be done; what was done is taken off.
  /// - Returns: `nil` where the work didn't suffice to find out.
  static func areTooFew(
    weights: [Int], loads: [Int], capacity: Int, count: Int, workLeft: inout Int
  ) -> Bool? {
    if count < loads.count || (weights + loads).contains(where: { $0 > capacity }) { return true }
    let weights = weights.sorted(by: >)
    if isTooMuch(weights, loads, capacity, count) { return true }
    // Equal weights fill each block as far as they can.
    if let weight = weights.first, weight == weights.last, weight > 0 {
      let places = loads.reduce(0) { $0 + (capacity - $1) / weight } + (count - loads.count) * (capacity / weight)
      return places < weights.count
    }
    if weights.count > mostVertices { return nil }
    var check = BlockCountCheck(capacity: capacity, workLeft: workLeft)
    defer { workLeft = check.workLeft }
    let fits = check.fits(
      weights[...], rooms: loads.map { capacity - $0 } + [Int](repeating: capacity, count: count - loads.count),
      waste: count * capacity - loads.reduce(0, +) - weights.reduce(0, +))
    return fits || check.workLeft > 0 ? !fits : nil
  }

  /// So many vertices of different weights can't be tried in all blocks.
  private static let mostVertices = 1000

  /// Whether weights can't fit by their sum, or by what has to be beside those over half a block.
  ///
  /// > S. Martello and P. Toth. "Lower Bounds and Reduction Procedures for the Bin Packing Problem." *Discrete Applied
  /// > Mathematics* 28(1), 1990. doi:10.1016/0166-218X(90)90094-S
  private static func isTooMuch(_ weights: [Int], _ loads: [Int], _ capacity: Int, _ count: Int) -> Bool {
    let items = (weights + loads).filter { $0 > 0 }
    for least in [0] + Set(items.filter { 2 * $0 <= capacity }).sorted() {
      // Those that leave no room for the least have a block each; the others over half a block, too.
      let alone = items.count { $0 > capacity - least }
      let large = items.filter { $0 <= capacity - least && 2 * $0 > capacity }
      let small = items.filter { 2 * $0 <= capacity && $0 >= least }.reduce(0, +)
      let over = small - (large.count * capacity - large.reduce(0, +))
      let more = over > 0 && capacity > 0 ? (over - 1) / capacity + 1 : 0
      if alone + large.count + more > count { return true }
    }
    return false
  }

  private init(capacity: Int, workLeft: Int) {
    self.capacity = capacity
    self.workLeft = workLeft
  }

  /// Whether what is left fits, the heaviest first, with no more room wasted than there is too much.
  private mutating func fits(_ weights: ArraySlice<Int>, rooms: [Int], waste: Int) -> Bool {
    guard let weight = weights.first, let least = weights.last else { return true }
    workLeft -= rooms.count
    if workLeft <= 0 { return false }
    if rooms.reduce(0, { $0 + ($1 < least ? $1 : 0) }) > waste { return false }
    var tried: Set<Int> = []
    for (block, room) in rooms.enumerated() where room >= weight && tried.insert(room).inserted {
      var rooms = rooms
      rooms[block] -= weight
      if fits(weights.dropFirst(), rooms: rooms, waste: waste) { return true }
    }
    return false
  }
}
