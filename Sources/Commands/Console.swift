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

  /// Writes what isn't a result.
  static func note(_ text: String) { _ = try? FileDescriptor.standardError.writeAll(text.utf8) }
}
