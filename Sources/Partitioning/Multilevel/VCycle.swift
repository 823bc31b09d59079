/// Improves a partition on coarser graphs first, where a step moves a whole cluster, and then on finer and finer ones.
///
/// Clusters lie within blocks, so that the partition is one of each coarser graph. On the way back blocks may be filled
/// beyond their capacity, at a price, as clusters would have no room to move otherwise; on the finest graph they are
/// made to fit.
///
/// > C. Walshaw. "Multilevel Refinement for Combinatorial Optimisation Problems." *Annals of Operations Research* 131,
/// > 2004. doi:10.1023/B:ANOR.0000039525.80601.15
struct VCycle {
  let clock: SearchClock
  /// The annealing steps for each vertex of the finest graph, there; coarser graphs get more for each of theirs.
  var stepsPerVertex: Int

  /// Each graph has at least so much fewer vertices than the one before.
  private static let leastShrinking = 0.9
  /// What a cycle's temperatures are multiplied by, at random: how hot is best differs from graph to graph, most of all
  /// where weights differ or large clusters have to change places.
  private static let heats = [1, 1, 1, 0.5, 0.7, 1.4, 2, 2.8]

  /// Runs a cycle.
  ///
  /// - Parameters:
  ///   - task: A feasible partition to start from.
  ///   - labels: Only vertices with the same label, which are in the same block, are clustered; −1 for by itself.
  ///   - random: Where random choices come from.
  /// - Returns: A feasible partition and its cost, which may be higher than that of the task's; `nil` where none was
  ///   found, or the clock stopped.
  /// - Complexity: Near-linear in arcs, pins and steps; the number of blocks doesn't matter.
  func run(_ task: SearchTask, labels: [Int32], random: inout RandomSource) -> (blocks: [Int32], cost: Int)? {
    let heat = Self.heats[random.index(below: Self.heats.count)]
    let cut = Self.felt(CutNets(task), &random)
    let coarse = Annealing.Temperatures(first: 0.8 * heat, last: 0.2 * heat).suited(to: cut)
    let finest = Annealing.Temperatures(first: 0.15 * heat, last: 0.05 * heat).suited(to: cut)
    var (contractions, tasks) = coarsened(task, labels, &random)
    for level in contractions.indices.reversed() {
      if clock.shouldStop() { return nil }
      tasks[level].blocks = contractions[level].projected(overfilled(tasks[level + 1], whole: task, coarse, &random))
    }
    if clock.shouldStop() { return nil }
    guard let feasible = Repair.feasible(overfilled(tasks[0], whole: task, coarse, &random), task) else { return nil }
    var state = BlockState(task.graph, blocks: feasible, capacities: task.capacities)
    let movable = task.movable
    let annealing = Annealing(steps: stepsPerVertex * movable.count / 2, temperatures: finest)
    annealing.run(&state, movable: movable, random: &random, clock: clock, shouldStop: clock.shouldStop)
    return (state.blockOf.elements, state.cost)
  }

  /// Coarser and coarser graphs, each with the partition, the finest first.
  private func coarsened(
    _ task: SearchTask, _ labels: [Int32], _ random: inout RandomSource
  ) -> (contractions: [Contraction], tasks: [SearchTask]) {
    var contractions: [Contraction] = []
    var tasks = [task]
    var labels = labels
    // Light clusters fill blocks well, heavy ones move much at once: sometimes these, sometimes those.
    let part = 2 << random.index(below: 3)
    let totalWeight = task.graph.vertexWeights.reduce(0) { $0 + Int($1) }
    let heaviest = max(2, totalWeight / (part * task.capacities.count))
    let fewest = (part + 1) * task.capacities.count
    while case let finer = tasks[tasks.count - 1], finer.blocks.count > fewest, !clock.shouldStop() {
      let clustering = Clustering(
        finer.graph, labels: labels, heaviest: heaviest, fewest: max(fewest, finer.blocks.count / 2), random: &random)
      if Double(clustering.count) > Self.leastShrinking * Double(finer.blocks.count) { break }
      let contraction = Contraction(finer.graph, clusterOf: clustering.clusterOf, count: clustering.count)
      labels = contraction.restricted(labels)
      contractions.append(contraction)
      tasks.append(
        SearchTask(
          graph: contraction.graph, capacities: task.capacities, isFixed: contraction.restricted(finer.isFixed),
          blocks: contraction.restricted(finer.blocks)))
    }
    return (contractions, tasks)
  }

  /// What is cut, as a cycle feels it: where weights differ, heavier than it is in turns, so that heavier nets are cut
  /// on the way as well.
  private static func felt(_ cut: CutNets, _ random: inout RandomSource) -> CutNets {
    cut.meanWeight == 1 ? cut : cut.heavier(by: [1, 2, 4][random.index(below: 3)])
  }

  /// A level's partition after a search that may overfill blocks.
  private func overfilled(
    _ task: SearchTask, whole: SearchTask, _ temperatures: Annealing.Temperatures, _ random: inout RandomSource
  ) -> [Int32] {
    var state = BlockState(task.graph, blocks: task.blocks, capacities: task.capacities)
    let movable = task.movable
    // Between as many steps as on the finest graph and as many for each vertex.
    let steps = Double(stepsPerVertex) * (Double(movable.count) * Double(whole.blocks.count)).squareRoot()
    var annealing = Annealing(steps: Int(steps), temperatures: temperatures)
    annealing.overloadPrices = .init(first: 1.7, last: 20)
    annealing.run(&state, movable: movable, random: &random, clock: clock, shouldStop: clock.shouldStop)
    return state.blockOf.elements
  }
}
