internal import TopologyModel

/// Routes of large networks: exact within a small region, and towards any other region as a whole.
///
/// A computer looks for the smallest region that it shares with the destination, and sends the packet the shortest way,
/// within that region, to the part of it that holds the destination. Each step comes nearer to that part, and a packet
/// that has entered a part never leaves it; so none loops, and each arrives. Its path may be longer than the shortest.
///
/// Addresses between two networks of the automatic sequence count as the first one's, which lets a region be one stretch
/// of addresses: they lead to that network, where nobody has them.
struct RegionalRoutes: Sendable, Equatable {
  private let graph: RoutingGraph
  private let tree: RegionTree
  private let networks: [IPv4Network]
  /// The addresses of each region, and then of each substrate by its position in the tree's order.
  private let ranges: RangeLists
  /// For each connected component, the prefixes that cover its addresses and nothing else.
  private let covers: [[IPv4Network]]
  /// The computers of each region, and then for each part of it their next hops.
  private let computersOffsets: [Int]
  private let hopOffsets: [Int]
  private let hops: [Int32]
  /// The regions of each computer, each with its position among the region's computers.
  private let membershipOffsets: [Int32]
  private let memberships: [Membership]

  private struct Membership: Equatable {
    var region: Int32
    var position: Int32
  }

  /// How many lines all tables have at most, before they are made small.
  let lineCount: Int

  /// - Parameters:
  ///   - graph: The network.
  ///   - tree: Its regions.
  ///   - addresses: Its addresses; tables are small where each region's follow each other.
  /// - Complexity: O(*i* log *s*) for *i* interfaces and *s* substrates.
  init(_ graph: RoutingGraph, tree: RegionTree, addresses: AddressPlan) {
    self.graph = graph
    self.tree = tree
    networks = addresses.networks
    let ranges = RangeLists(tree, addresses: addresses)
    self.ranges = ranges
    covers = (0..<tree.componentCount).map {
      var own: [AddressRange] = []
      ranges.append(.region($0), hop: 0, to: &own)
      return PrefixTable(own).entries.map(\.destination)
    }
    var search = RegionSearch(graph)
    var computersOffsets = [0]
    var hopOffsets = [0]
    var hops: [Int32] = []
    var computers: [Int32] = []
    var lineCount = 0
    for index in tree.regions.indices {
      let region = tree.regions[index]
      let parts = tree.parts(of: index)
      let inside = search.enter(tree.order[region.substrates])
      for part in parts.indices {
        let found = search.hops(to: tree.order[tree.substrates(of: parts[part])])
        hops.append(contentsOf: found)
        lineCount += ranges.count(of: parts[part]) * found.count { $0 >= 0 }
      }
      computers.append(contentsOf: inside)
      computersOffsets.append(computers.count)
      hopOffsets.append(hops.count)
    }
    self.computersOffsets = computersOffsets
    self.hopOffsets = hopOffsets
    self.hops = hops
    self.lineCount = lineCount
    var offsets = [Int32](repeating: 0, count: graph.computerCount + 1)
    for computer in computers { offsets[Int(computer) + 1] += 1 }
    for computer in 0..<graph.computerCount { offsets[computer + 1] += offsets[computer] }
    var next = offsets
    var memberships = [Membership](repeating: Membership(region: 0, position: 0), count: computers.count)
    for region in tree.regions.indices {
      let range = computersOffsets[region]..<computersOffsets[region + 1]
      for position in range {
        let computer = Int(computers[position])
        memberships[Int(next[computer])] = Membership(
          region: Int32(region), position: Int32(position - range.lowerBound))
        next[computer] += 1
      }
    }
    membershipOffsets = offsets
    self.memberships = memberships
  }

  /// The smallest table that has these routes.
  func table(of computer: Int) -> [PrefixTable.Entry] {
    var own: [IPv4Network] = []
    for interface in graph.interfaces(of: computer) {
      let network = networks[Int(graph.substrateOf[interface])]
      if !own.contains(network) { own.append(network) }
    }
    let memberships = memberships[Int(membershipOffsets[computer])..<Int(membershipOffsets[computer + 1])]
    if let gateway = graph.soleGateway(of: computer), let component = memberships.first, let network = own.first {
      // The whole component lies beyond the one neighbour.
      return covers[Int(component.region)].compactMap { cover in
        cover.routed(besides: network).map { PrefixTable.Entry(destination: $0, hop: Int32(gateway)) }
      }
    }
    var result = own.map { AddressRange($0, hop: AddressRange.anyHop) }
    result.reserveCapacity(64)
    for membership in memberships {
      let region = Int(membership.region)
      let count = computersOffsets[region + 1] - computersOffsets[region]
      for (number, part) in tree.parts(of: region).enumerated() {
        let hop = hops[hopOffsets[region] + number * count + Int(membership.position)]
        if hop >= 0 { ranges.append(part, hop: hop, to: &result) }
      }
    }
    result.sort { $0.start < $1.start }
    return PrefixTable(result).entries
  }
}

extension RegionTree {
  /// What a region is made of.
  enum Part {
    /// A smaller region.
    case region(Int)
    /// A substrate, by its position in ``order``.
    case substrate(Int)
  }

  /// What a region is made of: regions, or substrates where it is a smallest one.
  func parts(of region: Int) -> [Part] {
    regions[region].children.isEmpty
      ? regions[region].substrates.map(Part.substrate) : regions[region].children.map(Part.region)
  }

  /// Where a part's substrates are in ``order``.
  func substrates(of part: Part) -> Range<Int> {
    switch part {
    case .region(let region): regions[region].substrates
    case .substrate(let position): position..<position + 1
    }
  }
}

/// The addresses of regions, as few stretches as there can be.
private struct RangeLists: Sendable, Equatable {
  /// Where the ranges of each region begin, and then those of each substrate.
  private var offsets = [0]
  private var ranges: [Range<Int>] = []
  private let regionCount: Int

  init(_ tree: RegionTree, addresses: AddressPlan) {
    regionCount = tree.regions.count
    let extended = Self.extended(tree, addresses: addresses)
    for region in tree.regions {
      for range in tree.order[region.substrates].map({ extended[Int($0)] }).sorted(by: { $0.lowerBound < $1.lowerBound }
      ) {
        if let last = ranges.last, ranges.count > offsets[offsets.count - 1], last.upperBound == range.lowerBound {
          ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
        } else {
          ranges.append(range)
        }
      }
      offsets.append(ranges.count)
    }
    for substrate in tree.order {
      ranges.append(extended[Int(substrate)])
      offsets.append(ranges.count)
    }
  }

  /// The addresses of each substrate's network, and those between it and the next one in its component, where both are
  /// automatic.
  private static func extended(_ tree: RegionTree, addresses: AddressPlan) -> [Range<Int>] {
    let networks = addresses.networks
    var component = [Int](repeating: 0, count: networks.count)
    for index in 0..<tree.componentCount {
      for substrate in tree.order[tree.regions[index].substrates] { component[Int(substrate)] = index }
    }
    var result = networks.map { Int($0.base.value)..<Int($0.last.value) + 1 }
    let ascending = networks.indices.sorted { networks[$0].base < networks[$1].base }
    for (one, next) in zip(ascending, ascending.dropFirst())
    where component[one] == component[next] && !addresses.isFixed[one] && !addresses.isFixed[next] {
      result[one] = result[one].lowerBound..<result[next].lowerBound
    }
    return result
  }

  private func positions(of part: RegionTree.Part) -> Range<Int> {
    let list =
      switch part {
      case .region(let region): region
      case .substrate(let position): regionCount + position
      }
    return offsets[list]..<offsets[list + 1]
  }

  /// How many ranges a part has.
  func count(of part: RegionTree.Part) -> Int { positions(of: part).count }

  /// Appends the ranges of a part, with a next hop; ascending.
  func append(_ part: RegionTree.Part, hop: Int32, to list: inout [AddressRange]) {
    for position in positions(of: part) {
      list.append(AddressRange(start: ranges[position].lowerBound, end: ranges[position].upperBound, hop: hop))
    }
  }
}

/// Finds the shortest ways from all computers of a region to a part of it, within the region.
private struct RegionSearch {
  private let graph: RoutingGraph
  /// The search that saw each substrate last, and the region that it is in.
  private var seenBy: [Int32]
  private var isInside: [Bool]
  private var inside: ArraySlice<Int32> = []
  /// The position of each computer among the region's, and the region for which it is valid.
  private var position: [Int32]
  private var entered: [Int32]
  private var regionNumber: Int32 = 0
  private var searchNumber: Int32 = 0
  private var computerCount = 0

  init(_ graph: RoutingGraph) {
    self.graph = graph
    seenBy = Array(repeating: 0, count: graph.substrateCount)
    isInside = Array(repeating: false, count: graph.substrateCount)
    position = Array(repeating: 0, count: graph.computerCount)
    entered = Array(repeating: 0, count: graph.computerCount)
  }

  /// Limits searches to a region.
  ///
  /// - Parameter substrates: Those of the region.
  /// - Returns: Its computers.
  mutating func enter(_ substrates: ArraySlice<Int32>) -> [Int32] {
    for substrate in inside { isInside[Int(substrate)] = false }
    inside = substrates
    regionNumber += 1
    var computers: [Int32] = []
    for substrate in substrates {
      isInside[Int(substrate)] = true
      for member in graph.memberPositions(of: Int(substrate)) {
        let computer = graph.computerOf[Int(graph.members[member])]
        guard entered[Int(computer)] != regionNumber else { continue }
        entered[Int(computer)] = regionNumber
        position[Int(computer)] = Int32(computers.count)
        computers.append(computer)
      }
    }
    computerCount = computers.count
    return computers
  }

  /// The next hops of the region's computers to a part of it.
  ///
  /// - Parameter part: The substrates of the part.
  /// - Returns: For each computer an interface of a neighbour; negative for those on the part.
  mutating func hops(to part: ArraySlice<Int32>) -> [Int32] {
    let arrived: Int32 = -1
    let unseen: Int32 = -2
    var hops = [Int32](repeating: unseen, count: computerCount)
    var queue: [Int32] = []
    searchNumber += 1
    for substrate in part {
      seenBy[Int(substrate)] = searchNumber
      for member in graph.memberPositions(of: Int(substrate)) {
        let computer = graph.computerOf[Int(graph.members[member])]
        guard hops[Int(position[Int(computer)])] == unseen else { continue }
        hops[Int(position[Int(computer)])] = arrived
        queue.append(computer)
      }
    }
    var head = 0
    while head < queue.count {
      let computer = Int(queue[head])
      head += 1
      for interface in graph.interfaces(of: computer) {
        let substrate = Int(graph.substrateOf[interface])
        guard isInside[substrate], seenBy[substrate] != searchNumber else { continue }
        seenBy[substrate] = searchNumber
        for member in graph.memberPositions(of: substrate) {
          let neighbour = graph.computerOf[Int(graph.members[member])]
          guard hops[Int(position[Int(neighbour)])] == unseen else { continue }
          hops[Int(position[Int(neighbour)])] = Int32(interface)
          queue.append(neighbour)
        }
      }
    }
    return hops
  }
}
