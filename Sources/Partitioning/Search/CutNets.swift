/// The links and larger nets that a partition cuts: what the work and the temperatures of a search depend on.
struct CutNets {
  /// Their part of all links and larger nets.
  var share = 1.0
  /// What one of them weighs in the mean, in mean weights of all; no more than 1, which it is where all weigh the same.
  var meanWeight = 1.0
  /// The same for one that is picked by its weight: their contraharmonic mean, Σ*w*² / Σ*w*.
  var heavyWeight = 1.0

  /// Those of a partition that isn't known yet.
  init() {}

  /// Those of a task's partition.
  ///
  /// - Complexity: O(arcs + pins).
  init(_ task: SearchTask) {
    let (graph, blocks) = (task.graph, task.blocks)
    var count = 0
    var sum = 0
    var squares = 0.0
    func add(_ weight: Int32) {
      count += 1
      sum += Int(weight)
      squares += Double(weight) * Double(weight)
    }
    for vertex in 0..<graph.vertexCount {
      for arc in graph.arcs(of: vertex) where blocks[Int(graph.arcTargets[arc])] > blocks[vertex] {
        add(graph.arcWeights[arc])
      }
    }
    for net in 0..<graph.netCount {
      let pins = graph.pins[graph.pins(of: net)]
      guard let first = pins.first, pins.contains(where: { blocks[Int($0)] != blocks[Int(first)] }) else { continue }
      add(graph.netWeights[net])
    }
    share = Double(count) / Double(max(1, graph.arcTargets.count / 2 + graph.netCount))
    if sum > 0 {
      func relative(_ weight: Double) -> Double { min(1, max(0.00001, weight / graph.meanWeight)) }
      meanWeight = relative(Double(sum) / Double(count))
      heavyWeight = relative(squares / Double(sum))
    }
  }

  /// Those that weigh so many times as much, up to the mean of all.
  func heavier(by factor: Double) -> CutNets {
    var nets = self
    nets.meanWeight = min(1, factor * meanWeight)
    nets.heavyWeight = min(1, factor * heavyWeight)
    return nets
  }
}
