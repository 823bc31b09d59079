internal import Glibc
internal import SystemPackage

/// Files that a node has written, in a directory of the layer that only it writes.
///
/// Root in the node may have put anything there: links, pipes, devices. Only plain files are read, and no link is
/// followed, as it would lead out of the node.
struct WrittenFiles {
  /// The layer.
  let layer: String
  /// The directory, as the node sees it.
  let directory: String

  /// The end of a file.
  ///
  /// - Parameters:
  ///   - name: Its name in the directory.
  ///   - limit: The most bytes of it.
  /// - Returns: What there is of it; `nil` where there is no such file.
  func end(of name: String, limit: Int) -> FileEnd? {
    guard var place = try? FileDescriptor.open(FilePath(layer), .readOnly, options: [.directory, .closeOnExec]) else {
      return nil
    }
    defer { try? place.close() }
    for part in directory.split(separator: "/") {
      guard let next = Self.open(String(part), in: place, O_DIRECTORY) else { return nil }
      try? place.close()
      place = next
    }
    // A pipe that nobody writes to would be waited for.
    guard let file = Self.open(name, in: place, O_NONBLOCK) else { return nil }
    defer { try? file.close() }
    var status = stat()
    guard unsafe fstat(file.rawValue, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let begin = max(0, Int64(status.st_size) - Int64(limit))
    let bytes = try? unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = try unsafe file.read(fromAbsoluteOffset: begin, into: UnsafeMutableRawBufferPointer(buffer))
    }
    return FileEnd(text: String(decoding: bytes ?? [], as: UTF8.self), omittedBytes: Int(begin))
  }

  private static func open(_ name: String, in directory: FileDescriptor, _ flags: CInt) -> FileDescriptor? {
    let number = unsafe openat(directory.rawValue, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags)
    return number >= 0 ? FileDescriptor(rawValue: number) : nil
  }
}
