/// How many pins each net has in each block it touches.
///
/// A net touches at most as many blocks as it has pins, so that its counts fit beside its pins whatever the number of
/// blocks: in a short list for small nets, in an open-addressing hash table (linear probing, Knuth's deletion without
/// tombstones) for large ones.
struct NetCounts: ~Copyable {
  private static let longestList = 12

  private var starts: Table<Int32>
  /// The size of a net's hash table less one (a power of two less one); for a list, minus its length.
  private var masks: Table<Int32>
  private var blocks: Table<Int32>
  private var counts: Table<Int32>

  init(_ graph: SearchGraph, blockOf: borrowing Table<Int32>) {
    starts = Table(repeating: 0, count: graph.netCount)
    masks = Table(repeating: 0, count: graph.netCount)
    var end = 0
    for net in 0..<graph.netCount {
      starts[net] = Int32(end)
      let pinCount = graph.pins(of: net).count
      if pinCount <= Self.longestList {
        end += pinCount
      } else {
        let size = 1 << (Int.bitWidth - (2 * pinCount - 1).leadingZeroBitCount)
        masks[net] = Int32(size - 1)
        end += size
      }
    }
    blocks = Table(repeating: -1, count: end)
    counts = Table(repeating: 0, count: end)
    for net in 0..<graph.netCount {
      for position in graph.pins(of: net) { add(net, blockOf[graph.pins[position]]) }
    }
  }

  /// How many pins of a net are in a block.
  func count(_ net: Int, _ block: Int32) -> Int32 {
    let start = Int(starts[net]), mask = Int(masks[net])
    if mask <= 0 {
      for slot in start..<(start - mask) where blocks[slot] == block { return counts[slot] }
      return 0
    }
    var slot = Self.hash(block) & mask
    while true {
      let found = blocks[start + slot]
      if found == block { return counts[start + slot] }
      if found < 0 { return 0 }
      slot = (slot + 1) & mask
    }
  }

  /// How many blocks a net touches.
  func blockCount(_ net: Int) -> Int {
    let start = Int(starts[net]), mask = Int(masks[net])
    if mask <= 0 { return -mask }
    return (start...(start + mask)).count { blocks[$0] >= 0 }
  }

  /// Counts one more pin of a net in a block.
  mutating func add(_ net: Int, _ block: Int32) {
    let start = Int(starts[net]), mask = Int(masks[net])
    if mask <= 0 {
      for slot in start..<(start - mask) where blocks[slot] == block {
        counts[slot] += 1
        return
      }
      blocks[start - mask] = block
      counts[start - mask] = 1
      masks[net] = Int32(mask - 1)
      return
    }
    var slot = Self.hash(block) & mask
    while blocks[start + slot] >= 0, blocks[start + slot] != block { slot = (slot + 1) & mask }
    blocks[start + slot] = block
    counts[start + slot] += 1
  }

  /// Counts one pin of a net less in a block.
  mutating func remove(_ net: Int, _ block: Int32) {
    let start = Int(starts[net]), mask = Int(masks[net])
    if mask <= 0 {
      for slot in start..<(start - mask) where blocks[slot] == block {
        counts[slot] -= 1
        if counts[slot] == 0 {
          let last = start - mask - 1
          blocks[slot] = blocks[last]
          counts[slot] = counts[last]
          masks[net] = Int32(mask + 1)
        }
        return
      }
      return
    }
    var slot = Self.hash(block) & mask
    while blocks[start + slot] != block { slot = (slot + 1) & mask }
    counts[start + slot] -= 1
    if counts[start + slot] == 0 { close(gap: slot, start: start, mask: mask) }
  }

  private mutating func close(gap: Int, start: Int, mask: Int) {
    var gap = gap
    var slot = gap
    while true {
      slot = (slot + 1) & mask
      let block = blocks[start + slot]
      if block < 0 { break }
      // An entry may fill the gap unless its home lies after the gap, in the cyclic order up to the entry.
      if (slot - Self.hash(block)) & mask >= (slot - gap) & mask {
        blocks[start + gap] = block
        counts[start + gap] = counts[start + slot]
        gap = slot
      }
    }
    blocks[start + gap] = -1
    counts[start + gap] = 0
  }

  private static func hash(_ block: Int32) -> Int {
    Int((UInt32(bitPattern: block) &* 0x9E37_79B1) >> 7)
  }
}
