internal import FoundationEssentials
internal import CLinux
internal import SystemPackage

/// Values as lines of JSON on a socket.
enum JSONLine {
  /// Writes a value.
  ///
  /// - Throws: If whoever reads is gone.
  static func write(_ value: some Encodable, to socket: FileDescriptor) throws(RunningError) {
    do {
      var bytes = Array(try JSONEncoder().encode(value))
      bytes.append(UInt8(ascii: "\n"))
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes { unsafe clinux_write(socket.rawValue, $0.baseAddress, $0.count) }
        guard count > 0 else { throw RunningError(kernel: "can't write") }
        rest = rest.dropFirst(Int(count))
      }
    } catch {
      throw RunningError("the agent's socket: \(error)")
    }
  }

  /// Reads a value.
  ///
  /// - Parameters:
  ///   - type: What it is.
  ///   - socket: Where it comes from.
  ///   - limit: The most bytes that a line has.
  /// - Returns: The value; `nil` where the other side is done.
  /// - Throws: If it is something else, or too long.
  static func read<Value: Decodable>(_ type: Value.Type, from socket: FileDescriptor, limit: Int) throws(RunningError)
    -> Value?
  {
    var bytes: [UInt8] = []
    while bytes.last != UInt8(ascii: "\n") {
      let part: [UInt8]
      do {
        part = try unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
          count = try unsafe socket.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
      } catch {
        throw RunningError("the agent's socket: \("\(error)".lowercased())")
      }
      if part.isEmpty {
        if bytes.isEmpty { return nil }
        throw RunningError("the agent's socket ended in the middle of a line")
      }
      bytes += part
      guard bytes.count <= limit else {
        throw RunningError("a line on the agent's socket has more than \(limit) bytes")
      }
    }
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw RunningError("the agent's socket: not what was expected: \(error)")
    }
  }
}
