/// Puts vertices that are joined strongly, and light, into clusters of a limited weight.
///
/// Each vertex, in random order, joins the neighbouring cluster with the highest rating: the weight that joins them,
/// divided by both their weights, where a net of *p* pins counts 1/(*p* − 1) of its weight.
///
/// > C. Walshaw. "Multilevel Refinement for Combinatorial Optimisation Problems." *Annals of Operations Research* 131,
/// > 2004. doi:10.1023/B:ANOR.0000039525.80601.15
/// >
/// > T. Heuer and S. Schlag. "Improving Coarsening Schemes for Hypergraph Partitioning by Exploiting Community
/// > Structure." *SEA*, 2017. doi:10.4230/LIPIcs.SEA.2017.21 (the rating)
struct Clustering {
  /// The cluster of each vertex.
  private(set) var clusterOf: [Int32]
  /// How many clusters there are.
  private(set) var count: Int

  /// Larger nets join their pins too weakly to be worth going through.
  private static let largestNet = 64

  /// - Parameters:
  ///   - graph: What to cluster.
  ///   - labels: Only vertices with the same label come together; a negative label keeps a vertex by itself.
  ///   - heaviest: What a cluster may weigh, where it is more than one vertex.
  ///   - fewest: No more clusters are joined once there are so few.
  ///   - random: Where the order of vertices comes from.
  /// - Complexity: O(arcs + pins of nets that aren't large).
  init(_ graph: SearchGraph, labels: [Int32], heaviest: Int, fewest: Int, random: inout RandomSource) {
    let vertexCount = graph.vertexCount
    // A cluster's weight has to fit a vertex.
    let heaviest = min(heaviest, Int(Int32.max))
    // A cluster is named after its first vertex.
    var leaders = [Int32](repeating: -1, count: vertexCount)
    var weights = graph.vertexWeights.map(Int.init)
    var isJoined = [Bool](repeating: false, count: vertexCount)
    var ties = [Double](repeating: 0, count: vertexCount)
    var touched: [Int32] = []
    count = vertexCount
    for vertex in random.permutation(of: vertexCount) {
      let label = labels[Int(vertex)]
      if count <= fewest { break }
      // A vertex that others have joined stays.
      if label < 0 || isJoined[Int(vertex)] { continue }
      func tie(_ neighbor: Int32, _ weight: Double) {
        if neighbor == vertex || labels[Int(neighbor)] != label { return }
        let leader = leaders[Int(neighbor)] < 0 ? neighbor : leaders[Int(neighbor)]
        if ties[Int(leader)] == 0 { touched.append(leader) }
        ties[Int(leader)] += weight
      }
      for arc in graph.arcs(of: Int(vertex)) { tie(graph.arcTargets[arc], Double(graph.arcWeights[arc])) }
      for position in graph.nets(of: Int(vertex)) {
        let net = Int(graph.incidentNets[position])
        let pins = graph.pins(of: net)
        if pins.count > Self.largestNet { continue }
        for pin in pins { tie(graph.pins[pin], Double(graph.netWeights[net]) / Double(pins.count - 1)) }
      }
      var best: (rating: Double, leader: Int32)?
      for leader in touched {
        let weight = weights[Int(leader)]
        if weight + Int(graph.vertexWeights[Int(vertex)]) <= heaviest {
          let rating = ties[Int(leader)] / Double(max(1, weight))
          if best == nil || (best?.rating ?? 0) < rating { best = (rating, leader) }
        }
        ties[Int(leader)] = 0
      }
      touched.removeAll(keepingCapacity: true)
      guard let leader = best?.leader else { continue }
      leaders[Int(leader)] = leader
      leaders[Int(vertex)] = leader
      isJoined[Int(leader)] = true
      isJoined[Int(vertex)] = true
      weights[Int(leader)] += Int(graph.vertexWeights[Int(vertex)])
      count -= 1
    }
    clusterOf = [Int32](repeating: -1, count: vertexCount)
    var next: Int32 = 0
    for vertex in 0..<vertexCount where leaders[vertex] < 0 || leaders[vertex] == Int32(vertex) {
      clusterOf[vertex] = next
      next += 1
    }
    for vertex in 0..<vertexCount where clusterOf[vertex] < 0 { clusterOf[vertex] = clusterOf[Int(leaders[vertex])] }
  }
}
