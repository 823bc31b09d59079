internal import Glibc
internal import Synchronization
public import SystemPackage

/// A directory that is made aside and appears under its name all at once, or not at all.
///
/// It is made beside its place, so that one rename moves it there, under a name that begins with a dot and holds a
/// lock. What a killed process left there has no lock any more, and is removed when the next directory is staged.
public final class StagedDirectory: Sendable {
  private enum State {
    case open(FileDescriptor, madeAbove: FilePath?)
    case closed
  }

  private let target: FilePath
  private let path: FilePath
  private let state: Mutex<State>

  private static let prefix = ".staged-"

  /// Begins a directory.
  ///
  /// - Parameter target: Where it will appear.
  /// - Throws: If something is there, or nothing can be written there.
  public init(for target: FilePath) throws(TestbedError) {
    let target = target.lexicallyNormalized()
    guard let name = target.lastComponent else { throw TestbedError("\(target) can't be made a directory") }
    // An empty directory is as good as none: the rename replaces it.
    guard !FileTree.exists(target) || Self.isEmptyDirectory(target) else {
      throw TestbedError("\(target) exists already")
    }
    self.target = target
    let above = target.removingLastComponent()
    let place: FilePath = above.isEmpty ? "." : above
    let made = try FileTree.makeDirectories(place)
    Self.removeAbandoned(in: place)
    path = place.appending("\(Self.prefix)\(name.string)-\(getpid())")
    if unsafe path.withPlatformString({ unsafe mkdir($0, 0o777) }) != 0 {
      let reason = Errno(rawValue: errno)
      if let made { FileTree.removeEmptyDirectories(from: place, upTo: made) }
      throw TestbedError("can't write in \(place): \(reason)")
    }
    do {
      let lock = try FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec])
      _ = flock(lock.rawValue, LOCK_EX | LOCK_NB)
      state = Mutex(.open(lock, madeAbove: made))
    } catch {
      FileTree.remove(path)
      throw TestbedError("can't write in \(place): \(error)")
    }
  }

  deinit { discard() }

  /// Writes a file, and the directories it is in.
  ///
  /// - Throws: If it can't be written, as on a full disk.
  public func write(_ bytes: [UInt8], to name: String) throws(TestbedError) {
    let file = path.pushing(FilePath(name))
    try FileTree.makeDirectories(file.removingLastComponent())
    do {
      let descriptor = try FileDescriptor.open(
        file, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: FilePermissions(rawValue: 0o666))
      try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    } catch {
      throw TestbedError("can't write \(name) in \(target): \(error)")
    }
  }

  /// Writes at the end of a file, which is made if it isn't there.
  ///
  /// - Throws: If it can't be written, as on a full disk.
  public func append(_ bytes: [UInt8], to name: String) throws(TestbedError) {
    do {
      let descriptor = try FileDescriptor.open(
        path.pushing(FilePath(name)), .writeOnly, options: [.create, .append, .closeOnExec],
        permissions: FilePermissions(rawValue: 0o666))
      try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    } catch {
      throw TestbedError("can't write \(name) in \(target): \(error)")
    }
  }

  /// Reads a file that was written.
  ///
  /// - Returns: Its bytes.
  /// - Throws: If it can't be read.
  public func read(_ name: String) throws(TestbedError) -> [UInt8] {
    do {
      let descriptor = try FileDescriptor.open(path.pushing(FilePath(name)), .readOnly, options: [.closeOnExec])
      return try descriptor.closeAfter {
        let size = Int(try descriptor.seek(offset: 0, from: .end))
        return try unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
          while count < size {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
            let read = unsafe try descriptor.read(fromAbsoluteOffset: Int64(count), into: rest)
            if read == 0 { break }
            count += read
          }
        }
      }
    } catch {
      throw TestbedError("can't read \(name) in \(target): \(error)")
    }
  }

  /// Makes the directory appear under its name.
  ///
  /// - Throws: If something appeared there meanwhile.
  public func commit() throws(TestbedError) {
    try state.withLock { (state: inout State) throws(TestbedError) in
      guard case .open(let lock, _) = state else { throw TestbedError("\(target) was given up") }
      // A directory replaces an empty one and nothing else.
      let result = unsafe path.withPlatformString { old in
        unsafe target.withPlatformString { new in unsafe Glibc.rename(old, new) }
      }
      guard result == 0 else {
        let reason = Errno(rawValue: errno)
        throw TestbedError(
          errno == ENOTEMPTY || errno == EEXIST ? "\(target) exists already" : "can't make \(target): \(reason)")
      }
      try? lock.close()
      state = .closed
    }
  }

  /// Removes all that was written, and every directory that was made for it. Nothing happens after ``commit()``.
  public func discard() {
    state.withLock { state in
      guard case .open(let lock, let madeAbove) = state else { return }
      FileTree.remove(path)
      try? lock.close()
      if let madeAbove { FileTree.removeEmptyDirectories(from: path.removingLastComponent(), upTo: madeAbove) }
      state = .closed
    }
  }

  private static func isEmptyDirectory(_ path: FilePath) -> Bool {
    guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: [.directory, .noFollow]) else {
      return false
    }
    try? descriptor.close()
    return FileTree.entries(of: path).isEmpty
  }

  /// Removes staged directories whose process is gone.
  private static func removeAbandoned(in place: FilePath) {
    for name in FileTree.entries(of: place) where name.hasPrefix(prefix) {
      // A process that has just made its directory may not have locked it yet.
      if let owner = name.split(separator: "-").last.flatMap({ pid_t($0) }), kill(owner, 0) == 0 { continue }
      let path = place.appending(name)
      guard let lock = try? FileDescriptor.open(path, .readOnly, options: [.directory, .noFollow, .closeOnExec]) else {
        continue
      }
      if flock(lock.rawValue, LOCK_EX | LOCK_NB) == 0 { FileTree.remove(path) }
      try? lock.close()
    }
  }
}
