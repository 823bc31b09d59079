internal import TopologyModel

/// A network cut into regions, those into smaller ones, and so on down to a few substrates: what makes routes and
/// addresses of large networks hierarchical.
///
/// A region is a set of substrates that hang together by computers on them alone. A computer with interfaces in two
/// regions belongs to both.
///
/// > L. Kleinrock and F. Kamoun. "Hierarchical routing for large networks: performance evaluation and optimization."
/// > *Computer Networks* 1(3), 1977. doi:10.1016/0376-5075(77)90002-2
struct RegionTree: Sendable, Equatable {
  /// A region.
  struct Region: Sendable, Equatable {
    /// Where its substrates are in ``RegionTree/order``.
    var substrates: Range<Int>
    /// The regions it is cut into: indices in ``RegionTree/regions``; none for one that is small enough.
    var children: Range<Int> = 0..<0
  }

  /// The substrates, region by region.
  private(set) var order: [Int32]
  /// The regions: first the connected components of the whole, then each region's children after it.
  private(set) var regions: [Region] = []
  /// How many connected components there are.
  private(set) var componentCount = 0

  /// How many substrates a region has at most that isn't cut further.
  static let usualSize = 24
  /// Into about how many a region is cut.
  static let fanOut = 6

  /// Cuts a network into regions.
  ///
  /// - Parameters:
  ///   - graph: The network.
  ///   - size: How many substrates a region has at most that isn't cut further, unless it can't be.
  /// - Complexity: O(*i* log *s*) for *i* interfaces and *s* substrates.
  init(_ graph: RoutingGraph, size: Int = usualSize) {
    let components = graph.components()
    componentCount = components.count
    order = (0..<Int32(graph.substrateCount)).sorted {
      (components.of[Int($0)], $0) < (components.of[Int($1)], $1)
    }
    var first = 0
    while first < order.count {
      var last = first + 1
      while last < order.count, components.of[Int(order[last])] == components.of[Int(order[first])] { last += 1 }
      regions.append(Region(substrates: first..<last))
      first = last
    }
    var cutter = RegionCutter(graph)
    var next = 0
    while next < regions.count {
      let substrates = regions[next].substrates
      if substrates.count > size {
        let parts = cutter.parts(of: order[substrates], about: (substrates.count + Self.fanOut - 1) / Self.fanOut)
        if parts.count > 1 {
          regions[next].children = regions.count..<regions.count + parts.count
          var start = substrates.lowerBound
          for part in parts {
            order.replaceSubrange(start..<start + part.count, with: part)
            regions.append(Region(substrates: start..<start + part.count))
            start += part.count
          }
        }
      }
      next += 1
    }
  }
}

/// Cuts a region into parts that each hang together: subtrees of a breadth-first tree over its substrates and
/// computers, cut off from the leaves upwards as soon as they are large enough.
///
/// > S. Kundu and J. Misra. "A linear tree partitioning algorithm." *SIAM Journal on Computing* 6(1), 1977.
/// > doi:10.1137/0206012
private struct RegionCutter {
  private let graph: RoutingGraph
  /// Of each substrate: the computer above it in the tree, and whether the region being cut holds it.
  private var above: [Int32]
  private var isInside: [Bool]
  /// How many substrates hang at it that aren't cut off yet.
  private var weight: [Int32]
  /// The bundle of its siblings that it may be cut off with.
  private var bundle: [Int32]
  /// The part it has come to be in.
  private var part: [Int32]
  /// Of each computer: the substrate above it, and the bundle that the substrates below it fill.
  private var substrateAbove: [Int32]
  private var openBundle: [Int32]
  private var openWeight: [Int32]

  init(_ graph: RoutingGraph) {
    self.graph = graph
    above = Array(repeating: -1, count: graph.substrateCount)
    isInside = Array(repeating: false, count: graph.substrateCount)
    weight = Array(repeating: 0, count: graph.substrateCount)
    bundle = Array(repeating: -1, count: graph.substrateCount)
    part = Array(repeating: -1, count: graph.substrateCount)
    substrateAbove = Array(repeating: -1, count: graph.computerCount)
    openBundle = Array(repeating: -1, count: graph.computerCount)
    openWeight = Array(repeating: 0, count: graph.computerCount)
  }

  /// Cuts a region.
  ///
  /// - Parameters:
  ///   - region: Its substrates.
  ///   - size: About how many substrates a part shall have.
  /// - Returns: The parts, none empty; one alone where the region can't be cut.
  mutating func parts(of region: ArraySlice<Int32>, about size: Int) -> [[Int32]] {
    let (substrates, computers) = grow(over: region)
    defer {
      for substrate in substrates { isInside[Int(substrate)] = false }
      for computer in computers { substrateAbove[Int(computer)] = -1 }
    }
    let isClosed = cut(substrates, about: size)
    // The root begins a part, and so does each bundle that is one; any other substrate follows the one above it.
    var partOfBundle = [Int32](repeating: -1, count: isClosed.count)
    var parts: [[Int32]] = []
    for substrate in substrates {
      let own = bundle[Int(substrate)]
      let isCutOff = own >= 0 && isClosed[Int(own)]
      var number: Int32 = -1
      if isCutOff {
        number = partOfBundle[Int(own)]
      } else if above[Int(substrate)] >= 0 {
        number = part[Int(substrateAbove[Int(above[Int(substrate)])])]
      }
      if number < 0 {
        number = Int32(parts.count)
        parts.append([])
        if isCutOff { partOfBundle[Int(own)] = number }
      }
      part[Int(substrate)] = number
      parts[Int(number)].append(substrate)
    }
    return parts
  }

  /// Grows the tree from the region's first substrate.
  ///
  /// - Returns: The substrates and the computers, those above before those below.
  private mutating func grow(over region: ArraySlice<Int32>) -> (substrates: [Int32], computers: [Int32]) {
    for substrate in region {
      isInside[Int(substrate)] = true
      (above[Int(substrate)], weight[Int(substrate)], bundle[Int(substrate)]) = (-1, 0, -1)
    }
    var substrates = Array(region.prefix(1))
    var computers: [Int32] = []
    // Seen are the root, and every substrate that has a computer above it.
    var head = 0
    while head < substrates.count {
      let substrate = substrates[head]
      head += 1
      for position in graph.memberPositions(of: Int(substrate)) {
        let computer = Int(graph.computerOf[Int(graph.members[position])])
        guard substrateAbove[computer] < 0 else { continue }
        substrateAbove[computer] = substrate
        (openBundle[computer], openWeight[computer]) = (-1, 0)
        computers.append(Int32(computer))
        for interface in graph.interfaces(of: computer) {
          let below = graph.substrateOf[interface]
          guard isInside[Int(below)], below != substrates[0], above[Int(below)] < 0 else { continue }
          above[Int(below)] = Int32(computer)
          substrates.append(below)
        }
      }
    }
    return (substrates, computers)
  }

  /// Decides from the leaves upwards what is cut off.
  ///
  /// - Returns: For each bundle, whether it is a part of its own.
  private mutating func cut(_ substrates: [Int32], about size: Int) -> [Bool] {
    var isClosed: [Bool] = []
    for substrate in substrates.reversed().map(Int.init) {
      weight[substrate] += 1
      if weight[substrate] > 3 * size {
        // Too many small branches meet here: each becomes a part, as only this substrate joins them.
        for position in graph.memberPositions(of: substrate) {
          let computer = Int(graph.computerOf[Int(graph.members[position])])
          guard substrateAbove[computer] == Int32(substrate), openBundle[computer] >= 0 else { continue }
          isClosed[Int(openBundle[computer])] = true
        }
        weight[substrate] = 1
      }
      guard above[substrate] >= 0 else { continue }
      let computer = Int(above[substrate])
      let parent = Int(substrateAbove[computer])
      if openBundle[computer] < 0 {
        openBundle[computer] = Int32(isClosed.count)
        isClosed.append(false)
      }
      bundle[substrate] = openBundle[computer]
      openWeight[computer] += weight[substrate]
      weight[parent] += weight[substrate]
      if openWeight[computer] >= Int32(size) {
        isClosed[Int(openBundle[computer])] = true
        weight[parent] -= openWeight[computer]
        (openBundle[computer], openWeight[computer]) = (-1, 0)
      }
    }
    return isClosed
  }
}
