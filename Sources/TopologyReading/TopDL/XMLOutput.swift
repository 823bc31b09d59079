/// XML while it is written: tags, texts and line ends, as UTF-8.
struct XMLOutput {
  private(set) var bytes: [UInt8] = []
  /// The first thing that XML or TopDL can't hold.
  private(set) var fault: String?

  private let breaksLines: Bool

  init(breaksLines: Bool, capacity: Int) {
    self.breaksLines = breaksLines
    bytes.reserveCapacity(capacity)
  }

  /// Begins a line, where lines are wanted, `depth` levels deep.
  mutating func beginLine(_ depth: Int) {
    guard breaksLines else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth { bytes.append(contentsOf: [UInt8(ascii: " "), UInt8(ascii: " ")]) }
  }

  /// Ends the document.
  mutating func endDocument() { bytes.append(UInt8(ascii: "\n")) }

  /// Any markup, as it is.
  mutating func markup(_ text: StaticString) {
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// A number within markup.
  mutating func append(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

  mutating func start(_ element: TopDLElement) { bytes.append(contentsOf: Self.startTags[Int(element.rawValue)]) }

  mutating func end(_ element: TopDLElement) { bytes.append(contentsOf: Self.endTags[Int(element.rawValue)]) }

  /// An element that holds text.
  mutating func element(_ element: TopDLElement, _ text: String) {
    start(element)
    self.text(text, in: element)
    end(element)
  }

  /// The text of an element.
  mutating func text(_ text: String, in element: TopDLElement) {
    var text = text
    // Small strings have no storage of their own; this gives them some.
    text.withUTF8 { unsafe append($0, in: element) }
  }

  /// An element that holds a text that may be missing.
  mutating func element(_ element: TopDLElement, _ text: String?) {
    if let text { self.element(element, text) }
  }

  /// The name of a substrate, a computer or a region.
  mutating func name(_ name: String, in element: TopDLElement = .name) {
    if !TopDLName.isValid(name.utf8) {
      report("the \(element.tag) \(name.debugDescription) has characters other than A-Z, a-z, 0-9, _ and -")
    }
    self.element(element, name)
  }

  /// An element that holds a quantity, in the shortest form that reads as the same number.
  mutating func element(_ element: TopDLElement, _ quantity: Double) {
    if !quantity.isFinite || quantity < 0 { report("the \(element.tag) \(quantity) isn't a number of 0 or more") }
    // Adding 0 turns -0 into 0.
    self.element(element, (quantity + 0).description)
  }

  private mutating func report(_ fault: String) { self.fault = self.fault ?? fault }

  private static let startTags = TopDLElement.allCases.map { Array("<\($0.tag)>".utf8) }
  private static let endTags = TopDLElement.allCases.map { Array("</\($0.tag)>".utf8) }
}

// MARK: Text

extension XMLOutput {
  /// Appends a text so that reading gives exactly the same.
  ///
  /// White space that would be trimmed, changed (a carriage return) or break a line is written as character
  /// references. Control characters, U+FFFE and U+FFFF can't be in XML 1.0 in any form.
  private mutating func append(_ text: UnsafeBufferPointer<UInt8>, in element: TopDLElement) {
    var done = 0
    for index in text.indices {
      let byte = unsafe text[index]
      guard byte < 0x40 || byte == 0xEF else { continue }
      let replacement: StaticString
      switch byte {
      case UInt8(ascii: "&"): replacement = "&amp;"
      case UInt8(ascii: "<"): replacement = "&lt;"
      case UInt8(ascii: ">"): replacement = "&gt;"
      case UInt8(ascii: "\n"): replacement = "&#10;"
      case UInt8(ascii: "\r"): replacement = "&#13;"
      case UInt8(ascii: "\t"): replacement = "&#9;"
      case UInt8(ascii: " ") where index == 0 || index == text.count - 1: replacement = "&#32;"
      case 0..<0x20:
        unsafe report("the \(element.tag) \(Self.quoted(text)) has control character \(byte), which XML can't hold")
        continue
      case 0xEF where unsafe index + 2 < text.count && text[index + 1] == 0xBF && text[index + 2] >= 0xBE:
        unsafe report("the \(element.tag) \(Self.quoted(text)) has U+FFFE or U+FFFF, which XML can't hold")
        continue
      default: continue
      }
      unsafe bytes.append(contentsOf: text[done..<index])
      markup(replacement)
      done = index + 1
    }
    unsafe bytes.append(contentsOf: text[done...])
  }

  private static func quoted(_ text: UnsafeBufferPointer<UInt8>) -> String {
    unsafe String(decoding: text, as: UTF8.self).debugDescription
  }
}
