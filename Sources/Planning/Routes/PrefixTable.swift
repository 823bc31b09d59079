internal import TopologyModel

/// A stretch of addresses whose packets all go to the same next hop.
struct AddressRange: Sendable, Equatable {
  /// The first address.
  var start: Int
  /// The address after the last.
  var end: Int
  /// The next hop: an interface of the topology, or ``anyHop``.
  var hop: Int32

  /// The next hop of addresses for which the table is never asked, such as those of the computer's own networks.
  static let anyHop: Int32 = -1
}

/// The smallest table of prefixes that sends each address where it shall go, and speaks of no other address.
///
/// > R. Draves, C. King, S. Venkatachary and B. Zill. "Constructing optimal IP routing tables." *INFOCOM* 1999.
/// > doi:10.1109/INFCOM.1999.749256
///
/// Unlike theirs, the table has no default route: an address without a next hop matches no prefix. So the addresses
/// are first cut into the largest blocks in which each address has one; their method then holds within a block.
struct PrefixTable {
  /// A line of the table.
  struct Entry: Equatable {
    var destination: IPv4Network
    var hop: Int32
  }

  /// A block of addresses, and the next hops of which any serves at its top.
  private struct Block {
    /// Where the hops are in ``hops``, ascending; none where any hop whatever serves.
    var hops: Range<Int>
    /// The halves; negative for a block whose addresses all go one way.
    var halves: (Int, Int)
  }

  /// The lines, ascending by first address, shorter prefixes first.
  private(set) var entries: [Entry] = []
  private var blocks: [Block] = []
  private var hops: [Int32] = []
  private let ranges: [AddressRange]

  /// - Parameter ranges: Where addresses go: ascending and apart.
  /// - Complexity: O(*r* · 32 · hops) for *r* ranges; in practice a small multiple of *r*.
  init(_ ranges: [AddressRange]) {
    self.ranges = ranges
    var first = ranges.startIndex
    while first < ranges.endIndex {
      var last = first + 1
      while last < ranges.endIndex, ranges[last].start == ranges[last - 1].end { last += 1 }
      addBlocks(of: first..<last)
      first = last
    }
  }

  /// Adds the lines for ranges that follow each other without a gap.
  private mutating func addBlocks(of run: Range<Int>) {
    var start = ranges[run.lowerBound].start
    let end = ranges[run.upperBound - 1].end
    var first = run.lowerBound
    while start < end {
      let largest = start == 0 ? 1 << 32 : 1 << start.trailingZeroBitCount
      var size = min(largest, 1 << 32)
      while start + size > end { size /= 2 }
      while ranges[first].end <= start { first += 1 }
      var last = first
      while last < run.upperBound, ranges[last].start < start + size { last += 1 }
      blocks.removeAll(keepingCapacity: true)
      hops.removeAll(keepingCapacity: true)
      let top = divide(start, size, first..<last)
      choose(top, start, size, above: AddressRange.anyHop)
      start += size
    }
  }

  /// Finds the hops that serve at the top of a block: those that both halves can have, else those of either.
  private mutating func divide(_ start: Int, _ size: Int, _ pieces: Range<Int>) -> Int {
    if pieces.count == 1 {
      let hop = ranges[pieces.lowerBound].hop
      let first = hops.count
      if hop != AddressRange.anyHop { hops.append(hop) }
      blocks.append(Block(hops: first..<hops.count, halves: (-1, -1)))
      return blocks.count - 1
    }
    let middle = start + size / 2
    // The first range that reaches beyond the middle.
    var (low, high) = (pieces.lowerBound, pieces.upperBound)
    while low < high {
      let position = (low + high) / 2
      if ranges[position].end > middle { high = position } else { low = position + 1 }
    }
    let straddles = ranges[low].start < middle
    let left = divide(start, size / 2, pieces.lowerBound..<(straddles ? low + 1 : low))
    let right = divide(middle, size / 2, low..<pieces.upperBound)
    blocks.append(Block(hops: merge(blocks[left].hops, blocks[right].hops), halves: (left, right)))
    return blocks.count - 1
  }

  private mutating func merge(_ left: Range<Int>, _ right: Range<Int>) -> Range<Int> {
    if left.isEmpty { return right }
    if right.isEmpty { return left }
    let first = hops.count
    for position in left where contains(right, hops[position]) { hops.append(hops[position]) }
    if hops.count > first { return first..<hops.count }
    var (one, other) = (left.lowerBound, right.lowerBound)
    while one < left.upperBound || other < right.upperBound {
      if other == right.upperBound || one < left.upperBound && hops[one] < hops[other] {
        hops.append(hops[one])
        one += 1
      } else {
        hops.append(hops[other])
        other += 1
      }
    }
    return first..<hops.count
  }

  private func contains(_ set: Range<Int>, _ hop: Int32) -> Bool {
    var (low, high) = (set.lowerBound, set.upperBound)
    while low < high {
      let position = (low + high) / 2
      if hops[position] < hop { low = position + 1 } else { high = position }
    }
    return low < set.upperBound && hops[low] == hop
  }

  /// Adds the lines of a block, where the line above it, if any, sends packets to `above`.
  private mutating func choose(_ block: Int, _ start: Int, _ size: Int, above: Int32) {
    let (set, halves) = (blocks[block].hops, blocks[block].halves)
    guard !set.isEmpty else { return }
    var hop = above
    // Where one half is never asked about, the line, if any, is for the other half alone.
    let isHalfEmpty = halves.0 >= 0 && (blocks[halves.0].hops.isEmpty || blocks[halves.1].hops.isEmpty)
    if !isHalfEmpty, above == AddressRange.anyHop || !contains(set, above) {
      hop = hops[set.lowerBound]
      let network = IPv4Network(
        containing: IPv4Address(value: UInt32(start)), prefixLength: 32 - size.trailingZeroBitCount)
      entries.append(Entry(destination: network, hop: hop))
    }
    guard halves.0 >= 0 else { return }
    choose(halves.0, start, size / 2, above: hop)
    choose(halves.1, start + size / 2, size / 2, above: hop)
  }
}

extension IPv4Network {
  /// What remains of these addresses for the routes of a computer that is on a network itself: its own network needs
  /// no route.
  func routed(besides own: Self) -> Self? {
    guard overlaps(own), own.prefixLength > prefixLength else { return overlaps(own) ? nil : self }
    guard own.prefixLength == prefixLength + 1 else { return self }
    let half = UInt32(1) << UInt32(32 - own.prefixLength)
    return Self(containing: IPv4Address(value: own.base.value ^ half), prefixLength: own.prefixLength)
  }
}
