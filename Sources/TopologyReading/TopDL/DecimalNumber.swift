extension Double {
  /// Reads a decimal number such as `10`, `25.0` or `1e+16`.
  ///
  /// Hexadecimal numbers, `inf` and `nan` are refused, and so is anything around the number. A number too large for
  /// a `Double` is infinite.
  init?(decimal text: ArraySlice<UInt8>) {
    var mantissa: UInt64 = 0
    var digitCount = 0
    var fractionDigits: Int?
    var index = text.startIndex
    if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { index += 1 }
    while index < text.endIndex {
      let byte = text[index]
      if byte.isDigit {
        digitCount += 1
        if digitCount <= 15 { mantissa = mantissa * 10 + UInt64(byte - UInt8(ascii: "0")) }
        if let digits = fractionDigits { fractionDigits = digits + 1 }
      } else if byte == UInt8(ascii: "."), fractionDigits == nil {
        fractionDigits = 0
      } else {
        break
      }
      index += 1
    }
    guard digitCount > 0 else { return nil }
    if index == text.endIndex, digitCount <= 15 {
      // Both operands are exact, so that the one division rounds correctly (Clinger's fast path).
      let magnitude = Double(mantissa) / Self.powersOfTen[fractionDigits ?? 0]
      self = text.first == UInt8(ascii: "-") ? -magnitude : magnitude
      return
    }
    guard index == text.endIndex || Self.isExponent(text[index...]) else { return nil }
    self.init(String(decoding: text, as: UTF8.self))
  }

  /// Whether the text is `e`, perhaps a sign, and digits.
  private static func isExponent(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, first | 0x20 == UInt8(ascii: "e") else { return false }
    var digits = text.dropFirst()
    if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { digits.removeFirst() }
    return !digits.isEmpty && digits.allSatisfy(\.isDigit)
  }

  /// 10⁰ to 10¹⁵, all exact.
  private static let powersOfTen: [Double] = (0..<15).reduce(into: [1]) { powers, _ in
    powers.append(powers[powers.count - 1] * 10)
  }
}

extension UInt8 {
  /// Whether it is one of `0` to `9`.
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
