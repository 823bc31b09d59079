internal import Glibc
internal import SystemPackage

/// Files that commands write for the user.
enum OutputFile {
  /// Writes a file aside and renames it, so that nobody ever sees half of it.
  ///
  /// What is there and isn't a file, such as `/dev/stdout`, is written to.
  ///
  /// - Throws: Why it can't be written.
  static func write(_ bytes: [UInt8], to path: String) throws(CommandError) {
    let target = FilePath(path)
    do {
      guard let name = target.lastComponent, !target.isSpecial else {
        let file = try FileDescriptor.open(target, .writeOnly, options: [.closeOnExec])
        return try file.closeAfter { _ = try file.writeAll(bytes) }
      }
      let aside = target.removingLastComponent().appending(".\(name.string).\(getpid())")
      do {
        let file = try FileDescriptor.open(
          aside, .writeOnly, options: [.create, .truncate, .closeOnExec],
          permissions: FilePermissions(rawValue: 0o666))
        try file.closeAfter { _ = try file.writeAll(bytes) }
        try aside.rename(to: target)
      } catch {
        _ = unsafe aside.withPlatformString { unsafe unlink($0) }
        throw error
      }
    } catch {
      throw CommandError("\(path): can't be written: \("\(error)".lowercased())")
    }
  }
}

extension FilePath {
  /// Whether there is something here that isn't a regular file.
  fileprivate var isSpecial: Bool {
    guard let status = try? stat() else { return false }
    return status.type != .regular
  }

  fileprivate func rename(to target: FilePath) throws(Errno) {
    let result = unsafe withPlatformString { old in
      unsafe target.withPlatformString { new in unsafe Glibc.rename(old, new) }
    }
    if result != 0 { throw Errno(rawValue: errno) }
  }
}
