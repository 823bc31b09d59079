internal import CDeflate

/// Compresses with libdeflate, into the same bytes each time: the header has no time and no name.
enum Gzip {
  /// The fastest level: tables of text shrink well enough.
  private static let level: CInt = 1

  /// Compresses bytes into a member of a gzip file; members one behind the other are a gzip file too.
  ///
  /// > RFC 1952, section 2.2.
  static func member(of bytes: [UInt8]) -> [UInt8] {
    guard let compressor = unsafe libdeflate_alloc_compressor(level) else {
      preconditionFailure("there is no memory for a compressor")
    }
    defer { unsafe libdeflate_free_compressor(compressor) }
    let bound = unsafe libdeflate_gzip_compress_bound(compressor, bytes.count)
    return unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      count = unsafe bytes.withUnsafeBytes { source in
        unsafe libdeflate_gzip_compress(compressor, source.baseAddress, source.count, buffer.baseAddress, bound)
      }
      // There is room for whatever the bytes become.
      precondition(count > 0, "libdeflate stopped")
    }
  }
}
