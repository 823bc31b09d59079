package import Glibc
package import SystemPackage

/// Directories and files as a whole: made, locked, listed, moved and removed.
package enum FileTree {
  /// Whether there is anything at a path. Links aren't followed.
  package static func exists(_ path: FilePath) -> Bool { type(of: path) != nil }

  /// The path without links of something that is there.
  package static func realPath(of path: FilePath) -> FilePath? {
    guard let found = unsafe path.withPlatformString({ unsafe realpath($0, nil) }) else { return nil }
    defer { unsafe free(found) }
    return unsafe FilePath(platformString: found)
  }

  /// Whether there is a directory at a path that can be seen to be empty.
  package static func isEmptyDirectory(_ path: FilePath) -> Bool {
    guard type(of: path) == S_IFDIR, let directory = try? open(path) else { return false }
    try? directory.close()
    return entries(of: path).isEmpty
  }

  /// Makes a directory.
  package static func makeDirectory(_ path: FilePath, permissions: mode_t) throws(Errno) {
    if unsafe path.withPlatformString({ unsafe mkdir($0, permissions) }) != 0 { throw Errno(rawValue: errno) }
  }

  /// Makes a directory and those above it that aren't there.
  ///
  /// - Returns: The topmost directory that was made; `nil` if all were there.
  @discardableResult
  package static func makeDirectories(_ path: FilePath) throws(Errno) -> FilePath? {
    if exists(path) { return nil }
    let above = path.removingLastComponent()
    let made = above.isEmpty ? nil : try makeDirectories(above)
    do throws(Errno) {
      try makeDirectory(path, permissions: 0o777)
      return made ?? path
    } catch .fileExists {
      // Someone else was faster.
      return made
    } catch {
      if let made { removeEmptyDirectories(from: above, upTo: made) }
      throw error
    }
  }

  /// Locks a directory until the descriptor is closed or the process ends.
  package static func lock(_ path: FilePath, isShared: Bool) throws(Errno) -> FileDescriptor {
    let directory = try open(path)
    guard flock(directory.rawValue, isShared ? LOCK_SH : LOCK_EX) == 0 else {
      let problem = Errno(rawValue: errno)
      try? directory.close()
      throw problem
    }
    return directory
  }

  /// Locks a directory if nobody else has; `nil` otherwise.
  package static func lockIfFree(_ path: FilePath) -> FileDescriptor? {
    guard type(of: path) == S_IFDIR, let directory = try? open(path) else { return nil }
    if flock(directory.rawValue, LOCK_EX | LOCK_NB) == 0 { return directory }
    try? directory.close()
    return nil
  }

  /// Moves a file or directory.
  ///
  /// - Returns: What hinders it; `nil` for nothing.
  package static func rename(_ old: FilePath, to new: FilePath) -> Errno? {
    let status = unsafe old.withPlatformString { old in
      unsafe new.withPlatformString { new in unsafe Glibc.rename(old, new) }
    }
    return status == 0 ? nil : Errno(rawValue: errno)
  }

  /// Removes directories that are empty, from one upwards to another.
  package static func removeEmptyDirectories(from lowest: FilePath, upTo highest: FilePath) {
    var path = lowest
    while unsafe path.withPlatformString({ unsafe rmdir($0) }) == 0, path != highest {
      path = path.removingLastComponent()
    }
  }

  /// Removes a file, or a directory with all that is in it. Links aren't followed.
  package static func remove(_ path: FilePath) {
    for name in entries(of: path) { remove(path.appending(name)) }
    _ = unsafe path.withPlatformString { unsafe Glibc.remove($0) }
  }

  /// The names in a directory, sorted; none if it is no directory.
  package static func entries(of path: FilePath) -> [String] {
    guard type(of: path) == S_IFDIR, let directory = unsafe path.withPlatformString({ unsafe opendir($0) }) else {
      return []
    }
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

  /// Why this process can't make files in a directory; `nil` if it can.
  package static func writingProblem(in path: FilePath) -> Errno? {
    guard type(of: path) == S_IFDIR || type(of: path) == S_IFLNK else { return .notDirectory }
    return unsafe path.withPlatformString { unsafe access($0, W_OK | X_OK) } == 0 ? nil : Errno(rawValue: errno)
  }

  /// What is at a path, as `S_IFDIR` and its kin; `nil` for nothing.
  private static func type(of path: FilePath) -> mode_t? {
    var status = stat()
    guard unsafe path.withPlatformString({ unsafe lstat($0, &status) }) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }

  private static func open(_ directory: FilePath) throws(Errno) -> FileDescriptor {
    let number = unsafe directory.withPlatformString { unsafe Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard number >= 0 else { throw Errno(rawValue: errno) }
    return FileDescriptor(rawValue: number)
  }
}

extension Errno {
  /// What hinders, in the middle of a sentence.
  package var reason: String { description.lowercased() }
}
