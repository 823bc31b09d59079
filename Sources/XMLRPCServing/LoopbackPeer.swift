internal import NIOCore
internal import SystemPackage

extension XMLRPCPeer {
  /// The user of this machine who has the other end of a connection over the loopback interface (IPv4): the kernel
  /// lists who owns each socket.
  ///
  /// > proc(5), `/proc/net/tcp`.
  static func localUser(of channel: any Channel) -> Self? {
    guard let own = channel.localAddress.flatMap(entry), let other = channel.remoteAddress.flatMap(entry),
      let table = try? socketTable()
    else { return nil }
    for line in table.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: " ")
      // The other end's own address comes first in its entry.
      if fields.count > 7, fields[1] == other, fields[2] == own { return UInt32(fields[7]).map { .localUser($0) } }
    }
    return nil
  }

  /// The kernel's list of sockets. It gives a page at a time, so that a short read isn't its end.
  private static func socketTable() throws -> String {
    let file = try FileDescriptor.open(FilePath("/proc/net/tcp"), .readOnly, options: .closeOnExec)
    defer { try? file.close() }
    var bytes: [UInt8] = []
    while true {
      let chunk = try unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      if chunk.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk
    }
  }

  /// An address as the kernel writes it there: `0100007F:0BFD`, each number with the lowest byte first.
  private static func entry(_ address: SocketAddress) -> String? {
    guard case .v4 = address, let port = address.port, let text = address.ipAddress else { return nil }
    let bytes = text.split(separator: ".").compactMap { UInt8($0) }
    guard bytes.count == 4, bytes[0] == 127 else { return nil }
    return bytes.reversed().map { hexadecimal(Int($0), 2) }.joined() + ":" + hexadecimal(port, 4)
  }

  private static func hexadecimal(_ number: Int, _ digits: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
