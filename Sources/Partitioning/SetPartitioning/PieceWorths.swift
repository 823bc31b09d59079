/// What sets of vertices that hang together are worth at most, and with these what can be gained by several of them in a
/// block.
///
/// Of the pieces of a block, each counts after one that is no lighter, so that all but the first are no heavier than half
/// the capacity.
struct PieceWorths: Sendable {
  /// The most that a piece of each weight is worth.
  private let bests: [Int]
  /// The most that pieces which come after another are worth together, at least one, in each room.
  let rests: [Int]
  /// The same where the first of them begins with a certain vertex, one row of rooms for each vertex.
  private let restsFrom: [Int]

  /// What is not possible is worth less than anything; sums with it stay so, and don't overflow.
  static var impossible: Int { -(1 << 58) }
  private static func isPossible(_ worth: Int) -> Bool { worth > impossible / 2 }

  /// - Parameters:
  ///   - bests: The most that a piece of each weight is worth, up to the capacity.
  ///   - lightBests: The same for pieces that begin with a certain vertex, one row of weights for each vertex, up to half
  ///     the capacity.
  init(bests: [Int], lightBests: [Int]) {
    let capacity = bests.count - 1, half = capacity / 2
    self.bests = bests
    var rests = [Int](repeating: Self.impossible, count: capacity + 1)
    for room in bests.indices.dropFirst() {
      rests[room] = rests[room - 1]
      for weight in 0...min(room, half) where Self.isPossible(bests[weight]) && weight > 0 {
        rests[room] = max(rests[room], bests[weight] + max(0, rests[room - weight]))
      }
    }
    self.rests = rests
    var restsFrom: [Int] = []
    restsFrom.reserveCapacity(lightBests.count / (half + 1) * (capacity + 1))
    for row in stride(from: 0, to: lightBests.count, by: half + 1) {
      for room in 0...capacity {
        var rest = Self.impossible
        for weight in 0...min(room, half) where Self.isPossible(lightBests[row + weight]) {
          rest = max(rest, lightBests[row + weight] + max(0, rests[room - weight]))
        }
        restsFrom.append(rest)
      }
    }
    self.restsFrom = restsFrom
  }

  /// The most that a block of one piece is worth.
  var one: Int { bests.max() ?? Self.impossible }

  /// The most that a block of several pieces may be worth.
  var several: Int {
    var several = Self.impossible
    for weight in bests.indices where Self.isPossible(bests[weight]) {
      several = max(several, bests[weight] + rests[bests.count - 1 - weight])
    }
    return several
  }

  /// The most that further pieces are worth in a room, the first of which begins with a vertex.
  func rest(from vertex: Int, room: Int) -> Int { restsFrom[vertex * bests.count + room] }
}
