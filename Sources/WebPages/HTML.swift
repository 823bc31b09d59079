/// Text in HTML, in which whatever is put in between is quoted, unless it is HTML itself.
struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// The HTML.
  private(set) var text: String

  /// What is HTML already, such as a drawing of Graphviz.
  init(verbatim text: String) { self.text = text }

  init(stringLiteral text: String) { self.text = text }

  init(stringInterpolation interpolation: StringInterpolation) { text = interpolation.text }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }

    mutating func appendInterpolation(_ value: String) { HTML.quote(value, to: &text) }

    mutating func appendInterpolation(_ value: Int) { text += "\(value)" }

    mutating func appendInterpolation(_ value: HTML) { text += value.text }

    /// Several pieces, one after the other.
    mutating func appendInterpolation(_ values: [HTML]) { for value in values { text += value.text } }
  }

  /// Adds a text, for elements and for attributes in double quotes. Characters that HTML can't have are replaced.
  private static func quote(_ value: String, to text: inout String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      case "\t", "\n", " "..<"\u{7F}", "\u{A0}"...: text.unicodeScalars.append(scalar)
      default: text += "\u{FFFD}"
      }
    }
  }
}
