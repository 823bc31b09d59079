/// Strings by their bytes, each stored once.
///
/// Files repeat keys and values, such as `containers:node_type`, for every computer. Strings of up to 15 bytes live
/// in their own 16 bytes, so only longer ones are kept here.
struct StringTable {
  private var strings: [String] = []
  // Open addressing with linear steps: an index in `strings`, or -1. Never more than half full.
  private var slots = [Int](repeating: -1, count: 64)

  /// The string with the given UTF-8 bytes.
  mutating func string(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.count > 15 else { return String(decoding: bytes, as: UTF8.self) }
    var slot = firstSlot(bytes)
    while slots[slot] >= 0 {
      let known = strings[slots[slot]]
      // Not `==`, to which differently composed characters are the same.
      if known.utf8.elementsEqual(bytes) { return known }
      slot = (slot + 1) & (slots.count - 1)
    }
    let string = String(decoding: bytes, as: UTF8.self)
    slots[slot] = strings.count
    strings.append(string)
    if strings.count * 2 > slots.count { grow() }
    return string
  }

  /// Where the search for a string begins; seeded by the process, so that no file can make all strings collide.
  private func firstSlot(_ bytes: some Sequence<UInt8>) -> Int {
    var hasher = Hasher()
    let hashed: Void? = bytes.withContiguousStorageIfAvailable {
      unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    precondition(hashed != nil, "text is contiguous")
    return hasher.finalize() & (slots.count - 1)
  }

  private mutating func grow() {
    slots = [Int](repeating: -1, count: slots.count * 4)
    for (index, string) in strings.enumerated() {
      var slot = firstSlot(string.utf8)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = index
    }
  }
}
