internal import Foundation

extension XMLElement {
  /// What a `param` holds.
  func parameter() throws(XMLRPCError) -> XMLRPCValue {
    guard tag == .param, children.count == 1 else { throw XMLRPCError("<params> has <param> elements of one <value>") }
    return try children[0].value()
  }

  /// What a `value` holds.
  func value() throws(XMLRPCError) -> XMLRPCValue {
    guard tag == .value else { throw XMLRPCError("a <value> belongs where <\(tag.rawValue)> is") }
    // Without a type it is a string.
    guard let content = children.first else { return .string(text) }
    guard children.count == 1, trimmedText.isEmpty else { throw XMLRPCError("a <value> holds one thing") }
    return try content.typedValue()
  }

  private func typedValue() throws(XMLRPCError) -> XMLRPCValue {
    switch tag {
    case .array:
      guard children.count == 1, children[0].tag == .data else { throw XMLRPCError("an <array> has one <data>") }
      return .array(try children[0].children.map { element throws(XMLRPCError) in try element.value() })
    case .structure: return .structure(try members())
    case .i4, .i8, .int, .apacheLong, .boolean, .string, .double, .base64, .dateTime, .null, .apacheNull:
      guard children.isEmpty else { throw XMLRPCError("a <\(tag.rawValue)> holds a text") }
      return try scalar()
    default: throw XMLRPCError("<\(tag.rawValue)> is no type of a <value>")
    }
  }

  private func scalar() throws(XMLRPCError) -> XMLRPCValue {
    let text = trimmedText
    let value: XMLRPCValue? =
      switch tag {
      case .i4, .i8, .int, .apacheLong: Int(text).map { .int($0) }
      case .boolean: text == "1" || text == "true" ? true : text == "0" || text == "false" ? false : nil
      case .double: Double(text).flatMap { $0.isFinite && !text.contains("x") ? .double($0) : nil }
      case .base64: Self.bytes(text).map { .base64($0) }
      case .dateTime: Self.isTime(text) ? .dateTime(text) : nil
      case .null, .apacheNull: text.isEmpty ? .null : nil
      default: .string(self.text)
      }
    guard let value else { throw XMLRPCError("\"\(text.prefix(40))\" is no \(tag.rawValue)") }
    return value
  }

  private func members() throws(XMLRPCError) -> [String: XMLRPCValue] {
    var members: [String: XMLRPCValue] = [:]
    for member in children {
      guard member.tag == .member, member.children.count == 2, member.children[0].tag == .name else {
        throw XMLRPCError("a <struct> has <member> elements of a <name> and a <value>")
      }
      let name = member.children[0].text
      guard members.updateValue(try member.children[1].value(), forKey: name) == nil else {
        throw XMLRPCError("a <struct> has two members \"\(name.prefix(40))\"")
      }
    }
    return members
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let characters = text.utf8.filter { $0 > UInt8(ascii: " ") }
    return Data(base64Encoded: Data(characters)).map { Array($0) }
  }

  /// Whether a text has the form `20260131T12:00:00`, with hyphens and a time zone where someone added them.
  private static func isTime(_ text: String) -> Bool {
    text.utf8.count <= 40 && text.contains(/^\d{4}-?\d\d-?\d\dT\d\d:\d\d:\d\d[-+.:\dZ]*$/)
  }
}
