internal import CZlib

/// Compresses with zlib, into the same bytes each time: the header has no time and no name.
enum Gzip {
  /// Compresses bytes into a member of a gzip file; members one behind the other are a gzip file too.
  ///
  /// > RFC 1952, section 2.2.
  static func member(of bytes: [UInt8]) -> [UInt8] {
    var stream = unsafe z_stream()
    // The fastest level: tables of text shrink well enough. 16 more than the window asks for a gzip header.
    var status = unsafe deflateInit2_(
      &stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + 16, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      CInt(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib can't begin: \(status)")
    defer { unsafe deflateEnd(&stream) }
    var input = bytes
    let bound = unsafe Int(deflateBound(&stream, uLong(input.count)))
    let output = unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      status = unsafe input.withUnsafeMutableBufferPointer { source in
        unsafe stream.next_in = source.baseAddress
        unsafe stream.avail_in = uInt(source.count)
        unsafe stream.next_out = buffer.baseAddress
        unsafe stream.avail_out = uInt(bound)
        return unsafe deflate(&stream, Z_FINISH)
      }
      count = unsafe bound - Int(stream.avail_out)
    }
    // There is room for whatever the input becomes.
    precondition(status == Z_STREAM_END, "zlib stopped: \(status)")
    return output
  }
}
