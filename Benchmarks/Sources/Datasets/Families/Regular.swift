extension Network {
  /// A hub and its leaves.
  static func star(nodes: Int) -> Network {
    var network = Network()
    let hub = network.addNode()
    for leaf in network.addNodes(nodes - 1) { network.link(hub, leaf) }
    return network
  }

  /// Every node has two neighbours.
  static func ring(nodes: Int) -> Network {
    var network = Network()
    let all = network.addNodes(nodes)
    network.linkInRing(all, .access)
    return network
  }

  /// Rows and columns; `wrapped` joins their ends.
  static func grid(nodes: Int, wrapped: Bool) -> Network {
    let rows = gridRows(nodes: nodes)
    let columns = nodes / rows
    var network = Network()
    network.addNodes(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let node = Int32(row * columns + column)
        if column + 1 < columns {
          network.link(node, node + 1)
        } else if wrapped, columns > 2 {
          network.link(node, Int32(row * columns))
        }
        if row + 1 < rows {
          network.link(node, node + Int32(columns))
        } else if wrapped, rows > 2 {
          network.link(node, Int32(column))
        }
      }
    }
    return network
  }

  /// The number of rows of a grid that is nearly square and, if that can be, has exactly so many nodes.
  private static func gridRows(nodes: Int) -> Int {
    let root = Int(Double(nodes).squareRoot())
    return (root / 2...root).last { nodes.isMultiple(of: $0) } ?? root
  }

  /// A rooted tree.
  static func tree(nodes: Int, children: Int) -> Network {
    var network = Network()
    for node in network.addNodes(nodes).dropFirst() { network.link((node - 1) / Int32(children), node) }
    return network
  }

  /// Two stars joined by a bottleneck.
  static func dumbbell(nodes: Int) -> Network {
    var network = Network()
    let left = network.addNode()
    let right = network.addNode()
    network.link(left, right, .bottleneck)
    for node in network.addNodes(nodes - 2) { network.link(node.isMultiple(of: 2) ? left : right, node) }
    return network
  }

  /// Links neighbours, and the last to the first where there are more than two.
  mutating func linkInRing(_ nodes: Range<Int32>, _ medium: Medium) {
    for node in nodes.dropLast() { link(node, node + 1, medium) }
    if nodes.count > 2 { link(nodes.upperBound - 1, nodes.lowerBound, medium) }
  }
}
