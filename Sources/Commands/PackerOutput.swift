internal import FoundationEssentials
internal import Glibc
internal import SystemPackage

/// What `packer` writes beside text.
enum PackerOutput {
  /// Writes a value as one line of JSON to standard output.
  static func write(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    Console.write([UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")])
  }

  /// Writes a file beside its place and renames it there, so that nobody sees half of it.
  static func write(_ bytes: [UInt8], to file: String) throws(CommandError) {
    let aside = "\(file).\(getpid()).part"
    do {
      let descriptor = try FileDescriptor.open(
        FilePath(aside), .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
      if unsafe rename(aside, file) != 0 { throw Errno(rawValue: errno) }
    } catch {
      _ = unsafe unlink(aside)
      throw CommandError("\(file): can't be written: \("\(error)".lowercased())")
    }
  }
}
