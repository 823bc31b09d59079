/// A request for an echo, or the echo.
///
/// > RFC 792.
struct EchoMessage: Equatable {
  /// Whose requests they are.
  var identifier: UInt16
  /// The number of the probe, and of its attempt.
  var probe: UInt32
  var attempt: UInt32

  private static let request: UInt8 = 8
  private static let reply: UInt8 = 0
  private static let header = 16

  /// The message as a request, filled up to a size in bytes.
  func bytes(size: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(size, Self.header))
    bytes[0] = Self.request
    Self.put(UInt32(identifier), 2, at: 4, in: &bytes)
    Self.put(attempt & 0xffff, 2, at: 6, in: &bytes)
    Self.put(probe, 4, at: 8, in: &bytes)
    Self.put(attempt, 4, at: 12, in: &bytes)
    Self.put(Self.checksum(bytes), 2, at: 2, in: &bytes)
    return bytes
  }

  init(identifier: UInt16, probe: UInt32, attempt: UInt32) {
    self.identifier = identifier
    self.probe = probe
    self.attempt = attempt
  }

  /// The echo in an IPv4 packet; `nil` if there is none.
  init?(packet: ArraySlice<UInt8>) {
    guard let first = packet.first else { return nil }
    let message = packet.dropFirst(Int(first & 15) * 4)
    guard message.count >= Self.header, message.first == Self.reply else { return nil }
    identifier = UInt16(Self.number(message, at: 4, 2))
    probe = Self.number(message, at: 8, 4)
    attempt = Self.number(message, at: 12, 4)
  }

  /// > RFC 1071.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0
    for (index, byte) in bytes.enumerated() { sum += index.isMultiple(of: 2) ? UInt32(byte) << 8 : UInt32(byte) }
    while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
    return ~sum & 0xffff
  }

  private static func put(_ number: UInt32, _ count: Int, at offset: Int, in bytes: inout [UInt8]) {
    for index in 0..<count { bytes[offset + index] = UInt8(truncatingIfNeeded: number >> (8 * (count - 1 - index))) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>, at offset: Int, _ count: Int) -> UInt32 {
    bytes.dropFirst(offset).prefix(count).reduce(0) { $0 << 8 | UInt32($1) }
  }
}
