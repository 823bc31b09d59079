internal import Foundation

/// Writes XML-RPC documents; members of structs in the order of their names, so that the same value has the same bytes.
struct XMLRPCOutput {
  private var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  /// The document.
  var document: [UInt8] { Array(text.utf8) + [UInt8(ascii: "\n")] }

  /// An element with others.
  mutating func element(_ tag: String, _ content: (inout Self) -> Void) {
    text += "<\(tag)>"
    content(&self)
    text += "</\(tag)>"
  }

  /// An element with a text.
  mutating func element(_ tag: String, text content: String) { element(tag) { $0.append(content) } }

  /// A value.
  mutating func value(_ value: XMLRPCValue) {
    element("value") { output in
      switch value {
      case .int(let number): output.element(Int32(exactly: number) == nil ? "i8" : "int", text: "\(number)")
      case .boolean(let isTrue): output.element("boolean", text: isTrue ? "1" : "0")
      case .double(let number):
        precondition(number.isFinite, "XML-RPC has no \(number)")
        output.element("double", text: "\(number)")
      case .string(let text): output.element("string", text: text)
      case .base64(let bytes): output.element("base64", text: Data(bytes).base64EncodedString())
      case .dateTime(let text): output.element("dateTime.iso8601", text: text)
      case .array(let values):
        output.element("array") { $0.element("data") { for value in values { $0.value(value) } } }
      case .structure(let members): output.members(members)
      case .null: output.text += "<nil/>"
      }
    }
  }

  private mutating func members(_ members: [String: XMLRPCValue]) {
    element("struct") { output in
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        output.element("member") { output in
          output.element("name", text: name)
          output.value(value)
        }
      }
    }
  }

  /// A text, without the characters that XML can't hold.
  private mutating func append(_ content: String) {
    for scalar in content.unicodeScalars {
      switch scalar {
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "&": text += "&amp;"
      // A reader makes a line feed of it otherwise.
      case "\r": text += "&#13;"
      case "\t", "\n": text.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
