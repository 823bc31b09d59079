internal import Glibc
internal import SystemPackage

/// Small files as text.
public enum TextFile {
  /// What a file says.
  ///
  /// - Throws: What the kernel refuses.
  public static func read(_ path: String) throws(RunningError) -> String {
    String(decoding: try bytes(of: path), as: UTF8.self)
  }

  /// What is in a file.
  ///
  /// - Throws: What the kernel refuses.
  public static func bytes(of path: String) throws(RunningError) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
      return try file.closeAfter {
        var bytes: [UInt8] = []
        // Files of /proc don't know their size.
        while true {
          let part = try unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))
          }
          if part.isEmpty { return bytes }
          bytes += part
        }
      }
    } catch {
      throw RunningError("can't read \(path): \("\(error)".lowercased())")
    }
  }

  /// Writes a file anew.
  ///
  /// - Parameters:
  ///   - text: What it is to say.
  ///   - path: Where it is.
  ///   - isPrivate: Whether only its owner may read it, where it is made.
  /// - Throws: What the kernel refuses.
  public static func write(_ text: String, to path: String, isPrivate: Bool = false) throws(RunningError) {
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: isPrivate ? .ownerReadWrite : [.ownerReadWrite, .groupRead, .otherRead])
      try file.closeAfter { _ = try file.writeAll(text.utf8) }
    } catch {
      throw RunningError("can't write \(path): \("\(error)".lowercased())")
    }
  }

  /// Makes a directory and those above it.
  ///
  /// - Throws: What the kernel refuses.
  static func makeDirectories(_ path: String) throws(RunningError) {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/\(part)"
      guard unsafe mkdir(made, 0o755) != 0, errno != EEXIST else { continue }
      throw RunningError(kernel: "can't make \(made)")
    }
  }
}
