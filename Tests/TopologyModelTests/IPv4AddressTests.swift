import Testing
import TopologyModel

@Suite struct IPv4AddressTests {
  @Test(
    "Four octets make an address",
    arguments: [
      ("0.0.0.0", 0), ("10.0.3.1", 0x0A00_0301), ("255.255.255.255", 0xFFFF_FFFF), ("010.001.000.009", 0x0A01_0009),
    ])
  func addresses(text: String, value: UInt32) {
    #expect(IPv4Address(text)?.value == value)
  }

  @Test(
    "Nothing else makes an address",
    arguments: [
      "", ".", "...", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.", "1.2.3.4.5", "256.0.0.1", "0.0.0.256",
      "1.2.3.0004", "1.2.3.4 ", " 1.2.3.4", "1.2.3.-4", "1.2.3.+4", "a.b.c.d", "0x1.2.3.4", "1.2.3.4/24", "١.٢.٣.٤",
      "99999999999999999999.0.0.1",
    ])
  func noAddresses(text: String) {
    #expect(IPv4Address(text) == nil)
  }

  @Test(arguments: ["0.0.0.0", "10.0.3.1", "255.255.255.255", "192.168.0.10"])
  func anAddressIsWrittenAsItIsRead(text: String) {
    #expect(IPv4Address(text)?.description == text)
  }

  @Test func addressesAreOrderedByTheirNumbers() {
    #expect(IPv4Address(value: 0x7FFF_FFFF) < IPv4Address(value: 0x8000_0000))
    #expect(!(IPv4Address(value: 1) < IPv4Address(value: 1)))
  }
}

@Suite struct IPv4NetworkTests {
  private func address(_ text: String) throws -> IPv4Address { try #require(IPv4Address(text)) }

  private func network(_ text: String) throws -> IPv4Network {
    let parts = text.split(separator: "/")
    return IPv4Network(containing: try address(String(parts[0])), prefixLength: try #require(Int(parts[1])))
  }

  @Test(
    "A block begins at a multiple of its size and ends before the next",
    arguments: [
      ("10.0.3.17/24", "10.0.3.0/24", "255.255.255.0", "10.0.3.255"),
      ("10.0.3.17/29", "10.0.3.16/29", "255.255.255.248", "10.0.3.23"),
      ("10.0.3.17/32", "10.0.3.17/32", "255.255.255.255", "10.0.3.17"),
      ("10.0.3.17/8", "10.0.0.0/8", "255.0.0.0", "10.255.255.255"),
      ("10.0.3.17/0", "0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
    ])
  func blocks(text: String, block: String, netmask: String, last: String) throws {
    let network = try network(text)
    #expect(network.description == block)
    #expect(network.netmask.description == netmask)
    #expect(network.last.description == last)
    #expect(network.contains(network.base) && network.contains(network.last))
    #expect(IPv4Network.prefixLength(ofNetmask: network.netmask) == network.prefixLength)
  }

  @Test("Netmasks with gaps have no prefix length", arguments: ["255.0.255.0", "0.0.0.1", "255.255.255.253"])
  func gaps(netmask: String) throws {
    #expect(IPv4Network.prefixLength(ofNetmask: try address(netmask)) == nil)
  }

  @Test(
    "Blocks overlap where one holds the other",
    arguments: [
      ("10.0.3.0/24", "10.0.3.0/24", true), ("10.0.0.0/8", "10.0.3.0/24", true), ("10.0.3.0/24", "10.0.4.0/24", false),
      ("10.0.3.128/25", "10.0.3.0/25", false), ("0.0.0.0/0", "10.0.3.7/32", true),
    ])
  func overlaps(left: String, right: String, answer: Bool) throws {
    let (left, right) = (try network(left), try network(right))
    #expect(left.overlaps(right) == answer)
    #expect(right.overlaps(left) == answer)
  }

  @Test func addressesOutsideAreNotContained() throws {
    let network = try network("10.0.3.0/24")
    #expect(!network.contains(try address("10.0.4.0")))
    #expect(!network.contains(try address("10.0.2.255")))
  }
}
