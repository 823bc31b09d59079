extension Network {
  /// Writes METIS's graph format: a line a node with its neighbours, counted from 1.
  ///
  /// > G. Karypis. *METIS: A Software Package …, Version 5.1.0*, section 4.1.1.
  ///
  /// - Parameters:
  ///   - weights: What each link weighs; `nil` where all weigh the same.
  ///   - output: Where to.
  /// - Precondition: Every substrate is a link (``isGraph``).
  public func writeGraph(weights: [Int]? = nil, to output: inout some TextOutputStream) {
    precondition(isGraph, "a LAN is no edge of a graph")
    let links = substratesByNode()
    output.write("\(nodeCount) \(substrateCount)\(weights == nil ? "" : " 001")\n")
    for node in 0..<Int32(nodeCount) {
      let neighbours = links[Int(node)].map { link in
        let ends = members(of: Int(link))
        return (node: ends[ends.startIndex] == node ? ends[ends.startIndex + 1] : ends[ends.startIndex], link: link)
      }
      let words = neighbours.sorted { $0.node < $1.node }.flatMap { neighbour in
        [Int(neighbour.node) + 1] + (weights.map { [$0[Int(neighbour.link)]] } ?? [])
      }
      output.write(Self.line(words))
    }
  }

  /// Writes hMETIS's hypergraph format: a line a substrate with its nodes, counted from 1.
  ///
  /// > G. Karypis and V. Kumar. *hMETIS: A Hypergraph Partitioning Package, Version 1.5.3*, section 3.1.
  ///
  /// - Parameters:
  ///   - weights: What each substrate weighs; `nil` where all weigh the same.
  ///   - output: Where to.
  public func writeHypergraph(weights: [Int]? = nil, to output: inout some TextOutputStream) {
    output.write("\(substrateCount) \(nodeCount)\(weights == nil ? "" : " 1")\n")
    for substrate in 0..<substrateCount {
      output.write(Self.line((weights.map { [$0[substrate]] } ?? []) + members(of: substrate).map { Int($0) + 1 }))
    }
  }

  private static func line(_ numbers: [Int]) -> String {
    numbers.map(String.init).joined(separator: " ") + "\n"
  }
}
