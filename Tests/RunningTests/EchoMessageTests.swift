import Testing

@testable import Running

struct EchoMessageTests {
  @Test(arguments: [16, 64, 1472]) func aRequestThatComesBackIsKnownAgain(_ size: Int) {
    let message = EchoMessage(identifier: 0xabcd, probe: 70_000, attempt: 3)
    var bytes = message.bytes(size: size)
    #expect(bytes.count == size)
    // The Internet checksum of a message with its checksum is 0.
    let sum = stride(from: 0, to: size, by: 2).reduce(0) { $0 + Int(bytes[$1]) << 8 + Int(bytes[$1 + 1]) }
    #expect((sum & 0xffff + sum >> 16) == 0xffff)
    bytes[0] = 0
    let header: [UInt8] = [0x45] + [UInt8](repeating: 0, count: 19)
    #expect(EchoMessage(packet: (header + bytes)[...]) == message)
  }

  @Test func otherPacketsAreNoEchoes() {
    let request = EchoMessage(identifier: 1, probe: 2, attempt: 3).bytes(size: 64)
    let header: [UInt8] = [0x45] + [UInt8](repeating: 0, count: 19)
    #expect(EchoMessage(packet: (header + request)[...]) == nil)
    #expect(EchoMessage(packet: header[...]) == nil)
    #expect(EchoMessage(packet: []) == nil)
  }
}
