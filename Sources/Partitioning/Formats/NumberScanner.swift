/// Goes through the lines of integers that graph files consist of, without making a string of any.
///
/// A line whose first character is `%` is a comment, as in METIS's and hMETIS's manuals. Lines end with a line feed,
/// with or without a carriage return.
struct NumberScanner {
  /// What a line holds next.
  enum Token: Equatable {
    case number(Int)
    case endOfLine
    /// Something that isn't an integer of at most 18 digits.
    case malformed
  }

  private let bytes: [UInt8]
  private var position = 0
  /// Where the next line begins.
  private var next = 0
  /// The current line, from 1; 0 before the first.
  private(set) var line = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Goes to the next line that isn't a comment; false where there is none.
  mutating func advance() -> Bool {
    while next < bytes.count {
      position = next
      line += 1
      while next < bytes.count, bytes[next] != UInt8(ascii: "\n") { next += 1 }
      let isComment = position < next && bytes[position] == UInt8(ascii: "%")
      next += 1
      if !isComment { return true }
    }
    position = bytes.count
    return false
  }

  /// Goes to the next line that is neither a comment nor blank; false where there is none.
  mutating func advanceToNumbers() -> Bool {
    while advance() {
      skipBlanks()
      if !isAtEnd { return true }
    }
    return false
  }

  private var isAtEnd: Bool { position >= bytes.count || bytes[position] == UInt8(ascii: "\n") }

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      default: return
      }
    }
  }

  /// The next thing on the current line.
  mutating func token() -> Token {
    skipBlanks()
    if isAtEnd { return .endOfLine }
    var isNegative = false
    if bytes[position] == UInt8(ascii: "-") {
      isNegative = true
      position += 1
    }
    let start = position
    var value = 0
    while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
      if position - start == 18 { return skipWord() }
      value = value * 10 + Int(digit)
      position += 1
    }
    if position == start { return skipWord() }
    if position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): break
      default: return skipWord()
      }
    }
    return .number(isNegative ? -value : value)
  }

  private mutating func skipWord() -> Token {
    while !isAtEnd, bytes[position] != UInt8(ascii: " "), bytes[position] != UInt8(ascii: "\t") { position += 1 }
    return .malformed
  }
}
