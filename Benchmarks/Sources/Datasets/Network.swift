/// Nodes `0..<nodeCount`, joined by substrates: links, which have two members, and LANs, which have more.
///
/// Stored flat, so that a million nodes fit: the members of substrate `s` are `members[offsets[s]..<offsets[s + 1]]`.
public struct Network: Sendable, Equatable {
  /// How many nodes there are.
  public private(set) var nodeCount = 0
  /// The nodes of all substrates, in the order they were joined.
  public private(set) var members: [Int32] = []
  /// What each substrate is made of.
  public private(set) var media: [Medium] = []
  private var offsets: [Int32] = [0]

  /// An empty network.
  public init() {}

  /// How many links and LANs there are.
  public var substrateCount: Int { media.count }

  /// Whether every substrate is a link, so that the network is a graph.
  public var isGraph: Bool { members.count == 2 * substrateCount }

  /// The nodes of a substrate.
  public func members(of substrate: Int) -> ArraySlice<Int32> {
    members[Int(offsets[substrate])..<Int(offsets[substrate + 1])]
  }

  /// The substrates of each node, ascending.
  ///
  /// - Complexity: O(nodes + members).
  public func substratesByNode() -> Rows {
    Rows(
      count: nodeCount,
      entries: media.indices.lazy.flatMap { substrate in
        members(of: substrate).lazy.map { (row: $0, value: Int32(substrate)) }
      })
  }

  /// Adds one node and returns it.
  mutating func addNode() -> Int32 { addNodes(1).lowerBound }

  /// Adds nodes and returns them.
  @discardableResult
  mutating func addNodes(_ count: Int) -> Range<Int32> {
    defer { nodeCount += count }
    return Int32(nodeCount)..<Int32(nodeCount + count)
  }

  /// Joins two nodes by a link.
  mutating func link(_ first: Int32, _ second: Int32, _ medium: Medium = .access) {
    join([first, second], medium)
  }

  /// Joins nodes by one substrate.
  mutating func join(_ nodes: [Int32], _ medium: Medium = .lan) {
    precondition(nodes.count >= 2, "a substrate has at least two members")
    members.append(contentsOf: nodes)
    offsets.append(Int32(members.count))
    media.append(medium)
  }
}

/// What a substrate is made of: how fast it is, and how long a packet takes through it.
public enum Medium: Sendable, CaseIterable {
  /// A LAN or a cable within a room.
  case lan
  /// A link to the next router.
  case access
  /// A link between sites.
  case backbone
  /// A link that everyone waits for.
  case bottleneck

  /// The rate in kb/s.
  public var kilobitsPerSecond: Int {
    switch self {
    case .lan, .access: 100_000
    case .backbone: 1_000_000
    case .bottleneck: 10_000
    }
  }

  /// The delay in ms: nothing, or no less than the 2 ms that a testbed can make.
  public var milliseconds: Int {
    switch self {
    case .lan: 0
    case .access: 2
    case .backbone: 10
    case .bottleneck: 20
    }
  }
}

/// Values in rows of different lengths, stored in one array.
public struct Rows: Sendable {
  private var offsets: [Int]
  private var values: [Int32]

  /// Collects the values of each row, in the order they come.
  ///
  /// - Parameters:
  ///   - count: How many rows there are.
  ///   - entries: Every value with its row; read twice.
  public init(count: Int, entries: some Sequence<(row: Int32, value: Int32)>) {
    var offsets = [Int](repeating: 0, count: count + 1)
    for (row, _) in entries { offsets[Int(row) + 1] += 1 }
    for row in 0..<count { offsets[row + 1] += offsets[row] }
    var next = offsets
    var values = [Int32](repeating: 0, count: offsets[count])
    for (row, value) in entries {
      values[next[Int(row)]] = value
      next[Int(row)] += 1
    }
    self.offsets = offsets
    self.values = values
  }

  /// The values of a row.
  public subscript(row: Int) -> ArraySlice<Int32> { values[offsets[row]..<offsets[row + 1]] }
}
