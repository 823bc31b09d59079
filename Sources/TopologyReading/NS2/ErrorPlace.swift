/// Where in a file a Tcl error happened, from Tcl's trace of it.
///
/// The trace goes outwards: `("for" body line 3)`, `(procedure "p" line 2)`, `(file "x.tcl" line 9)`. A body's first
/// line is the line of its command, so the lines of nested bodies add up; those of a procedure count from where it
/// was defined, which the trace doesn't say.
struct ErrorPlace {
  /// The line in the file; `nil` where the trace names none.
  var line: Int?
  /// The innermost procedure that was called from that line, and the line in it.
  var procedure: String?

  init(trace: String) {
    for entry in trace.split(separator: "\n").reversed() {
      let text = entry.drop { $0 == " " }
      guard text.hasPrefix("("), text.hasSuffix(")"), let range = text.ranges(of: " line ").last,
        let number = Int(text[range.upperBound...].dropLast())
      else { continue }
      if text.hasPrefix("(file ") {
        line = number
        procedure = nil
      } else if text.hasPrefix("(procedure \"::unknown\"") || text.hasPrefix("(procedure \"unknown\"") {
        continue
      } else if text.hasPrefix("(procedure ") {
        procedure = "\(text[..<range.lowerBound].dropFirst("(procedure ".count)), line \(number)"
      } else if procedure == nil, let outer = line {
        line = outer + number - 1
      }
    }
  }
}
