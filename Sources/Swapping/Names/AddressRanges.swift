internal import Running

/// Addresses as the fewest prefixes that have these and no others.
enum AddressRanges {
  /// A network of addresses.
  struct Prefix: Equatable, CustomStringConvertible {
    var address: UInt32
    var length: Int

    /// A prefix.
    init(address: UInt32, length: Int) { (self.address, self.length) = (address, length) }

    /// That of a text such as `10.0.0.0/8` or `10.1.2.3`; `nil` where it is none.
    init?(_ text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard let address = parts.first.flatMap({ IPv4.number($0) }),
        let length = parts.count == 2 ? Int(parts[1]) : 32, parts.count <= 2, (0...32).contains(length)
      else { return nil }
      self.init(address: address, length: length)
    }

    /// Whether some address is in both.
    func overlaps(_ other: Self) -> Bool {
      let shorter = min(length, other.length)
      return shorter == 0 || address >> UInt32(32 - shorter) == other.address >> UInt32(32 - shorter)
    }

    var description: String {
      let bytes = [24, 16, 8, 0].map { String(address >> UInt32($0) & 255) }
      return "\(bytes.joined(separator: "."))/\(length)"
    }
  }

  /// The prefixes of addresses.
  static func prefixes(of addresses: [UInt32]) -> [Prefix] {
    var prefixes: [Prefix] = []
    for address in Set(addresses).sorted() {
      prefixes.append(Prefix(address: address, length: 32))
      // Two halves make a whole.
      while prefixes.count > 1, let (one, other) = halves(prefixes) {
        prefixes.removeLast(2)
        prefixes.append(Prefix(address: one.address, length: other.length - 1))
      }
    }
    return prefixes
  }

  private static func halves(_ prefixes: [Prefix]) -> (Prefix, Prefix)? {
    let (one, other) = (prefixes[prefixes.count - 2], prefixes[prefixes.count - 1])
    let size: UInt32 = one.length == 0 ? 0 : 1 << UInt32(32 - one.length)
    guard one.length == other.length, one.length > 0, one.address & size == 0, one.address | size == other.address
    else {
      return nil
    }
    return (one, other)
  }
}
