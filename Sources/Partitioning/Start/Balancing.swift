/// Moves vertices from one side of a bisection to the other until neither is over its limit: always the vertex that
/// adds least to the cut.
struct Balancing {
  private let graph: MetisGraph
  /// The real weights; added vertices have none and stay where they are.
  private let weights: [Int]
  private let limits: [Int]
  private let leastCounts: [Int]
  private(set) var sides: [Bool]
  private var loads = [0, 0]
  private var counts = [0, 0]

  init(_ graph: MetisGraph, weights: [Int], sides: [Bool], limits: [Int], leastCounts: [Int]) {
    self.graph = graph
    self.weights = weights
    self.sides = sides
    self.limits = limits
    self.leastCounts = leastCounts
    for (vertex, weight) in weights.enumerated() {
      loads[sides[vertex] ? 1 : 0] += weight
      counts[sides[vertex] ? 1 : 0] += 1
    }
  }

  mutating func run() {
    for from in 0..<2 where isOver(from) { relieve(from) }
  }

  private func isOver(_ side: Int) -> Bool {
    loads[side] > limits[side] || counts[1 - side] < leastCounts[1 - side]
  }

  private mutating func relieve(_ from: Int) {
    var gains = [Int](repeating: 0, count: weights.count)
    var heap = GainHeap()
    for vertex in weights.indices where (sides[vertex] ? 1 : 0) == from {
      gains[vertex] = gain(vertex)
      heap.push(gain: gains[vertex], vertex: Int32(vertex))
    }
    while isOver(from), counts[from] > leastCounts[from], let (gain, vertex) = heap.pop() {
      let vertex = Int(vertex)
      // Entries whose gain has changed since, or whose vertex is gone.
      if gain != gains[vertex] || (sides[vertex] ? 1 : 0) != from { continue }
      if counts[1 - from] >= leastCounts[1 - from] {
        // Only weight is the matter: it has to help, and to fit.
        if weights[vertex] == 0 || loads[1 - from] + weights[vertex] > limits[1 - from] { continue }
      }
      sides[vertex].toggle()
      loads[from] -= weights[vertex]
      loads[1 - from] += weights[vertex]
      counts[from] -= 1
      counts[1 - from] += 1
      for arc in Int(graph.offsets[vertex])..<Int(graph.offsets[vertex + 1]) {
        let neighbor = Int(graph.targets[arc])
        if neighbor >= weights.count || (sides[neighbor] ? 1 : 0) != from { continue }
        gains[neighbor] += 2 * Int(graph.arcWeights[arc])
        heap.push(gain: gains[neighbor], vertex: Int32(neighbor))
      }
    }
  }

  private func gain(_ vertex: Int) -> Int {
    var gain = 0
    for arc in Int(graph.offsets[vertex])..<Int(graph.offsets[vertex + 1]) {
      let isHome = sides[Int(graph.targets[arc])] == sides[vertex]
      gain += isHome ? -Int(graph.arcWeights[arc]) : Int(graph.arcWeights[arc])
    }
    return gain
  }
}

/// A binary heap of vertices, the highest gain on top; of equal gains the lowest vertex.
private struct GainHeap {
  private var entries: [(gain: Int, vertex: Int32)] = []

  private func isAbove(_ first: Int, _ second: Int) -> Bool {
    (entries[second].gain, entries[first].vertex) < (entries[first].gain, entries[second].vertex)
  }

  mutating func push(gain: Int, vertex: Int32) {
    entries.append((gain, vertex))
    var child = entries.count - 1
    while child > 0, isAbove(child, (child - 1) / 2) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> (gain: Int, vertex: Int32)? {
    guard let top = entries.first else { return nil }
    let last = entries.removeLast()
    if entries.isEmpty { return top }
    entries[0] = last
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && isAbove(child, best) { best = child }
      if best == parent { return top }
      entries.swapAt(parent, best)
      parent = best
    }
  }
}
