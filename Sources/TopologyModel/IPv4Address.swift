/// An IPv4 address.
public struct IPv4Address: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The address as a number, most significant octet first.
  public var value: UInt32

  /// An address from a number.
  public init(value: UInt32) { self.value = value }

  /// Reads four decimal octets, `10.0.3.1`; each is 0 to 255, of one to three digits.
  public init?(_ text: some StringProtocol) {
    var value: UInt32 = 0
    var octet: UInt32 = 0
    var digits = 0
    var dots = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        octet = octet * 10 + UInt32(byte - UInt8(ascii: "0"))
        digits += 1
        guard digits <= 3, octet <= 255 else { return nil }
      case UInt8(ascii: "."):
        guard digits > 0, dots < 3 else { return nil }
        value = value << 8 | octet
        (octet, digits, dots) = (0, 0, dots + 1)
      default: return nil
      }
    }
    guard digits > 0, dots == 3 else { return nil }
    self.value = value << 8 | octet
  }

  /// Four decimal octets.
  public var description: String {
    // Files of large experiments have millions of addresses: pieces that are made once take a fifth of the time.
    var text = Self.octets[Int(value >> 24)]
    for shift: UInt32 in [16, 8, 0] {
      text += "."
      text += Self.octets[Int(value >> shift & 255)]
    }
    return text
  }

  private static let octets = (0..<256).map { "\($0)" }

  public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// A block of IPv4 addresses that share a prefix.
public struct IPv4Network: Sendable, Hashable, CustomStringConvertible {
  /// The first address of the block.
  public var base: IPv4Address
  /// The length of the prefix in bits, 0 to 32.
  public var prefixLength: Int

  /// The block of the given prefix length that holds an address.
  public init(containing address: IPv4Address, prefixLength: Int) {
    precondition((0...32).contains(prefixLength), "no prefix has \(prefixLength) bits")
    self.prefixLength = prefixLength
    base = IPv4Address(value: address.value & Self.mask(prefixLength))
  }

  /// The netmask, such as `255.255.255.0`.
  public var netmask: IPv4Address { IPv4Address(value: Self.mask(prefixLength)) }
  /// The last address of the block.
  public var last: IPv4Address { IPv4Address(value: base.value | ~Self.mask(prefixLength)) }
  /// Whether an address is in the block.
  public func contains(_ address: IPv4Address) -> Bool { address.value & Self.mask(prefixLength) == base.value }
  /// Whether two blocks share an address.
  public func overlaps(_ other: Self) -> Bool { contains(other.base) || other.contains(base) }

  /// Such as `10.0.3.0/24`.
  public var description: String {
    var text = base.description
    text += "/"
    text += Self.lengths[prefixLength]
    return text
  }

  private static let lengths = (0...32).map { "\($0)" }

  /// The prefix length of a netmask; `nil` where its ones aren't all at the front.
  public static func prefixLength(ofNetmask netmask: IPv4Address) -> Int? {
    let length = (~netmask.value).leadingZeroBitCount
    return mask(length) == netmask.value ? length : nil
  }

  private static func mask(_ length: Int) -> UInt32 { length == 0 ? 0 : ~UInt32(0) << UInt32(32 - length) }
}
