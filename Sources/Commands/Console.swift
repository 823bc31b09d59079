internal import FoundationEssentials
internal import Glibc
internal import SystemPackage

/// The standard streams.
public enum Console {
  /// Takes care that there are standard streams: first of all, in every program.
  ///
  /// A program may be started without some of them. The next file that it opens would take a missing one's place, and
  /// be written to as if it were.
  public static func open() {
    for number in 0...2 where fcntl(CInt(number), F_GETFD) == -1 { _ = unsafe Glibc.open("/dev/null", O_RDWR) }
  }

  /// Writes results.
  ///
  /// - Throws: If they can't be written, as on a full disk. A reader that went away is no reason to complain.
  package static func write(_ text: String) throws(CommandError) { try write(Array(text.utf8)) }

  /// Writes results.
  ///
  /// - Throws: If they can't be written, as on a full disk. A reader that went away is no reason to complain.
  package static func write(_ bytes: [UInt8]) throws(CommandError) {
    do {
      _ = try FileDescriptor.standardOutput.writeAll(bytes)
    } catch Errno.brokenPipe {
      // As `head` does when it has seen enough.
    } catch {
      throw CommandError("can't write to standard output: \("\(error)".lowercased())")
    }
  }

  /// Writes a value as JSON.
  ///
  /// - Throws: If it has no JSON form, or can't be written.
  package static func write(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try write(Array(encoder.encode(value)) + [UInt8(ascii: "\n")])
  }

  /// Writes what isn't a result.
  package static func note(_ text: String) { _ = try? FileDescriptor.standardError.writeAll(text.utf8) }
}
