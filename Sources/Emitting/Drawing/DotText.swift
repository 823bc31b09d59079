/// Text as Graphviz reads it.
///
/// > E. R. Gansner, E. Koutsofios, S. C. North. "Drawing graphs with dot", and Graphviz's pages "The DOT language" and
/// > "escString".
enum DotText {
  /// A string in quotes that Graphviz shows as it is, whether as an identifier or as a label.
  ///
  /// Labels have escapes of their own (`\N` is the name of the node) and HTML's entities (`&lt;`): neither is left in.
  /// Control characters, which XML and so SVG can't have, are shown as the pictures that Unicode has of them.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "&": result += "&amp;"
      case "\n": result += "\\n"
      case "\u{0}"..<" ": result.unicodeScalars.append(picture(of: scalar))
      case "\u{7F}": result += "\u{2421}"
      case "\u{80}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func picture(of control: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(0x2400 + control.value) ?? "\u{FFFD}"
  }

  /// Attributes in brackets, in the given order.
  static func attributes(_ pairs: [(name: String, value: String)]) -> String {
    "[" + pairs.map { "\($0.name)=\(quoted($0.value))" }.joined(separator: ", ") + "]"
  }
}
