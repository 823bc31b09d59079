extension Network {
  /// Writes METIS's graph format: a line a node with its neighbours, counted from 1.
  ///
  /// > G. Karypis. *METIS: A Software Package …, Version 5.1.0*, section 4.1.1.
  ///
  /// - Precondition: Every substrate is a link (``isGraph``).
  public func writeGraph(to output: inout some TextOutputStream) {
    precondition(isGraph, "a LAN is no edge of a graph")
    let neighbours = Rows(
      count: nodeCount,
      entries: media.indices.lazy.flatMap { substrate in
        let ends = members(of: substrate)
        let (first, second) = (ends[ends.startIndex], ends[ends.startIndex + 1])
        return [(row: first, value: second), (row: second, value: first)]
      })
    output.write("\(nodeCount) \(substrateCount)\n")
    for node in 0..<nodeCount { output.write(Self.line(neighbours[node].sorted())) }
  }

  /// Writes hMETIS's hypergraph format: a line a substrate with its nodes, counted from 1.
  ///
  /// > G. Karypis and V. Kumar. *hMETIS: A Hypergraph Partitioning Package, Version 1.5.3*, section 3.1.
  public func writeHypergraph(to output: inout some TextOutputStream) {
    output.write("\(substrateCount) \(nodeCount)\n")
    for substrate in 0..<substrateCount { output.write(Self.line(members(of: substrate))) }
  }

  private static func line(_ nodes: some Sequence<Int32>) -> String {
    nodes.map { String($0 + 1) }.joined(separator: " ") + "\n"
  }
}
