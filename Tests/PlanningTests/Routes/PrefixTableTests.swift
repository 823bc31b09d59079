import TestSupport
import Testing
import TopologyModel

@testable import Planning

@Suite struct PrefixTableTests {
  private static let bits = 6
  private static let base = 10 << 24

  /// Where the 64 addresses from 10.0.0.0 shall go: a hop, any (−1), or nowhere (`nil`).
  private func random(seed: UInt64) -> [Int32?] {
    var random = SplitMix64(seed: seed)
    var wanted: [Int32?] = []
    while wanted.count < 1 << Self.bits {
      let hop = [nil, -1, 0, 0, 1, 1, 2][Int.random(in: 0..<7, using: &random)] as Int32?
      wanted += Array(repeating: hop, count: 1 << Int.random(in: 0...4, using: &random))
    }
    return Array(wanted.prefix(1 << Self.bits))
  }

  private func ranges(_ wanted: [Int32?]) -> [AddressRange] {
    wanted.enumerated().compactMap { offset, hop in
      hop.map { AddressRange(start: Self.base + offset, end: Self.base + offset + 1, hop: $0) }
    }
  }

  /// The fewest lines for a block below one that sends its packets to `above`, tried exhaustively.
  private func fewest(_ wanted: ArraySlice<Int32?>, above: Int32?) -> Int? {
    if wanted.count == 1, let only = wanted.first {
      switch only {
      case nil: return above == nil ? 0 : nil
      case -1: return 0
      case let hop?: return hop == above ? 0 : 1
      }
    }
    let middle = wanted.startIndex + wanted.count / 2
    let choices: [Int32?] = [above, 0, 1, 2]
    return choices.compactMap { hop in
      guard let left = fewest(wanted[..<middle], above: hop), let right = fewest(wanted[middle...], above: hop) else {
        return nil
      }
      return left + right + (hop == above ? 0 : 1)
    }.min()
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func aTableHasTheFewestLinesThatSendEachAddressWhereItShallGo(seed: UInt64) throws {
    let wanted = random(seed: seed)
    let table = PrefixTable(ranges(wanted)).entries
    for (offset, hop) in wanted.enumerated() where hop != -1 {
      let address = IPv4Address(value: UInt32(Self.base + offset))
      let longest = table.filter { $0.destination.contains(address) }
        .max { $0.destination.prefixLength < $1.destination.prefixLength }
      #expect(longest?.hop == hop, "\(address), seed \(seed)")
    }
    // Eight blocks of eight addresses: exhaustive search of the whole takes long.
    for block in 0..<8 {
      let part = wanted[(8 * block)..<(8 * block + 8)]
      let entries = PrefixTable(ranges(wanted).filter { ($0.start - Self.base) / 8 == block }).entries
      #expect(entries.count == fewest(part, above: nil), "block \(block), seed \(seed)")
    }
  }

  @Test func nothingHasNoLines() {
    #expect(PrefixTable([]).entries == [])
    #expect(PrefixTable([AddressRange(start: 0, end: 256, hop: AddressRange.anyHop)]).entries == [])
  }

  @Test func allAddressesAreOneLine() {
    let table = PrefixTable([AddressRange(start: 0, end: 1 << 32, hop: 4)]).entries
    #expect(table.map(\.destination.description) == ["0.0.0.0/0"])
  }
}
