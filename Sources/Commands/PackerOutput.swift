internal import FoundationEssentials
internal import Glibc
internal import SystemPackage

/// Where `packer` writes to: standard output, standard error, and files that appear whole or not at all.
enum PackerOutput {
  /// Writes bytes to standard output.
  static func write(_ bytes: [UInt8]) throws {
    do { _ = try FileDescriptor.standardOutput.writeAll(bytes) } catch let error as Errno {
      throw PackerInputError("standard output: \(error)")
    }
  }

  /// Writes a value as one line of JSON to standard output.
  static func write(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try write([UInt8](encoder.encode(value)) + [UInt8(ascii: "\n")])
  }

  /// Writes a file beside its place and renames it there, so that nobody sees half of it.
  static func write(_ bytes: [UInt8], to file: String) throws {
    let aside = "\(file).\(getpid()).part"
    do {
      let descriptor = try FileDescriptor.open(
        FilePath(aside), .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
      try rename(aside, to: file)
    } catch let error as Errno {
      _ = unsafe unlink(aside)
      throw PackerInputError("\(file): \(error)")
    }
  }

  private static func rename(_ old: String, to new: String) throws(Errno) {
    if unsafe Glibc.rename(old, new) != 0 { throw Errno(rawValue: Glibc.errno) }
  }

  /// Tells the user something on standard error; what can't be told is lost.
  static func note(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(Array(text.utf8))
  }
}
