/// Writes JSON, directly into bytes: manifests of large experiments are hundreds of megabytes.
///
/// All that it writes is YAML too: control characters and separators that YAML readers refuse are escaped,
/// and numbers have the form that YAML 1.1 knows.
struct JSONText {
  /// What has been written.
  private(set) var bytes: [UInt8] = []
  private var needsComma = false
  /// Whether strings that a reader of YAML could take for templates get the tag `!unsafe`.
  private let marksTemplates: Bool

  /// Nothing yet.
  ///
  /// - Parameter marksTemplates: Whether strings that Ansible would otherwise fill in, in which it might run code, get
  ///   its tag `!unsafe`. What is written is then YAML only.
  init(marksTemplates: Bool = false) { self.marksTemplates = marksTemplates }

  /// Makes room, so that a text of about that size isn't moved while it grows.
  mutating func reserve(_ size: Int) { bytes.reserveCapacity(size) }

  /// An object; `fields` writes what is in it.
  mutating func object(_ fields: (inout Self) -> Void) {
    open(UInt8(ascii: "{"))
    fields(&self)
    close(UInt8(ascii: "}"))
  }

  /// An array; `element` writes each element, one value each.
  mutating func array<Element>(_ elements: some Sequence<Element>, _ element: (inout Self, Element) -> Void) {
    open(UInt8(ascii: "["))
    for each in elements { element(&self, each) }
    close(UInt8(ascii: "]"))
  }

  /// A field's name; its value is written next.
  mutating func name(_ name: String) {
    separate()
    quote(name)
    bytes.append(contentsOf: ": ".utf8)
    needsComma = false
  }

  /// A string.
  mutating func string(_ text: String) {
    separate()
    if marksTemplates, text.utf8.contains(UInt8(ascii: "{")) { bytes.append(contentsOf: "!unsafe ".utf8) }
    quote(text)
  }

  /// A whole number.
  mutating func number(_ number: Int) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
  }

  /// A number.
  mutating func number(_ number: Double) {
    if let whole = Int(exactly: number) { return self.number(whole) }
    separate()
    let text = String(number)
    // YAML 1.1 has no exponent without a point: `1e-05` would be a string.
    if !text.contains("."), let exponent = text.firstIndex(of: "e") {
      bytes.append(contentsOf: "\(text[..<exponent]).0\(text[exponent...])".utf8)
    } else {
      bytes.append(contentsOf: text.utf8)
    }
  }

  /// A truth value.
  mutating func truth(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// A field; nothing where there is no value.
  mutating func field(_ name: String, _ value: String?) {
    guard let value else { return }
    self.name(name)
    string(value)
  }

  /// A field; nothing where there is no value.
  mutating func field(_ name: String, _ value: Int?) {
    guard let value else { return }
    self.name(name)
    number(value)
  }

  /// A field; nothing where there is no value.
  mutating func field(_ name: String, _ value: Double?) {
    guard let value else { return }
    self.name(name)
    number(value)
  }

  /// A field of a truth value.
  mutating func field(_ name: String, _ value: Bool) {
    self.name(name)
    truth(value)
  }

  /// A field of strings.
  mutating func field(_ name: String, _ values: [String]) {
    self.name(name)
    array(values) { $0.string($1) }
  }

  /// Begins a new line for the next value or name, which only makes it easier to read.
  mutating func line(indentation: StaticString = "") {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
    end()
    bytes.append(contentsOf: indentation.description.utf8)
  }

  /// Any text as it is, where neither a value nor a comma is due: other languages have JSON in them.
  mutating func outside(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    needsComma = false
  }

  /// Ends a line, where no further value follows.
  mutating func end() { bytes.append(UInt8(ascii: "\n")) }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(contentsOf: ", ".utf8) }
    needsComma = true
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    if !bytes[start...].allSatisfy(Self.isPlain) {
      bytes.removeSubrange(start...)
      for scalar in text.unicodeScalars { append(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": bytes.append(contentsOf: "\\\"".utf8)
    case "\\": bytes.append(contentsOf: "\\\\".utf8)
    case "\n": bytes.append(contentsOf: "\\n".utf8)
    case "\r": bytes.append(contentsOf: "\\r".utf8)
    case "\t": bytes.append(contentsOf: "\\t".utf8)
    case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
      let digits = String(scalar.value, radix: 16)
      bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
    default: bytes.append(contentsOf: String(scalar).utf8)
    }
  }
}
