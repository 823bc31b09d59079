internal import FoundationEssentials
internal import SystemPackage

/// The standard streams.
enum Console {
  /// Writes results.
  static func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes results.
  static func write(_ bytes: [UInt8]) {
    // A reader that went away is no reason to complain.
    _ = try? FileDescriptor.standardOutput.writeAll(bytes)
  }

  /// Writes a value as JSON.
  ///
  /// - Throws: If it has no JSON form.
  static func write(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    write(Array(try encoder.encode(value)) + [UInt8(ascii: "\n")])
  }

  /// Writes what isn't a result.
  static func note(_ text: String) { _ = try? FileDescriptor.standardError.writeAll(text.utf8) }
}
