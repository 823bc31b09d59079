/// Improves partitions by cycles over coarser graphs, and by pairs: what two partitions have in common stays together
/// in the coarser graphs, where the search decides about the rest.
///
/// > P. Sanders and C. Schulz. "Distributed Evolutionary Graph Partitioning." *ALENEX*, 2012.
/// > doi:10.1137/1.9781611972924.2
struct Recombination {
  let clock: SearchClock
  let seed: UInt64
  /// No partition costs less.
  let lowerBound: Int
  /// How often each partition is paired with another.
  var generations: Int
  var stepsPerVertex: Int

  typealias Found = (blocks: [Int32], cost: Int)

  /// - Parameters:
  ///   - task: The problem.
  ///   - starts: Feasible partitions; at least one. So many there are all along.
  /// - Returns: The best partition found.
  func run(_ task: SearchTask, starts: [Found]) -> Found {
    var members = concurrentMap(count: starts.count) { index in
      improved(starts[index], task, stream: index)
    }
    for generation in stride(from: 1, through: generations, by: 1) {
      if clock.shouldStop() || members.contains(where: { $0.cost <= lowerBound }) { break }
      let parents = members
      let children = concurrentMap(count: parents.count) { index in
        child(of: index, parents, task, stream: generation * parents.count + index)
      }
      for child in children { insert(child, &members) }
    }
    return members.min { $0.cost < $1.cost } ?? starts[0]
  }

  /// A partition after a cycle of its own.
  private func improved(_ start: Found, _ task: SearchTask, stream: Int) -> Found {
    let found = cycle(task, start, labels: start.blocks, stream: stream)
    return found.cost < start.cost ? found : start
  }

  /// A partition made of one of the parents and another one.
  private func child(of index: Int, _ parents: [Found], _ task: SearchTask, stream: Int) -> Found {
    var random = RandomSource(seed: seed, stream: -stream)
    let other = parents.count == 1 ? 0 : (index + 1 + random.index(below: parents.count - 1)) % parents.count
    let (first, second) = (parents[index], parents[other])
    var numbers: [Int64: Int32] = [:]
    let labels = task.blocks.indices.map { vertex in
      let pair = Int64(first.blocks[vertex]) << 32 | Int64(second.blocks[vertex])
      let number = numbers[pair] ?? Int32(numbers.count)
      numbers[pair] = number
      return number
    }
    return cycle(task, first.cost <= second.cost ? first : second, labels: labels, stream: stream)
  }

  private func cycle(_ task: SearchTask, _ start: Found, labels: [Int32], stream: Int) -> Found {
    if clock.shouldStop() { return start }
    var task = task
    task.blocks = start.blocks
    var random = RandomSource(seed: seed, stream: stream)
    let labels = labels.indices.map { task.isFixed[$0] ? -1 : labels[$0] }
    let cycle = VCycle(clock: clock, stepsPerVertex: stepsPerVertex)
    guard let found = cycle.run(task, labels: labels, random: &random) else { return start }
    clock.found(cost: found.cost)
    return found
  }

  /// A child takes the place of the worst partition, unless it is worse or there already.
  private func insert(_ child: Found, _ members: inout [Found]) {
    guard let worst = members.indices.max(by: { members[$0].cost < members[$1].cost }) else { return }
    if child.cost > members[worst].cost { return }
    if members.contains(where: { $0.cost == child.cost && $0.blocks == child.blocks }) { return }
    members[worst] = child
  }
}
