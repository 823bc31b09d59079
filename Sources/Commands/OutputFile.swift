internal import Glibc
internal import SystemPackage

/// Files that a user asks for: they appear whole or not at all.
enum OutputFile {
  /// Writes a file beside its place and renames it there, so that nobody sees half of it.
  ///
  /// - Throws: Why it can't be written.
  static func write(_ bytes: [UInt8], to path: String) throws(CommandError) {
    let aside = "\(path).\(getpid()).part"
    do {
      let file = try FileDescriptor.open(
        FilePath(aside), .writeOnly, options: [.create, .truncate], permissions: FilePermissions(rawValue: 0o666))
      try file.closeAfter { _ = try file.writeAll(bytes) }
      guard unsafe rename(aside, path) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      _ = unsafe unlink(aside)
      throw CommandError("\(path): can't be written: \("\(error)".lowercased())")
    }
  }
}
