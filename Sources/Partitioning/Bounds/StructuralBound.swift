/// A lower bound on the cost from nets and neighbourhoods that fit no block, and from the number of pieces that
/// connected parts have to be cut into.
struct StructuralBound {
  private let graph: SearchGraph
  private let capacity: Int

  /// - Parameter task: Its capacities count, its partition doesn't.
  /// - Returns: No feasible partition of the task costs less.
  /// - Complexity: O(pins + arcs · log(largest degree)).
  static func bound(_ task: SearchTask) -> Int {
    let bound = StructuralBound(graph: task.graph, capacity: task.capacities.max() ?? 0)
    return max(bound.nets() + bound.neighborhoods(), bound.components())
  }

  /// A larger net touches at least as many blocks as its pins' weight fills.
  private func nets() -> Int {
    var sum = 0
    for net in 0..<graph.netCount {
      let weight = graph.pins(of: net).reduce(0) { $0 + Int(graph.vertexWeights[Int(graph.pins[$1])]) }
      sum += Int(graph.netWeights[net]) * (leastBlocks(weight) - 1)
    }
    return sum
  }

  private func leastBlocks(_ weight: Int) -> Int {
    capacity == 0 ? 1 : max(1, (weight + capacity - 1) / capacity)
  }

  /// A vertex keeps only as many neighbours as fit beside it. An arc between two vertices that both lose some is
  /// counted half for each, so that none is counted twice.
  private func neighborhoods() -> Int {
    let isCrowded = (0..<graph.vertexCount).map { loss($0) { _ in 1 } > 0 }
    var twice = 0
    for vertex in 0..<graph.vertexCount where isCrowded[vertex] {
      twice += loss(vertex) { isCrowded[$0] ? 1 : 2 }
    }
    return (twice + 1) / 2
  }

  /// The least that a vertex's arcs to other blocks weigh, with neighbours counted as often as told: all arcs less
  /// those that fit, by the fractional knapsack.
  private func loss(_ vertex: Int, times: (Int) -> Int) -> Int {
    let room = capacity - Int(graph.vertexWeights[vertex])
    // Most vertices aren't crowded, which is seen without sorting their neighbours.
    let most = graph.arcs(of: vertex).reduce(0) { $0 + Int(graph.vertexWeights[Int(graph.arcTargets[$1])]) }
    if most <= room { return 0 }
    var total = 0
    var fitting: [(value: Int, weight: Int)] = []
    var neighborWeight = 0
    for (target, arcs) in neighbors(of: vertex) {
      let value = arcs * times(target), weight = Int(graph.vertexWeights[target])
      total += value
      neighborWeight += weight
      if weight <= room { fitting.append((value, weight)) }
    }
    if neighborWeight <= room { return 0 }
    fitting.sort { first, second in
      let product = first.value.multipliedFullWidth(by: second.weight)
      let other = second.value.multipliedFullWidth(by: first.weight)
      return (product.high, product.low) > (other.high, other.low)
    }
    var kept = 0
    var left = room
    for (value, weight) in fitting {
      if weight > left {
        kept += weight.dividingFullWidth(value.multipliedFullWidth(by: left)).quotient
        break
      }
      kept += value
      left -= weight
    }
    return max(0, total - kept)
  }

  /// A vertex's neighbours, with the weight of all arcs to each: heavy parallel arcs aren't merged in the graph.
  private func neighbors(of vertex: Int) -> [(target: Int, arcs: Int)] {
    let arcs = graph.arcs(of: vertex).map { (target: Int(graph.arcTargets[$0]), arcs: Int(graph.arcWeights[$0])) }
    var merged: [(target: Int, arcs: Int)] = []
    for arc in arcs.sorted(by: { $0.target < $1.target }) {
      if let last = merged.last, last.target == arc.target {
        merged[merged.count - 1].arcs += arc.arcs
      } else {
        merged.append(arc)
      }
    }
    return merged
  }

  /// A connected part that is in *p* blocks is held together by at least *p* − 1 cut nets.
  private func components() -> Int {
    var components = DisjointSets(count: graph.vertexCount)
    for vertex in 0..<graph.vertexCount {
      for arc in graph.arcs(of: vertex) { components.unite(vertex, Int(graph.arcTargets[arc])) }
    }
    for net in 0..<graph.netCount {
      let pins = graph.pins(of: net)
      for position in pins.dropFirst() {
        components.unite(Int(graph.pins[pins.lowerBound]), Int(graph.pins[position]))
      }
    }
    var weights = [Int](repeating: 0, count: graph.vertexCount)
    var lightest = [Int](repeating: .max, count: graph.vertexCount)
    for vertex in 0..<graph.vertexCount {
      let root = components.root(vertex)
      weights[root] += Int(graph.vertexWeights[vertex])
      for arc in graph.arcs(of: vertex) { lightest[root] = min(lightest[root], Int(graph.arcWeights[arc])) }
      for position in graph.nets(of: vertex) {
        lightest[root] = min(lightest[root], Int(graph.netWeights[Int(graph.incidentNets[position])]))
      }
    }
    return weights.indices.reduce(0) { sum, root in
      let cuts = leastBlocks(weights[root]) - 1
      return cuts > 0 && lightest[root] < .max ? sum + cuts * lightest[root] : sum
    }
  }
}

/// Union-find with path halving.
private struct DisjointSets {
  private var parents: [Int32]

  init(count: Int) { parents = (0..<Int32(count)).map { $0 } }

  mutating func root(_ element: Int) -> Int {
    var element = element
    while Int(parents[element]) != element {
      parents[element] = parents[Int(parents[element])]
      element = Int(parents[element])
    }
    return element
  }

  mutating func unite(_ first: Int, _ second: Int) {
    let (a, b) = (root(first), root(second))
    if a != b { parents[max(a, b)] = Int32(min(a, b)) }
  }
}
