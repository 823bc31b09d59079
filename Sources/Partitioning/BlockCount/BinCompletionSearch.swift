/// Depth-first search for a packing into a given number of bins, a whole bin at a time.
///
/// The largest item that is left goes somewhere: each way to fill the bin it goes to is tried, the fullest first. Only
/// ways that leave no room for another item are needed, and only those that waste no more than there is to waste.
///
/// > R. E. Korf. "An Improved Algorithm for Optimal Bin Packing." *IJCAI*, 2003.
struct BinCompletionSearch {
  enum Outcome {
    /// The bin of each item.
    case packed([Int32])
    case impossible
    /// The effort ran out.
    case unknown
  }

  /// One way to fill one bin.
  private struct Completion {
    /// The index of the bin's kind.
    var kind: Int
    /// Indices of distinct weights, one for each item.
    var items: [Int32]
    var waste: Int
  }

  private struct Frame {
    var completions: [Completion]
    var next = 0
    var wasteLeft: Int
  }

  private let packing: BinPacking
  /// The different weights, descending, and how many items of each are left.
  private var distinct: [Int] = []
  private var counts: [Int] = []
  /// The different rooms, and how many bins of each are left.
  private var kinds: [Int] = []
  private var kindCounts: [Int] = []
  private var stepsLeft: Int
  private var isTruncated = false
  private let shouldStop: () -> Bool

  /// - Parameters:
  ///   - packing: The problem; its weights have to be positive and descending.
  ///   - stepLimit: How many steps all runs may take together.
  ///   - shouldStop: Whether to search no longer; asked now and then.
  init(_ packing: BinPacking, stepLimit: Int, shouldStop: @escaping () -> Bool) {
    self.packing = packing
    stepsLeft = stepLimit
    self.shouldStop = shouldStop
  }

  /// Looks for a packing that opens at most `newCount` bins.
  mutating func run(newCount: Int) -> Outcome {
    reset(newCount: newCount)
    isTruncated = false
    let least = distinct.last ?? 0
    var room = 0
    for kind in kinds.indices where kinds[kind] >= least { room += kinds[kind] * kindCounts[kind] }
    let waste = room - packing.weights.reduce(0, +)
    if waste < 0 { return .impossible }
    // Long searches keep only a few ways a bin, so that the memory stays small.
    let width = newCount + packing.rooms.count > 300 ? 4 : 200
    var frames = [Frame(completions: completions(waste: waste, width: width), wasteLeft: waste)]
    while var frame = frames.popLast() {
      if frame.next > 0 { undo(frame.completions[frame.next - 1]) }
      if frame.next == frame.completions.count { continue }
      if stepsLeft <= 0 || shouldStop() { return .unknown }
      let completion = frame.completions[frame.next]
      frame.next += 1
      frames.append(frame)
      apply(completion)
      let left = frame.wasteLeft - completion.waste
      if counts.allSatisfy({ $0 == 0 }) { return .packed(bins(frames)) }
      frames.append(Frame(completions: completions(waste: left, width: width), wasteLeft: left))
    }
    return isTruncated ? .unknown : .impossible
  }

  private mutating func reset(newCount: Int) {
    (distinct, counts, kinds, kindCounts) = ([], [], [], [])
    for weight in packing.weights {
      if distinct.last != weight {
        distinct.append(weight)
        counts.append(0)
      }
      counts[counts.count - 1] += 1
    }
    for room in packing.rooms.sorted() + [Int](repeating: packing.capacity, count: newCount) {
      if kinds.last != room {
        kinds.append(room)
        kindCounts.append(0)
      }
      kindCounts[kindCounts.count - 1] += 1
    }
  }

  private mutating func apply(_ completion: Completion) {
    kindCounts[completion.kind] -= 1
    for item in completion.items { counts[Int(item)] -= 1 }
  }

  private mutating func undo(_ completion: Completion) {
    kindCounts[completion.kind] += 1
    for item in completion.items { counts[Int(item)] += 1 }
  }

  /// The ways to fill a bin with the largest item that is left in it, those that waste least first.
  private mutating func completions(waste: Int, width: Int) -> [Completion] {
    guard let largest = counts.firstIndex(where: { $0 > 0 }), let smallest = counts.lastIndex(where: { $0 > 0 })
    else { return [] }
    var found: [Completion] = []
    let limit = min(stepsLeft, 20 * width)
    var steps = 0
    for kind in kinds.indices where kindCounts[kind] > 0 && kinds[kind] >= distinct[largest] {
      var chosen = [Int32(largest)]
      counts[largest] -= 1
      extend(
        &chosen, from: largest, smallest: smallest, kind: kind, room: kinds[kind] - distinct[largest], waste: waste,
        steps: &steps, limit: limit, into: &found)
      counts[largest] += 1
    }
    stepsLeft -= steps + 1
    if steps >= limit { isTruncated = true }
    found.sort { $0.waste < $1.waste }
    if found.count > width {
      isTruncated = true
      found.removeLast(found.count - width)
    }
    return found
  }

  private mutating func extend(
    _ chosen: inout [Int32], from start: Int, smallest: Int, kind: Int, room: Int, waste: Int, steps: inout Int,
    limit: Int, into found: inout [Completion]
  ) {
    var isMaximal = true
    var index = smallest
    // The lightest item left tells whether another fits.
    while index >= 0, counts[index] == 0 { index -= 1 }
    if index >= 0, distinct[index] <= room { isMaximal = false }
    if isMaximal {
      if room <= waste { found.append(Completion(kind: kind, items: chosen, waste: room)) }
      return
    }
    for index in start..<(smallest + 1) where counts[index] > 0 && distinct[index] <= room {
      steps += 1
      if steps >= limit { return }
      counts[index] -= 1
      chosen.append(Int32(index))
      extend(
        &chosen, from: index, smallest: smallest, kind: kind, room: room - distinct[index], waste: waste,
        steps: &steps, limit: limit, into: &found)
      chosen.removeLast()
      counts[index] += 1
    }
  }

  /// The bins of the items, from the ways that the frames stand at.
  private func bins(_ frames: [Frame]) -> [Int32] {
    // Items with the same weight stand one after another, and bins with the same room are taken in order.
    var nextItem: [Int] = []
    var position = 0
    for weight in distinct {
      nextItem.append(position)
      while position < packing.weights.count, packing.weights[position] == weight { position += 1 }
    }
    var binsOfRoom: [Int: [Int32]] = [:]
    for (bin, room) in packing.rooms.enumerated() { binsOfRoom[room, default: []].append(Int32(bin)) }
    var newBin = Int32(packing.rooms.count)
    var bins = [Int32](repeating: 0, count: packing.weights.count)
    for frame in frames {
      let completion = frame.completions[frame.next - 1]
      let bin: Int32
      if let old = binsOfRoom[kinds[completion.kind]]?.popLast() {
        bin = old
      } else {
        bin = newBin
        newBin += 1
      }
      for item in completion.items {
        bins[nextItem[Int(item)]] = bin
        nextItem[Int(item)] += 1
      }
    }
    return bins
  }
}
