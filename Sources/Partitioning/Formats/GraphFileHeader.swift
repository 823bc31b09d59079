/// The first line of a graph or hypergraph file: counts, and which weights follow.
struct GraphFileHeader {
  /// The counts, then the format code (written as a decimal number whose digits are flags), then what else is there.
  let fields: [Int]
  let line: Int

  /// Reads the first line that isn't a comment.
  init(_ scanner: inout NumberScanner, log: ProblemLog, expected: String) throws(GraphFileError) {
    guard scanner.advanceToNumbers() else { throw log.fatal("the file is empty; expected \(expected)", line: 1) }
    line = scanner.line
    var fields: [Int] = []
    reading: while true {
      switch scanner.token() {
      case .number(let value) where value >= 0: fields.append(value)
      case .endOfLine: break reading
      case .number, .malformed: throw log.fatal("the header has to be \(expected)", line: line)
      }
      if fields.count > 4 { break }
    }
    guard (2...4).contains(fields.count) else { throw log.fatal("the header has to be \(expected)", line: line) }
    self.fields = fields
  }

  /// A digit of the format code, from the right: whether that kind of weight is there; `nil` where the digit is
  /// neither 0 nor 1.
  func flag(_ digit: Int) -> Bool? {
    var code = fields.count > 2 ? fields[2] : 0
    for _ in 0..<digit { code /= 10 }
    return switch code % 10 {
    case 0: false
    case 1: true
    default: nil
    }
  }
}
