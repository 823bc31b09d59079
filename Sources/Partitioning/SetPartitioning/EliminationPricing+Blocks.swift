/// The blocks that the tables tell of.
extension EliminationPricing {
  /// A variable with a state of its scope.
  private struct Entry {
    var variable: Int32
    var state: Int
  }

  /// The entries of a variable's children, where it is taken in or left out.
  private func entries(below entry: Entry, isTaken: Bool) -> [Entry] {
    let parts = tree.variables[Int(entry.variable)]
    let state = isTaken ? entry.state | 1 << parts.scopeCount : entry.state
    return tree.children[parts.children].map { Entry(variable: $0.variable, state: tree.state(of: $0, in: state)) }
  }

  private var rootEntries: [Entry] { tree.roots.map { Entry(variable: $0, state: 0) } }

  /// Nothing, which weighs nothing.
  private func nothing(room: Int) -> [Int] { [0] + [Int](repeating: Self.impossible, count: room) }

  /// The most that the first entries are worth, for each number of them and each weight.
  private func sums(_ entries: [Entry], room: Int) -> [[Int]] {
    var sums = [nothing(room: room)]
    for entry in entries { sums.append(sum(sums[sums.count - 1], entry)) }
    return sums
  }

  /// The most that others and an entry are worth, for each weight.
  private func sum(_ before: [Int], _ entry: Entry) -> [Int] {
    before.indices.map { weight in
      var best = Self.impossible
      for share in 0...weight {
        best = max(best, before[weight - share] + worth(entry.variable, state: entry.state, weight: share))
      }
      return best
    }
  }

  /// The weight, in a room, with which the most is worth.
  private func heaviest(_ sums: [Int], least: Int) -> Int {
    var best = least
    for weight in sums.indices.dropFirst(least) where sums[weight] > sums[best] { best = weight }
    return best
  }

  // MARK: The best

  /// The block that is worth most, and others that are where they are.
  func best(_ kind: BlockKind, threshold: Int) -> BlockPricing.Result {
    let roots = rootEntries
    let sums = sums(roots, room: kind.capacity)
    let weight = heaviest(sums[roots.count], least: min(least, kind.capacity))
    let best = sums[roots.count][weight]
    guard best > threshold else { return .init(best: threshold, isExact: true, blocks: []) }
    var blocks: [[Int32]] = []
    // Where vertices are required, a block without them is none.
    if kind.required.isEmpty {
      let tops = tree.order.filter { self.tops[$0] > threshold }.sorted { (self.tops[$0], $0) < (self.tops[$1], $1) }
      for top in tops.suffix(Self.mostBlocks) {
        var block: [Int32] = []
        let below = entries(below: Entry(variable: top, state: 0), isTaken: true)
        let room = kind.capacity - self.weight(top)
        let sums = self.sums(below, room: room)
        let weight = heaviest(sums[below.count], least: min(room, max(0, least - self.weight(top))))
        take(Entry(variable: top, state: 0), weight: self.weight(top) + weight, &block)
        if !block.isEmpty { blocks.append(block.sorted()) }
      }
    }
    var block: [Int32] = []
    trace(roots, sums, weight: weight, &block)
    if blocks.last != block.sorted() { blocks.append(block.sorted()) }
    return .init(best: best, isExact: true, blocks: blocks)
  }

  /// As many blocks come with the best one, at most.
  private static var mostBlocks: Int { 100 }

  /// Takes a variable in, and the best below it.
  private func take(_ entry: Entry, weight: Int, _ block: inout [Int32]) {
    if Int(entry.variable) < graph.vertexCount { block.append(entry.variable) }
    let below = entries(below: entry, isTaken: true)
    let left = weight - self.weight(entry.variable)
    trace(below, sums(below, room: left), weight: left, &block)
  }

  /// Adds the vertices with which entries are worth most and weigh so much.
  private func trace(_ entries: [Entry], _ sums: [[Int]], weight: Int, _ block: inout [Int32]) {
    var left = weight
    for index in entries.indices.reversed() {
      let entry = entries[index]
      var share = 0, own = worth(entry.variable, state: entry.state, weight: 0)
      while share < left, sums[index][left - share] + own != sums[index + 1][left] {
        share += 1
        own = worth(entry.variable, state: entry.state, weight: share)
      }
      left -= share
      let below = self.entries(below: entry, isTaken: false)
      let sumsBelow = self.sums(below, room: share)
      if sumsBelow[below.count][share] + loss(entry.variable, state: entry.state) == own {
        trace(below, sumsBelow, weight: share, &block)
      } else {
        take(entry, weight: share, &block)
      }
    }
  }

  // MARK: All

  /// Entries that are still to be decided about, the last one first.
  private struct Open {
    var entry: Entry
    /// The most that the entries up to this one are worth, for each weight.
    var sums: [Int]
  }

  /// All blocks that are worth more than a threshold.
  ///
  /// What is open tells the most that can still be gained, exactly, so that nothing is tried in vain.
  mutating func all(threshold: Int, most: Int) -> BlockPricing.Result {
    var result = BlockPricing.Result(best: threshold, isExact: true, blocks: [])
    var open: [Open] = []
    append(rootEntries, to: &open)
    var block: [Int32] = [], known: Set<[Int32]> = []
    decide(open, room: capacity, worth: 0, threshold: threshold, most: most, &block, &known, &result)
    return result
  }

  private mutating func append(_ entries: [Entry], to open: inout [Open]) {
    for entry in entries {
      open.append(Open(entry: entry, sums: sum(open.last?.sums ?? nothing(room: capacity), entry)))
    }
    work += entries.count * (capacity + 1) * (capacity + 1) / 128 + 1
  }

  /// Decides about what is open in all ways that lead to a block that is worth enough.
  private mutating func decide(
    _ open: [Open], room: Int, worth: Int, threshold: Int, most: Int, _ block: inout [Int32],
    _ known: inout Set<[Int32]>, _ result: inout BlockPricing.Result
  ) {
    if !result.isExact { return }
    guard let entry = open.last?.entry else {
      // A net may be touched in vain: the same block again, worth less.
      if block.isEmpty || !known.insert(block.sorted()).inserted { return }
      result.blocks.append(block.sorted())
      if result.blocks.count >= most { result.isExact = false }
      return
    }
    let weight = weight(entry.variable)
    for isTaken in [false, true] {
      let left = isTaken ? room - weight : room
      let gain = isTaken ? gain(entry.variable, state: entry.state) : loss(entry.variable, state: entry.state)
      if left < 0 || !Self.isPossible(gain) { continue }
      var next = Array(open.dropLast())
      append(entries(below: entry, isTaken: isTaken), to: &next)
      guard worth + gain + (next.last?.sums[...left].max() ?? 0) > threshold else { continue }
      if isTaken, Int(entry.variable) < graph.vertexCount { block.append(entry.variable) }
      decide(next, room: left, worth: worth + gain, threshold: threshold, most: most, &block, &known, &result)
      if isTaken, Int(entry.variable) < graph.vertexCount { block.removeLast() }
    }
  }
}
