/// A graph whose vertices are clusters of a finer graph's.
///
/// A partition of the clusters is one of the vertices, of the same cost and with the same block weights.
struct Contraction: Sendable {
  /// The coarser graph.
  let graph: SearchGraph
  /// The cluster of each vertex.
  let clusterOf: [Int32]

  /// Contracts clusters.
  ///
  /// Parallel arcs and nets with the same two clusters become one arc; nets within a cluster go.
  ///
  /// - Parameters:
  ///   - graph: The finer graph.
  ///   - clusterOf: The cluster of each vertex, in `0..<count`.
  ///   - count: How many clusters there are; none is empty.
  /// - Complexity: O(arcs + pins), and a little for sorting.
  init(_ graph: SearchGraph, clusterOf: [Int32], count: Int) {
    self.clusterOf = clusterOf
    let rows = BlockRows(clusterOf, blockCount: count)
    var weights = [Int32](repeating: 0, count: count)
    for vertex in 0..<graph.vertexCount { weights[Int(clusterOf[vertex])] += graph.vertexWeights[vertex] }
    let nets = ContractedNets(graph, clusterOf: clusterOf, count: count)
    var offsets: [Int32] = [0]
    var targets: [Int32] = []
    var arcWeights: [Int32] = []
    offsets.reserveCapacity(count + 1)
    targets.reserveCapacity(graph.arcTargets.count / 2)
    arcWeights.reserveCapacity(graph.arcTargets.count / 2)
    // Where each neighbour stands in the row that is being made.
    var places = [Int32](repeating: -1, count: count)
    func add(_ target: Int32, _ weight: Int32, start: Int32) {
      let place = places[Int(target)]
      if place >= start, case let (sum, overflow) = arcWeights[Int(place)].addingReportingOverflow(weight), !overflow {
        arcWeights[Int(place)] = sum
      } else {
        places[Int(target)] = Int32(targets.count)
        targets.append(target)
        arcWeights.append(weight)
      }
    }
    for cluster in 0..<Int32(count) {
      let start = Int32(targets.count)
      for vertex in rows[cluster] {
        for arc in graph.arcs(of: Int(vertex)) {
          let target = clusterOf[Int(graph.arcTargets[arc])]
          if target != cluster { add(target, graph.arcWeights[arc], start: start) }
        }
      }
      for (target, weight) in nets.pairs(of: cluster) { add(target, weight, start: start) }
      offsets.append(Int32(targets.count))
    }
    self.graph = SearchGraph(
      vertexWeights: weights, arcs: (offsets, targets, arcWeights), nets: (nets.offsets, nets.pins, nets.weights))
  }

  /// The value of each vertex, such as its block, from that of each cluster.
  func projected<Value>(_ values: [Value]) -> [Value] { clusterOf.map { values[Int($0)] } }

  /// The value that all vertices of a cluster share, for each cluster.
  func restricted<Value>(_ values: [Value]) -> [Value] {
    var result = [Value](repeating: values[0], count: graph.vertexCount)
    for (vertex, cluster) in clusterOf.enumerated() { result[Int(cluster)] = values[vertex] }
    return result
  }
}

/// The nets of a contracted graph: those that are left with two pins apart from the larger ones.
private struct ContractedNets {
  var offsets: [Int32] = [0]
  var pins: [Int32] = []
  var weights: [Int32] = []
  private var pairOffsets: [Int32] = []
  private var pairTargets: [Int32] = []
  private var pairWeights: [Int32] = []

  init(_ graph: SearchGraph, clusterOf: [Int32], count: Int) {
    if graph.netCount == 0 { return }
    var pairs: [(Int32, Int32, Int32)] = []
    var seen = [Int32](repeating: -1, count: count)
    for net in 0..<graph.netCount {
      let start = pins.count
      for position in graph.pins(of: net) {
        let cluster = clusterOf[Int(graph.pins[position])]
        if seen[Int(cluster)] == Int32(net) { continue }
        seen[Int(cluster)] = Int32(net)
        pins.append(cluster)
      }
      switch pins.count - start {
      case 0, 1: pins.removeLast(pins.count - start)
      case 2:
        pairs.append((pins[start], pins[start + 1], graph.netWeights[net]))
        pins.removeLast(2)
      default:
        offsets.append(Int32(pins.count))
        weights.append(graph.netWeights[net])
      }
    }
    pairOffsets = [Int32](repeating: 0, count: count + 1)
    for (first, second, _) in pairs {
      pairOffsets[Int(first) + 1] += 1
      pairOffsets[Int(second) + 1] += 1
    }
    for cluster in 0..<count { pairOffsets[cluster + 1] += pairOffsets[cluster] }
    var next = pairOffsets
    pairTargets = [Int32](repeating: 0, count: 2 * pairs.count)
    pairWeights = pairTargets
    for (first, second, weight) in pairs {
      for (from, to) in [(first, second), (second, first)] {
        pairTargets[Int(next[Int(from)])] = to
        pairWeights[Int(next[Int(from)])] = weight
        next[Int(from)] += 1
      }
    }
  }

  func pairs(of cluster: Int32) -> [(Int32, Int32)] {
    if pairOffsets.isEmpty { return [] }
    return (Int(pairOffsets[Int(cluster)])..<Int(pairOffsets[Int(cluster) + 1])).map {
      (pairTargets[$0], pairWeights[$0])
    }
  }
}
