/// The containers of a pass that may share hosts: how many there are, and where some of them are already.
struct ContainerGroup: Sendable, Equatable {
  /// How many containers each given partition holds.
  var pinnedLoads: [Int] = []
  /// How many containers aren't placed yet.
  var free = 0

  /// All containers.
  var total: Int { pinnedLoads.reduce(free, +) }

  /// The most hosts that could be used, each holding something.
  var mostHosts: Int { pinnedLoads.count + free }

  /// The fewest hosts that hold the group with at most so many containers each; `nil` where a given partition is
  /// fuller.
  func fewestHosts(packing: Int) -> Int? {
    guard pinnedLoads.allSatisfy({ $0 <= packing }) else { return nil }
    let room = pinnedLoads.reduce(0) { $0 + packing - $1 }
    return pinnedLoads.count + (max(0, free - room) + packing - 1) / packing
  }

  /// The sizes of so many hosts, as even as the given partitions allow: without any they differ by at most one.
  ///
  /// - Parameter hosts: From the number of given partitions to ``mostHosts``.
  /// - Returns: The sizes, those of the given partitions first.
  func evenSizes(hosts: Int) -> [Int] {
    let loads = pinnedLoads + Array(repeating: 0, count: hosts - pinnedLoads.count)
    // Fill up the emptiest hosts like water: the level is the highest that the free containers reach everywhere.
    var level = 0
    var above = (loads.max() ?? 0) + free + 1
    while above - level > 1 {
      let middle = (level + above) / 2
      if loads.reduce(0, { $0 + max(0, middle - $1) }) <= free { level = middle } else { above = middle }
    }
    var rest = free - loads.reduce(0) { $0 + max(0, level - $1) }
    return loads.map { load in
      guard load <= level else { return load }
      defer { if rest > 0 { rest -= 1 } }
      return level + (rest > 0 ? 1 : 0)
    }
  }
}

/// How many hosts groups get that never share one.
struct HostCount {
  /// The groups.
  var groups: [ContainerGroup]

  /// The least packing with which the groups fit on so many hosts; `nil` where none does.
  func packing(hosts: Int) -> Int? {
    guard let most = groups.map(\.total).max(), fits(packing: most, hosts: hosts) else { return nil }
    var (tooLittle, enough) = (0, most)
    while enough - tooLittle > 1 {
      let middle = (tooLittle + enough) / 2
      if fits(packing: middle, hosts: hosts) { enough = middle } else { tooLittle = middle }
    }
    return enough
  }

  /// Divides so many hosts among the groups, so that the fullest host is as empty as possible.
  ///
  /// Hosts that this doesn't need go where a host holds most on average.
  ///
  /// - Returns: The hosts of each group; `nil` where there are too few.
  func division(hosts: Int) -> [Int]? {
    guard let packing = packing(hosts: hosts) else { return nil }
    var counts = groups.compactMap { $0.fewestHosts(packing: packing) }
    for _ in counts.reduce(0, +)..<hosts {
      let open = groups.indices.filter { counts[$0] < groups[$0].mostHosts }
      guard let fullest = open.max(by: { groups[$0].total * counts[$1] < groups[$1].total * counts[$0] }) else { break }
      counts[fullest] += 1
    }
    return counts
  }

  private func fits(packing: Int, hosts: Int) -> Bool {
    let needed = groups.map { $0.fewestHosts(packing: packing) }
    return !needed.contains(nil) && needed.reduce(0) { $0 + ($1 ?? 0) } <= hosts
  }
}
