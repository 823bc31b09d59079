internal import Glibc
internal import SystemPackage

/// Files that the user names.
enum InputFile {
  /// Reads a whole file.
  ///
  /// - Throws: Why it can't be read.
  static func bytes(of path: String) throws(CommandError) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      defer { try? file.close() }
      var bytes: [UInt8] = []
      while true {
        let chunk = try unsafe [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
          count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        if chunk.isEmpty { return bytes }
        bytes += chunk
      }
    } catch {
      throw CommandError("\(path): can't be read: \("\(error)".lowercased())")
    }
  }

  /// Reads a text file.
  ///
  /// - Throws: Why it can't be read.
  static func text(of path: String) throws(CommandError) -> String {
    guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
      throw CommandError("\(path): isn't text in UTF-8")
    }
    return text
  }
}

extension FilePath {
  /// Whether there is anything at this path.
  var isPresent: Bool {
    unsafe withPlatformString { unsafe access($0, F_OK) } == 0
  }
}

extension InputFile {
  /// What a symbolic link points to.
  ///
  /// - Throws: If it is none.
  static func target(ofLink path: FilePath) throws(CommandError) -> FilePath {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = unsafe path.withPlatformString { unsafe readlink($0, &buffer, buffer.count - 1) }
    guard count > 0 else { throw CommandError("\(path) is no link") }
    return FilePath(String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}
