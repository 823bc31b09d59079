/// Packs vertices into blocks that all hold the same, each class into blocks of its own.
struct UniformPacking {
  private let request: PackingRequest
  private let capacity: Int
  private let effort: Int
  private let shouldStop: () -> Bool

  init(_ request: PackingRequest, capacity: Int, effort: Int, shouldStop: @escaping () -> Bool) {
    self.request = request
    self.capacity = capacity
    self.effort = effort
    self.shouldStop = shouldStop
  }

  /// The blocks of a class: those that fixed vertices name, then new ones.
  private struct ClassPacking {
    var named: [Int32]
    var free: [Int32]
    var answer: BinPacking.Answer
    /// With every free vertex in a block of its own.
    var most: Int { named.count + free.count }
    var count: Int { named.count + answer.newCount }
    var weight: Int
  }

  func plan() throws(Infeasibility) -> BlockPlan? {
    var packings = classPackings()
    let fewest = packings.reduce(0) { $0 + $1.named.count + $1.answer.fewestNew }
    let found = packings.reduce(0) { $0 + $1.count }
    let most = packings.reduce(0) { $0 + $1.most }
    let asked: Int
    let needed: Int
    switch request.blockCount {
    case .fewest:
      asked = max(found, request.namedCount)
      needed = max(fewest, request.namedCount)
    case .exactly(let count):
      asked = count
      needed = count
      if count < fewest { throw .tooFewBlocks(asked: count, needed: fewest) }
      if count < found { return nil }
    }
    if asked > most { throw .tooManyBlocks(asked: asked, possible: most) }
    let counts = share(asked, among: packings)
    for index in packings.indices { spread(&packings[index], to: counts[index]) }
    return plan(
      packings, blockCount: asked, fewest: needed,
      isShareForced: packings.count <= 1 || asked == fewest)
  }

  private func classPackings() -> [ClassPacking] {
    var packings = [ClassPacking](
      repeating: ClassPacking(
        named: [], free: [], answer: .init(bins: [], newCount: 0, fewestNew: 0), weight: 0),
      count: request.weights.isEmpty ? 0 : request.classCount)
    for (block, owner) in request.fixedClasses.enumerated() where owner >= 0 {
      packings[Int(owner)].named.append(Int32(block))
    }
    for vertex in request.weights.indices {
      let owner = Int(request.classes[vertex])
      packings[owner].weight += request.weights[vertex]
      if request.fixedBlocks[vertex] < 0 { packings[owner].free.append(Int32(vertex)) }
    }
    for index in packings.indices {
      let packing = BinPacking(
        rooms: packings[index].named.map { capacity - request.fixedWeights[Int($0)] }, capacity: capacity,
        weights: packings[index].free.map { request.weights[Int($0)] })
      packings[index].answer = packing.solve(effort: effort, shouldStop: shouldStop)
    }
    return packings
  }

  /// How many blocks each class gets, where more are asked for than are needed: as many as make all classes' blocks
  /// equally full, as far as that goes.
  private func share(_ total: Int, among packings: [ClassPacking]) -> [Int] {
    func counts(fullness: Double) -> [Int] {
      packings.map { packing in
        let wish = Double(packing.weight) / (Double(max(1, capacity)) * fullness)
        return max(packing.count, min(packing.most, Int(min(wish, 1e9).rounded(.up))))
      }
    }
    var (low, high) = (1e-9, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if counts(fullness: middle).reduce(0, +) <= total { high = middle } else { low = middle }
    }
    var shares = counts(fullness: high)
    var left = total - shares.reduce(0, +)
    if left < 0 {
      shares = packings.map(\.count)
      left = total - shares.reduce(0, +)
    }
    for index in shares.indices {
      let more = min(left, packings[index].most - shares[index])
      shares[index] += more
      left -= more
    }
    return shares
  }

  /// Opens more blocks for a class, with a free vertex from a block that holds others too in each.
  private func spread(_ packing: inout ClassPacking, to count: Int) {
    guard count > packing.count else { return }
    var members = [Int](repeating: 0, count: packing.count)
    for bin in packing.answer.bins { members[Int(bin)] += 1 }
    for index in packing.answer.bins.indices where packing.count < count {
      let bin = Int(packing.answer.bins[index])
      if bin >= packing.named.count, members[bin] == 1 { continue }
      members[bin] -= 1
      packing.answer.bins[index] = Int32(packing.count)
      packing.answer.newCount += 1
    }
  }

  private func plan(_ packings: [ClassPacking], blockCount: Int, fewest: Int, isShareForced: Bool) -> BlockPlan {
    var classes = [Int32](repeating: -1, count: blockCount)
    for (block, owner) in request.fixedClasses.enumerated() { classes[block] = owner }
    var packing = request.fixedBlocks
    var block = 0
    for (owner, classPacking) in packings.enumerated() {
      var blocks = classPacking.named
      for _ in 0..<classPacking.answer.newCount {
        while classes[block] >= 0 { block += 1 }
        classes[block] = Int32(owner)
        blocks.append(Int32(block))
      }
      for (index, vertex) in classPacking.free.enumerated() {
        packing[Int(vertex)] = blocks[Int(classPacking.answer.bins[index])]
      }
    }
    return BlockPlan(
      capacities: [Int](repeating: capacity, count: blockCount), classes: classes, packing: packing,
      fewestBlocks: fewest, isShareForced: isShareForced)
  }
}
