internal import Glibc
internal import Synchronization
public import SystemPackage

/// A directory that is made aside and appears under its name all at once, or not at all.
///
/// It is made in the nearest directory that exists above its place, inside one whose name begins with a dot and which
/// holds a lock; one rename moves it from there. What a killed process left has no lock any more, and is removed when
/// the next directory is staged.
public final class StagedDirectory: Sendable {
  private struct State {
    /// Where the directory is made; `nil` when it isn't any more.
    var workshop: Workshop?
    /// How many files are being written there.
    var users = 0
  }

  private let target: FilePath
  private let state: Mutex<State>

  /// Begins a directory.
  ///
  /// - Parameters:
  ///   - target: Where it will appear.
  ///   - root: Where the tree begins that it is part of: what killed processes left there is looked for from `target`
  ///     up to the directory that `root` is in. `nil` where it isn't part of one.
  /// - Throws: If something is there, or nothing can be written there.
  public init(for target: FilePath, root: FilePath? = nil) throws(TestbedError) {
    try Self.requireFree(target)
    self.target = target.lexicallyNormalized()
    let root = root?.lexicallyNormalized()
    var place = self.target.directory
    while true {
      if FileTree.exists(place) { Workshop.removeAbandoned(in: place) }
      guard let root, place.starts(with: root) else { break }
      place = place.directory
    }
    state = Mutex(State(workshop: try Workshop(above: self.target)))
  }

  deinit { discard() }

  /// Makes sure that a directory can be made at a path: nothing but an empty directory is there, and the directory
  /// above can be written.
  ///
  /// - Throws: What hinders it.
  public static func requireFree(_ target: FilePath) throws(TestbedError) {
    let path = target.lexicallyNormalized()
    guard path.lastComponent?.kind == .regular else {
      throw TestbedError("\(target) can't be made: name a directory that isn't there yet")
    }
    // An empty directory is as good as none: the rename replaces it.
    guard !FileTree.exists(path) || FileTree.isEmptyDirectory(path) else {
      throw TestbedError("\(target) exists already")
    }
    let place = path.nearestDirectory
    if let problem = FileTree.writingProblem(in: place) {
      throw TestbedError("can't write in \(place): \(problem.reason)")
    }
  }

  /// Writes a file, and the directories it is in. Several threads may write at once.
  ///
  /// - Throws: If it can't be written, as on a full disk.
  public func write(_ bytes: [UInt8], to name: String) throws(TestbedError) {
    try work(on: name) { file in
      let descriptor: FileDescriptor
      do {
        descriptor = try Self.create(file)
      } catch Errno.noSuchFileOrDirectory {
        // Most files are in directories that have others already: asking for each of them first would cost more.
        try FileTree.makeDirectories(file.directory)
        descriptor = try Self.create(file)
      }
      try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    }
  }

  private static func create(_ file: FilePath) throws -> FileDescriptor {
    try FileDescriptor.open(
      file, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
      permissions: FilePermissions(rawValue: 0o666))
  }

  /// Writes at the end of a file, which is made if it isn't there.
  ///
  /// - Throws: If it can't be written, as on a full disk.
  public func append(_ bytes: [UInt8], to name: String) throws(TestbedError) {
    try work(on: name) { file in
      let descriptor = try FileDescriptor.open(
        file, .writeOnly, options: [.create, .append, .closeOnExec], permissions: FilePermissions(rawValue: 0o666))
      try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    }
  }

  /// Does something with a file; `discard()` waits until it is done, and nothing begins after that.
  private func work(on name: String, _ body: (FilePath) throws -> Void) throws(TestbedError) {
    let workshop = state.withLock { state in
      if state.workshop != nil { state.users += 1 }
      return state.workshop
    }
    guard let workshop else { throw TestbedError("\(target) was given up") }
    defer { state.withLock { $0.users -= 1 } }
    do {
      try body(workshop.contents.pushing(FilePath(name)))
    } catch {
      throw TestbedError("can't write \(name) in \(target): \((error as? Errno)?.reason ?? "\(error)")")
    }
  }

  /// Makes the directory appear under its name.
  ///
  /// - Throws: If something appeared there meanwhile, or the directories above can't be made.
  public func commit() throws(TestbedError) {
    try state.withLock { (state: inout State) throws(TestbedError) in
      guard let workshop = state.workshop else { throw TestbedError("\(target) was given up") }
      do throws(Errno) {
        try Self.move(workshop.contents, to: target)
      } catch {
        // A directory replaces an empty one and nothing else.
        let isTaken = [.directoryNotEmpty, .fileExists, .notDirectory].contains(error)
        throw TestbedError(isTaken ? "\(target) exists already" : "can't make \(target): \(error.reason)")
      }
      workshop.close()
      state.workshop = nil
    }
  }

  private static func move(_ contents: FilePath, to target: FilePath) throws(Errno) {
    // Others may take away directories above at any time, as they made them and give up: a few times, not for ever.
    for attempt in 1...100 {
      let made = try FileTree.makeDirectories(target.directory)
      guard let problem = FileTree.rename(contents, to: target) else { return }
      if let made { FileTree.removeEmptyDirectories(from: target.directory, upTo: made) }
      if problem != .noSuchFileOrDirectory || attempt == 100 { throw problem }
    }
  }

  /// Removes all that was written. Nothing happens after ``commit()``.
  public func discard() {
    let workshop = state.withLock { state in
      defer { state.workshop = nil }
      return state.workshop
    }
    guard let workshop else { return }
    while state.withLock({ $0.users > 0 }) { usleep(1000) }
    workshop.close()
  }
}

/// A directory of its own, under a name that begins with a dot, which one process works in and has locked.
private struct Workshop: Sendable {
  /// The directory that is made, without its name.
  let contents: FilePath
  private let path: FilePath
  private let lock: FileDescriptor

  private static let prefix = ".staged-"

  /// Makes one in the nearest directory that exists above a path.
  init(above target: FilePath) throws(TestbedError) {
    let place = target.nearestDirectory
    do throws(Errno) {
      // Who cleans up holds the place's lock alone, so that it never meets a workshop that isn't locked yet.
      let placeLock = try FileTree.lock(place, isShared: true)
      defer { try? placeLock.close() }
      let number = String(UInt64.random(in: .min ... .max), radix: 36)
      path = place.appending("\(Self.prefix)\(number)")
      contents = path.appending("contents")
      try FileTree.makeDirectory(path, permissions: 0o700)
      do throws(Errno) {
        lock = try FileTree.lock(path, isShared: false)
        try FileTree.makeDirectory(contents, permissions: 0o777)
      } catch {
        FileTree.remove(path)
        throw error
      }
    } catch {
      throw TestbedError("can't write in \(place): \(error.reason)")
    }
  }

  /// Removes it with what is still in it.
  func close() {
    FileTree.remove(path)
    try? lock.close()
  }

  /// Removes those whose process is gone.
  static func removeAbandoned(in place: FilePath) {
    let names = FileTree.entries(of: place).filter { $0.hasPrefix(prefix) }
    guard !names.isEmpty, let placeLock = try? FileTree.lock(place, isShared: false) else { return }
    defer { try? placeLock.close() }
    for name in names {
      let path = place.appending(name)
      guard let lock = FileTree.lockIfFree(path) else { continue }
      FileTree.remove(path)
      try? lock.close()
    }
  }
}

extension FilePath {
  /// The directory that this path is in.
  fileprivate var directory: FilePath {
    let above = removingLastComponent()
    return above.isEmpty ? "." : above
  }

  /// The nearest directory above this path that exists.
  fileprivate var nearestDirectory: FilePath {
    var place = directory
    while !FileTree.exists(place), place != place.directory { place = place.directory }
    return place
  }
}
