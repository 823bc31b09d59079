/// The objective, recounted from scratch.
enum SearchCost {
  /// The sum over nets of weight · (λ − 1).
  ///
  /// - Complexity: O(pins).
  static func connectivity(of blocks: [Int32], in hypergraph: Hypergraph) -> Int {
    var lastNet = [Int32](repeating: -1, count: Int(blocks.max() ?? -1) + 1)
    var cost = 0
    for net in 0..<hypergraph.netCount {
      var touched = 0
      for position in hypergraph.pinRange(ofNet: net) {
        let block = Int(blocks[Int(hypergraph.pins[position])])
        if lastNet[block] != Int32(net) {
          lastNet[block] = Int32(net)
          touched += 1
        }
      }
      cost += Int(hypergraph.netWeights[net]) * max(0, touched - 1)
    }
    return cost
  }
}
