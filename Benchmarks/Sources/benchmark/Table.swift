/// A table in Markdown.
struct Table {
  private var text: String

  /// A table without rows; the first column is words, the others are figures.
  init(_ titles: String...) {
    text = Self.line(titles) + Self.line(["---"] + titles.dropFirst().map { _ in "---:" })
  }

  mutating func add(_ cells: String...) { text += Self.line(cells) }

  func print() { Swift.print(text, terminator: "") }

  private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
}

extension Double {
  /// The number with so many digits after the point.
  func rounded(digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let number = Int((self * scale).rounded())
    let (whole, fraction) = number.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
    let sign = number < 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(whole)" }
    let places = String(fraction)
    return "\(sign)\(whole)." + String(repeating: "0", count: digits - places.count) + places
  }
}
