internal import Glibc
internal import Running
internal import SystemPackage
internal import Testbed

/// A block of lines of ours in a file of the machine, such as `/etc/hosts`: between two lines that say whose it is, it
/// comes and goes, and leaves the rest of the file as it was, byte by byte.
struct MarkedBlock {
  /// Where it is put in the file.
  enum Place {
    /// Before all else, as `Include` has to be in an ssh configuration.
    case beginning
    case end
  }

  private let file: FilePath
  private let place: Place
  private let begin: [UInt8]
  private let end: [UInt8]

  /// A block.
  ///
  /// - Parameters:
  ///   - file: The file that it is in.
  ///   - mark: Whose it is, in words without line ends.
  ///   - place: Where it is put.
  init(in file: FilePath, mark: String, at place: Place) {
    // What links to a file elsewhere goes on doing so.
    self.file = FileTree.realPath(of: file) ?? file
    self.place = place
    // The line end before the block at the end belongs to it: the file's last line may have none.
    begin = Array("\(place == .end ? "\n" : "")# begin of what containerize wrote: \(mark)\n".utf8)
    end = Array("# end of what containerize wrote: \(mark)\n".utf8)
  }

  /// Puts lines into the file, in place of those that are there.
  ///
  /// - Throws: If it can't be read or written.
  func write(_ lines: [String]) throws(TestbedError) {
    try change { bytes throws(TestbedError) in
      let rest = try without(bytes)
      let block = begin + lines.joined(separator: "\n").utf8 + [UInt8(ascii: "\n")] + end
      return place == .beginning ? block + rest : rest + block
    }
  }

  /// Takes the block out of the file; a file with nothing else in it goes, too.
  ///
  /// - Throws: If it can't be read or written.
  func remove() throws(TestbedError) {
    guard FileTree.exists(file) else { return }
    try change(without)
  }

  /// What a file says without the block.
  func without(_ bytes: [UInt8]) throws(TestbedError) -> [UInt8] {
    guard let first = bytes.firstRange(of: begin) else { return bytes }
    let after = bytes[first.upperBound...]
    guard let last = after.firstRange(of: end) else {
      let line = bytes[..<first.upperBound].count { $0 == UInt8(ascii: "\n") }
      throw TestbedError("\(file):\(line): what containerize wrote there has no end any more: remove it by hand")
    }
    return Array(bytes[..<first.lowerBound] + bytes[last.upperBound...])
  }

  // MARK: The file

  private func change(_ body: ([UInt8]) throws(TestbedError) -> [UInt8]) throws(TestbedError) {
    let lock: FileDescriptor
    do throws(Errno) {
      lock = try FileTree.lock(file.removingLastComponent(), isShared: false)
    } catch {
      throw TestbedError("can't change \(file): \(error.reason)")
    }
    defer { try? lock.close() }
    do throws(RunningError) {
      let old = FileTree.exists(file) ? try TextFile.bytes(of: file.string) : []
      let new: [UInt8]
      do throws(TestbedError) { new = try body(old) } catch { throw RunningError(error.description) }
      let draft = FilePath("\(file.string).containerize")
      FileTree.remove(draft)
      if new == old { return }
      if new.isEmpty { return FileTree.remove(file) }
      try replace(with: new, draft)
    } catch {
      throw TestbedError(error.description)
    }
  }

  /// Writes the file anew, all at once: its readers see the old one or the new one.
  private func replace(with bytes: [UInt8], _ draft: FilePath) throws(RunningError) {
    do {
      var status = stat()
      let isThere = unsafe stat(file.string, &status) == 0
      let descriptor = try FileDescriptor.open(
        draft, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
      try descriptor.closeAfter {
        try descriptor.writeAll(bytes)
        if isThere {
          guard fchown(descriptor.rawValue, status.st_uid, status.st_gid) == 0,
            fchmod(descriptor.rawValue, status.st_mode & 0o7777) == 0
          else { throw Errno(rawValue: errno) }
        }
        guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
      }
      guard let problem = FileTree.rename(draft, to: file) else { return }
      // A file that something is mounted on, as in many containers, can only be written in place.
      guard problem == .resourceBusy else { throw problem }
      FileTree.remove(draft)
      let mounted = try FileDescriptor.open(file, .writeOnly, options: [.truncate, .closeOnExec])
      try mounted.closeAfter { _ = try mounted.writeAll(bytes) }
    } catch {
      FileTree.remove(draft)
      throw RunningError("can't write \(file): \((error as? Errno)?.reason ?? "\(error)")")
    }
  }
}
