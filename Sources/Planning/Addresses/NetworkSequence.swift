internal import TopologyModel

/// Hands out the networks of substrates in their order, around those that are fixed.
struct NetworkSequence {
  /// The network of each substrate that is fixed.
  private let fixed: [IPv4Network?]
  /// The prefix length that each substrate asks for, where it does.
  private let prefixLengths: [Int?]
  /// How many addresses each substrate needs.
  private let memberCounts: [Int]
  /// The fixed networks, as ascending ranges of addresses that don't overlap.
  private let taken: [Range<Int>]

  /// - Parameters:
  ///   - fixed: The network of each substrate that is fixed; none overlap.
  ///   - prefixLengths: The prefix length that each substrate asks for, where it does.
  ///   - memberCounts: How many addresses each substrate needs.
  init(fixed: [IPv4Network?], prefixLengths: [Int?], memberCounts: [Int]) {
    self.fixed = fixed
    self.prefixLengths = prefixLengths
    self.memberCounts = memberCounts
    taken = fixed.compactMap { $0 }.map { Int($0.base.value)..<Int($0.last.value) + 1 }
      .sorted { $0.lowerBound < $1.lowerBound }
  }

  /// The network of each substrate.
  ///
  /// - Throws: How many addresses are needed, where they are too many.
  func networks() throws(PlanningError) -> [IPv4Network] {
    let usual = sequence { min(AddressPlan.usualPrefixLength, IPv4Network.prefixLength(holding: $0)) }
    if let networks = usual.networks { return networks }
    return try smallestNetworks(in: memberCounts.indices.map(Int32.init))
  }

  /// Gives each substrate the smallest network that serves.
  ///
  /// - Parameter order: The substrates in the order in which their networks follow each other.
  /// - Returns: The network of each substrate.
  /// - Throws: How many addresses are needed, where they are too many.
  func smallestNetworks(in order: [Int32]) throws(PlanningError) -> [IPv4Network] {
    let smallest = sequence(order: order, prefixLength: IPv4Network.prefixLength(holding:))
    if let networks = smallest.networks { return networks }
    let pool = AddressPlan.pool
    let automatic = fixed.count { $0 == nil }
    throw PlanningError([
      "the networks of \(counted(automatic, "substrate")) don't fit in \(pool): even the smallest, around "
        + "the fixed ones, take \(smallest.length) of its \(pool.last.value - pool.base.value + 1) addresses"
    ])
  }

  /// Lays networks one behind the other.
  ///
  /// - Parameters:
  ///   - order: The substrates in the order of their networks; `nil` for their own.
  ///   - prefixLength: The prefix length for so many members.
  /// - Returns: The networks, `nil` where they don't fit, and how many addresses the sequence takes.
  private func sequence(
    order: [Int32]? = nil, prefixLength: (Int) -> Int
  ) -> (networks: [IPv4Network]?, length: Int) {
    let start = Int(AddressPlan.pool.base.value)
    let end = Int(AddressPlan.pool.last.value) + 1
    var networks = fixed
    var next = start
    var obstacles = taken.drop { $0.upperBound <= start }
    for position in memberCounts.indices {
      let substrate = order.map { Int($0[position]) } ?? position
      if fixed[substrate] != nil { continue }
      let length = prefixLengths[substrate] ?? prefixLength(memberCounts[substrate])
      let size = 1 << (32 - length)
      next = (next + size - 1) / size * size
      // Networks are aligned, so one either lies within another or apart from it.
      while let obstacle = obstacles.first, obstacle.lowerBound < next + size {
        if obstacle.upperBound > next { next = (obstacle.upperBound + size - 1) / size * size }
        obstacles.removeFirst()
      }
      if next + size <= end {
        networks[substrate] = IPv4Network(containing: IPv4Address(value: UInt32(next)), prefixLength: length)
      }
      next += size
    }
    return (next <= end ? networks.compactMap { $0 } : nil, next - start)
  }
}
