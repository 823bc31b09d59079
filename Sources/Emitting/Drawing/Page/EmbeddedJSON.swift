/// JSON that may stand in an element of an HTML page: no character of it begins a tag or a reference.
struct EmbeddedJSON {
  /// What has been written, in UTF-8.
  private(set) var bytes: [UInt8] = []

  /// Writes what is JSON already.
  mutating func raw(_ text: StaticString) {
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Writes an integer.
  mutating func integer(_ number: Int) { bytes += Array("\(number)".utf8) }

  /// Writes a number, or `null` where there is none.
  mutating func number(_ number: Double?) {
    guard let number, number.isFinite else { return raw("null") }
    if let integer = Int(exactly: number) { return self.integer(integer) }
    bytes += Array("\(number)".utf8)
  }

  /// Writes a string.
  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes an array of what is written for each element.
  mutating func array<Elements: Sequence>(
    _ elements: Elements, _ write: (inout EmbeddedJSON, Elements.Element) -> Void
  ) {
    raw("[")
    var isFirst = true
    for element in elements {
      if !isFirst { raw(",") }
      isFirst = false
      write(&self, element)
    }
    raw("]")
  }
}
