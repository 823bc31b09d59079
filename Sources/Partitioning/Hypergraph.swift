/// Vertices with weights, and nets with weights that each join some of the vertices.
///
/// Stored as compressed rows in both directions: the pins of net `e` are `pins[netOffsets[e]..<netOffsets[e + 1]]`,
/// the nets of vertex `v` are `incidentNets[vertexOffsets[v]..<vertexOffsets[v + 1]]`. A graph's edge is a net of two
/// pins. The pins of a net are distinct and ascending.
public struct Hypergraph: Sendable, Equatable {
  /// The weight of each vertex; at least 0.
  public let vertexWeights: [Int32]
  /// The weight of each net; at least 0.
  public let netWeights: [Int32]
  /// Where each net's pins begin; one longer than there are nets.
  public let netOffsets: [Int32]
  /// The vertices of the nets.
  public let pins: [Int32]
  /// Where each vertex's nets begin; one longer than there are vertices.
  public let vertexOffsets: [Int32]
  /// The nets of the vertices.
  public let incidentNets: [Int32]

  /// A hypergraph from the pins of its nets.
  ///
  /// Repeated pins of a net count once.
  ///
  /// - Parameters:
  ///   - vertexWeights: One weight a vertex, at least 0.
  ///   - nets: The vertices of each net.
  ///   - netWeights: One weight a net, at least 0; all 1 where left out.
  /// - Complexity: O(pins · log(largest net)).
  public init(vertexWeights: [Int32], nets: some Sequence<[Int32]>, netWeights: [Int32]? = nil) {
    precondition(vertexWeights.allSatisfy { $0 >= 0 }, "a vertex weight is negative")
    var netOffsets: [Int32] = [0]
    var pins: [Int32] = []
    var vertexOffsets = [Int32](repeating: 0, count: vertexWeights.count + 1)
    for net in nets {
      var previous: Int32 = -1
      for pin in net.sorted() where pin != previous {
        precondition(vertexWeights.indices.contains(Int(pin)), "no vertex \(pin)")
        pins.append(pin)
        vertexOffsets[Int(pin) + 1] += 1
        previous = pin
      }
      netOffsets.append(Int32(pins.count))
    }
    for vertex in vertexWeights.indices { vertexOffsets[vertex + 1] += vertexOffsets[vertex] }
    var next = vertexOffsets
    var incidentNets = [Int32](repeating: 0, count: pins.count)
    for net in 0..<(netOffsets.count - 1) {
      for position in Int(netOffsets[net])..<Int(netOffsets[net + 1]) {
        let vertex = Int(pins[position])
        incidentNets[Int(next[vertex])] = Int32(net)
        next[vertex] += 1
      }
    }
    self.vertexWeights = vertexWeights
    self.netWeights = netWeights ?? [Int32](repeating: 1, count: netOffsets.count - 1)
    precondition(self.netWeights.count == netOffsets.count - 1, "one weight a net")
    precondition(self.netWeights.allSatisfy { $0 >= 0 }, "a net weight is negative")
    self.netOffsets = netOffsets
    self.pins = pins
    self.vertexOffsets = vertexOffsets
    self.incidentNets = incidentNets
  }

  /// How many vertices there are.
  public var vertexCount: Int { vertexWeights.count }
  /// How many nets there are.
  public var netCount: Int { netWeights.count }
  /// The sum of all vertex weights.
  public var totalWeight: Int { vertexWeights.reduce(0) { $0 + Int($1) } }
}
