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
    var netOffsets: [Int32] = [0]
    var pins: [Int32] = []
    for net in nets {
      pins.append(contentsOf: net)
      netOffsets.append(Int32(pins.count))
    }
    self.init(vertexWeights: vertexWeights, netOffsets: netOffsets, pins: pins, netWeights: netWeights)
  }

  /// A hypergraph from the compressed rows of its nets.
  ///
  /// Repeated pins of a net count once.
  ///
  /// - Parameters:
  ///   - vertexWeights: One weight a vertex, at least 0.
  ///   - netOffsets: Where each net's pins begin, from 0 to the number of pins; one longer than there are nets.
  ///   - pins: The vertices of the nets.
  ///   - netWeights: One weight a net, at least 0; all 1 where left out.
  /// - Complexity: O(pins · log(largest net)).
  public init(vertexWeights: [Int32], netOffsets: [Int32], pins: [Int32], netWeights: [Int32]? = nil) {
    let netWeights = netWeights ?? [Int32](repeating: 1, count: netOffsets.count - 1)
    precondition(vertexWeights.allSatisfy { $0 >= 0 }, "a vertex weight is negative")
    precondition(netWeights.allSatisfy { $0 >= 0 }, "a net weight is negative")
    precondition(netWeights.count == netOffsets.count - 1, "one weight a net")
    precondition(netOffsets.first == 0 && netOffsets.last.map(Int.init) == pins.count, "the rows are the pins")
    precondition(pins.allSatisfy { $0 >= 0 && $0 < vertexWeights.count }, "a pin is no vertex")
    self.vertexWeights = vertexWeights
    self.netWeights = netWeights
    (self.netOffsets, self.pins) = Self.normalized(netOffsets, pins)
    (vertexOffsets, incidentNets) = Self.transposed(self.netOffsets, self.pins, rowCount: vertexWeights.count)
  }

  /// How many vertices there are.
  public var vertexCount: Int { vertexWeights.count }
  /// How many nets there are.
  public var netCount: Int { netWeights.count }
  /// The sum of all vertex weights.
  public var totalWeight: Int { vertexWeights.reduce(0) { $0 + Int($1) } }

  /// The positions of a net's pins.
  func pinRange(ofNet net: Int) -> Range<Int> { Int(netOffsets[net])..<Int(netOffsets[net + 1]) }
  /// The positions of a vertex's nets.
  func netRange(ofVertex vertex: Int) -> Range<Int> { Int(vertexOffsets[vertex])..<Int(vertexOffsets[vertex + 1]) }

  /// Rows with their entries ascending and distinct.
  private static func normalized(_ offsets: [Int32], _ entries: [Int32]) -> (offsets: [Int32], entries: [Int32]) {
    let isNormal = (0..<(offsets.count - 1)).allSatisfy { row in
      let range = Int(offsets[row])..<Int(offsets[row + 1])
      return range.dropFirst().allSatisfy { entries[$0 - 1] < entries[$0] }
    }
    if isNormal { return (offsets, entries) }
    var newOffsets: [Int32] = [0]
    var newEntries: [Int32] = []
    newOffsets.reserveCapacity(offsets.count)
    newEntries.reserveCapacity(entries.count)
    for row in 0..<(offsets.count - 1) {
      var previous: Int32 = -1
      for entry in entries[Int(offsets[row])..<Int(offsets[row + 1])].sorted() where entry != previous {
        newEntries.append(entry)
        previous = entry
      }
      newOffsets.append(Int32(newEntries.count))
    }
    return (newOffsets, newEntries)
  }

  private static func transposed(
    _ offsets: [Int32], _ entries: [Int32], rowCount: Int
  ) -> (offsets: [Int32], entries: [Int32]) {
    var newOffsets = [Int32](repeating: 0, count: rowCount + 1)
    for entry in entries { newOffsets[Int(entry) + 1] += 1 }
    for row in 0..<rowCount { newOffsets[row + 1] += newOffsets[row] }
    var next = newOffsets
    var newEntries = [Int32](repeating: 0, count: entries.count)
    for row in 0..<(offsets.count - 1) {
      for position in Int(offsets[row])..<Int(offsets[row + 1]) {
        let entry = Int(entries[position])
        newEntries[Int(next[entry])] = Int32(row)
        next[entry] += 1
      }
    }
    return (newOffsets, newEntries)
  }
}
