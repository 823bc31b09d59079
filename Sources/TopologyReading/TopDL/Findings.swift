/// The errors found in a file while it is read.
struct Findings {
  /// Reading ends after so many errors, so that a hostile file can't fill the memory with them.
  static let limit = 1000

  /// The file, as the user named it.
  let file: String
  private(set) var errors: [Diagnostic] = []

  init(file: String) { self.file = file }

  /// Whether there are enough of them.
  var isFull: Bool { errors.count >= Self.limit }

  /// Adds an error.
  mutating func report(_ message: String, line: Int?) {
    guard errors.count < Self.limit else { return }
    errors.append(Diagnostic(file: file, line: line, message: message))
    if isFull { errors.append(Diagnostic(file: file, line: line, message: "too many errors: reading ends here")) }
  }

  /// Throws what was found, in file order, unless there is nothing.
  func check() throws(ReadError) {
    guard !errors.isEmpty else { return }
    // Some errors, such as an unknown substrate, show only at the end. Sorting is stable.
    throw ReadError(errors.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
  }
}
