/// Text as Tcl reads it: nothing in it is ever code.
enum TclText {
  /// A word that stands for itself: bare where it can be, quoted otherwise.
  static func word(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"):
          true
        default: "-_.:/+@%,=()*".utf8.contains(byte)
        }
      }
    return isPlain ? text : quoted(text)
  }

  /// A word in quotes that stands for itself.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "\"", "$", "[", "]", "{", "}": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The value of a variable, whatever its name.
  static func reference(_ variable: String) -> String { "${\(variable)}" }
}
