internal import Glibc
internal import SystemPackage

/// Files without names, which are gone when they are closed.
enum OpenFile {
  /// A new one.
  ///
  /// - Throws: What the kernel refuses.
  static func withoutName() throws(WebError) -> FileDescriptor {
    let number = unsafe memfd_create("errors", CUnsignedInt(MFD_CLOEXEC))
    guard number >= 0 else { throw WebError("no file can be made: \("\(Errno(rawValue: errno))".lowercased())") }
    return FileDescriptor(rawValue: number)
  }

  /// What is in one, from its beginning.
  static func text(of file: FileDescriptor, limit: Int) -> String {
    let bytes = try? unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = try unsafe file.read(fromAbsoluteOffset: 0, into: UnsafeMutableRawBufferPointer(buffer))
    }
    return String(decoding: bytes ?? [], as: UTF8.self)
  }
}
