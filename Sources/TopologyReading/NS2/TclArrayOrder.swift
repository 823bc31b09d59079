/// Names in the order in which a Tcl array would list them.
///
/// The reference parser keeps its nodes and links in Tcl arrays and writes them in the order of `array names`, from
/// which Containers derives addresses. So the order has to be the same.
///
/// > Tcl 8.6, `tclHash.c`: chained buckets, four at first, four times as many when there are three entries a bucket;
/// > a new entry goes to the front of its chain.
struct TclArrayOrder {
  private struct Entry {
    var name: String
    var hash: UInt32
    var next: Int32
  }

  private var entries: [Entry] = []
  private var freed: [Int32] = []
  private var heads: [Int32] = [-1, -1, -1, -1]
  private(set) var count = 0

  /// Adds a name that isn't there.
  ///
  /// - Complexity: O(1), amortised.
  mutating func insert(_ name: String) {
    let hash = name.utf8.reduce(UInt32(0)) { $0 &* 9 &+ UInt32($1) }
    let bucket = Int(hash) & (heads.count - 1)
    let entry = Entry(name: name, hash: hash, next: heads[bucket])
    if let index = freed.popLast() {
      entries[Int(index)] = entry
      heads[bucket] = index
    } else {
      heads[bucket] = Int32(entries.count)
      entries.append(entry)
    }
    count += 1
    if count >= 3 * heads.count { grow() }
  }

  /// Removes a name; nothing happens if it isn't there.
  mutating func remove(_ name: String) {
    let hash = name.utf8.reduce(UInt32(0)) { $0 &* 9 &+ UInt32($1) }
    let bucket = Int(hash) & (heads.count - 1)
    var previous: Int32 = -1
    var index = heads[bucket]
    while index >= 0, entries[Int(index)].name != name {
      (previous, index) = (index, entries[Int(index)].next)
    }
    guard index >= 0 else { return }
    if previous < 0 {
      heads[bucket] = entries[Int(index)].next
    } else {
      entries[Int(previous)].next = entries[Int(index)].next
    }
    freed.append(index)
    count -= 1
  }

  /// The names, bucket by bucket, each chain from the front.
  var names: [String] {
    var names: [String] = []
    names.reserveCapacity(count)
    for head in heads {
      var index = head
      while index >= 0 {
        names.append(entries[Int(index)].name)
        index = entries[Int(index)].next
      }
    }
    return names
  }

  private mutating func grow() {
    let old = heads
    heads = [Int32](repeating: -1, count: old.count * 4)
    for head in old {
      var index = head
      while index >= 0 {
        let next = entries[Int(index)].next
        let bucket = Int(entries[Int(index)].hash) & (heads.count - 1)
        entries[Int(index)].next = heads[bucket]
        heads[bucket] = index
        index = next
      }
    }
  }
}
