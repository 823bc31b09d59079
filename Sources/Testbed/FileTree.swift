internal import Glibc
internal import SystemPackage

/// Directories and files as a whole: made, listed and removed.
enum FileTree {
  /// Whether there is anything at a path.
  static func exists(_ path: FilePath) -> Bool {
    var status = stat()
    return unsafe path.withPlatformString { unsafe lstat($0, &status) } == 0
  }

  /// Makes a directory and those above it that aren't there.
  ///
  /// - Returns: The topmost directory that was made; `nil` if all were there.
  @discardableResult
  static func makeDirectories(_ path: FilePath) throws(TestbedError) -> FilePath? {
    if exists(path) { return nil }
    let above = path.removingLastComponent()
    let made = above.isEmpty || above == path ? nil : try makeDirectories(above)
    if unsafe path.withPlatformString({ unsafe mkdir($0, 0o777) }) != 0, errno != EEXIST {
      let reason = Errno(rawValue: errno)
      if let made { removeEmptyDirectories(from: above, upTo: made) }
      throw TestbedError("can't make the directory \(path): \(reason)")
    }
    return made ?? path
  }

  /// Removes directories that are empty, from one upwards to another.
  static func removeEmptyDirectories(from lowest: FilePath, upTo highest: FilePath) {
    var path = lowest
    while unsafe path.withPlatformString({ unsafe rmdir($0) }) == 0, path != highest {
      path = path.removingLastComponent()
    }
  }

  /// Removes a file, or a directory with all that is in it. Links aren't followed.
  static func remove(_ path: FilePath) {
    for name in entries(of: path) { remove(path.appending(name)) }
    _ = unsafe path.withPlatformString { unsafe Glibc.remove($0) }
  }

  /// The names in a directory, sorted; none if it is no directory.
  static func entries(of path: FilePath) -> [String] {
    var status = stat()
    guard unsafe path.withPlatformString({ unsafe lstat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFDIR,
      let directory = unsafe path.withPlatformString({ unsafe opendir($0) })
    else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
