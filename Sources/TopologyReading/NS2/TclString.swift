extension String {
  /// Text as Tcl 8.6 keeps it: UTF-8 in which a character beyond U+FFFF is a pair of surrogates, three bytes each, and
  /// the zero character is two bytes.
  ///
  /// > Tcl 8.6 manual: `Tcl_UniChar`, `Utf`.
  init(tcl text: UnsafePointer<CChar>) {
    if let valid = unsafe String(validatingCString: text) {
      self = valid
      return
    }
    // Surrogates are no characters of UTF-8, but they are of UTF-16.
    var units: [UInt16] = []
    var next = unsafe text
    while unsafe next.pointee != 0 {
      let byte = UInt8(bitPattern: unsafe next.pointee)
      unsafe next += 1
      guard byte >= 0x80 else {
        units.append(UInt16(byte))
        continue
      }
      var value = UInt32(byte) & (byte >= 0xF0 ? 0x07 : byte >= 0xE0 ? 0x0F : 0x1F)
      while unsafe UInt8(bitPattern: next.pointee) & 0xC0 == 0x80 {
        value = value << 6 | UInt32(UInt8(bitPattern: unsafe next.pointee) & 0x3F)
        unsafe next += 1
      }
      units += Unicode.Scalar(value).map { Array(UTF16.encode($0) ?? .init()) } ?? [UInt16(truncatingIfNeeded: value)]
    }
    self = String(decoding: units, as: UTF16.self)
  }
}
