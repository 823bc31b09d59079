/// Which of an interface's neighbours a frame is for: what a direction that differs by neighbour goes by.
///
/// The manifest knows neighbours by their IPv4 addresses, frames name them by their MAC addresses; which belong together
/// is read off the ARP messages that the interface gets.
struct NeighbourTable {
  /// The lane of each IPv4 address that has one of its own.
  private let lanes: [UInt32: Int]
  /// The lane of all others.
  private let rest: Int
  private var lanesByMAC: [UInt64: Int] = [:]

  /// - Parameters:
  ///   - lanes: The lane of each address.
  ///   - rest: The lane of addresses that have none.
  init(_ lanes: [UInt32: Int], rest: Int) {
    self.lanes = lanes
    self.rest = rest
  }

  /// The lane that a frame from the interface goes by.
  func lane(of frame: [UInt8]) -> Int {
    guard !lanes.isEmpty, frame.count >= 14 else { return rest }
    let target = Self.number(frame, at: 0, count: 6)
    if let lane = lanesByMAC[target] { return lane }
    // A question for the address of a neighbour travels as the answer will.
    if Self.isARP(frame) { return lanes[UInt32(Self.number(frame, at: 38, count: 4))] ?? rest }
    return rest
  }

  /// Learns from a frame to the interface.
  mutating func learn(from frame: [UInt8]) {
    guard !lanes.isEmpty, Self.isARP(frame) else { return }
    guard let lane = lanes[UInt32(Self.number(frame, at: 28, count: 4))] else { return }
    lanesByMAC[Self.number(frame, at: 22, count: 6)] = lane
  }

  /// Whether a frame is an ARP message about Ethernet and IPv4.
  ///
  /// > RFC 826.
  private static func isARP(_ frame: [UInt8]) -> Bool {
    frame.count >= 42 && number(frame, at: 12, count: 2) == 0x0806 && number(frame, at: 18, count: 2) == 0x0604
  }

  private static func number(_ bytes: [UInt8], at offset: Int, count: Int) -> UInt64 {
    var number: UInt64 = 0
    for index in offset..<(offset + count) { number = number << 8 | UInt64(bytes[index]) }
    return number
  }
}
