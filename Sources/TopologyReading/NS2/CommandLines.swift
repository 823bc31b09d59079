/// On which lines of a script the commands are that begin with a variable, such as `$ns node`.
///
/// Tcl knows the line of a running command only where its first word is a literal. The others are found by their text:
/// it is in the script once, or the next one after what ran before is meant.
struct CommandLines {
  private struct Place {
    var offset: Int
    var line: Int
  }

  private let places: [String: [Place]]
  private let lineStarts: [Int]
  /// Where the search for the next command of the outermost level begins: such commands run once, in order.
  private var next = 0

  /// Finds the commands of a script.
  ///
  /// - Complexity: O(length of the script).
  init(_ script: [UInt8]) {
    var places: [String: [Place]] = [:]
    var lineStarts = [0]
    for (offset, byte) in script.enumerated() {
      if byte == UInt8(ascii: "\n") { lineStarts.append(offset + 1) }
      if byte == UInt8(ascii: "$"), offset == 0 || Self.canPrecedeCommand(script[offset - 1]) {
        places[Self.key(script[offset...]), default: []].append(Place(offset: offset, line: lineStarts.count))
      }
    }
    self.places = places
    self.lineStarts = lineStarts
  }

  /// Notes that a command on a line runs, which Tcl knows.
  mutating func passed(line: Int) {
    guard lineStarts.indices.contains(line - 1) else { return }
    next = max(next, lineStarts[line - 1])
  }

  /// The line of a command, given its text.
  ///
  /// - Parameters:
  ///   - command: Its text.
  ///   - enclosing: The line of the command around it; `nil` at the outermost level.
  /// - Returns: The line; `nil` where the script has no such command.
  mutating func line(of command: String, enclosing: Int?) -> Int? {
    guard let candidates = places[Self.key(Array(command.utf8)[...])] else { return nil }
    if let enclosing { return (candidates.first { $0.line >= enclosing } ?? candidates.first)?.line }
    // Binary search: a generated file may have the same text on each of a million lines.
    var range = candidates.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = candidates[middle].offset < next ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    guard let place = candidates.indices.contains(range.lowerBound) ? candidates[range.lowerBound] : candidates.first
    else { return nil }
    next = place.offset + 1
    return place.line
  }

  private static func canPrecedeCommand(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "["),
      UInt8(ascii: "{"), UInt8(ascii: ";"), UInt8(ascii: "\""):
      true
    default: false
    }
  }

  /// The beginning of a command's text, up to where it may be cut differently.
  private static func key(_ text: ArraySlice<UInt8>) -> String {
    let end = [UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "]"), UInt8(ascii: ";"), UInt8(ascii: "\\")]
    let command = text.prefix(80).prefix { !end.contains($0) }
    return String(decoding: command.reversed().drop { $0 == UInt8(ascii: " ") }.reversed(), as: UTF8.self)
  }
}
