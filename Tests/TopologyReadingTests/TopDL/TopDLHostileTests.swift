import Testing
import TopologyModel
import TopologyReading

/// Files from strangers: whatever they hold, they end in a clear error or a topology, soon and in little memory.
@Suite struct TopDLHostileTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var fault: String

    init(_ name: String, _ text: String, _ fault: String) {
      (self.name, bytes, self.fault) = (name, Array(text.utf8), fault)
    }

    init(_ name: String, _ bytes: [UInt8], _ fault: String) {
      (self.name, self.bytes, self.fault) = (name, bytes, fault)
    }

    var testDescription: String { name }
  }

  @Test("What is no XML or no UTF-8 is refused", arguments: broken + undeclared)
  func refuses(file: Case) {
    #expect(faults(file.bytes) == [file.fault])
  }

  static let broken = [
    Case("empty file", "", "1: not well-formed XML: Document is empty"),
    Case("blank file", "\n \n", "3: not well-formed XML: Start tag expected, '<' not found"),
    Case("plain text", "set ns [new Simulator]", "1: not well-formed XML: Start tag expected, '<' not found"),
    Case("two roots", "<topology/>\n<topology/>", "2: not well-formed XML: Extra content at the end of the document"),
    Case("cut off", "<topology>\n<version>", "2: not well-formed XML: Premature end of data in tag version line 2"),
    Case(
      "wrong end tag", "<topology>\n<version></vision>",
      "2: not well-formed XML: Opening and ending tag mismatch: version and vision"),
    Case(
      "end tag that topdl.py cuts off",
      "<topology>\n<substrates><name>s</name><service>\n<name>x</name></service</substrates></topology>",
      "3: not well-formed XML: expected '>' (topdl.py forgets the last character of </service>)"),
    Case("NUL bytes", [0, 0, 0, 0, 0], "1: not well-formed XML: Document is empty"),
    Case(
      "NUL byte in a text", "<topology>\n<version>1\0</version></topology>",
      "2: not well-formed XML: Char 0x0 out of allowed range"),
    Case("NUL byte at the end", "<topology/>\n\0<x>", "2: not well-formed XML: NUL byte after the end of the document"),
    Case("control character", "<topology>\u{1}</topology>", "1: not well-formed XML: PCDATA invalid Char value 1"),
    Case(
      "reference to a control character", "<topology><version>&#1;</version></topology>",
      "1: not well-formed XML: xmlParseCharRef: invalid xmlChar value 1"),
    Case(
      "no UTF-8", Array("<topology>\n<version>".utf8) + [0xFF, 0xFE, 0x41, 0x42] + Array("</version></topology>".utf8),
      "2: not well-formed XML: Input is not proper UTF-8, indicate encoding !, Bytes: 0xFF 0xFE 0x41 0x42"),
    Case(
      "surrogates in UTF-8",
      Array("<topology><version>".utf8) + [0xED, 0xA0, 0x80] + Array("</version></topology>".utf8),
      "1: not well-formed XML: Char 0xD800 out of allowed range"),
    Case(
      "unknown encoding", "<?xml version=\"1.0\" encoding=\"klingon\"?><topology/>",
      "1: not well-formed XML: Unsupported encoding klingon"),
    Case(
      "wrong encoding", "<?xml version=\"1.0\" encoding=\"UTF-16\"?><topology/>",
      "1: not well-formed XML: Document labelled UTF-16 but has UTF-8 content"),
  ]

  static let undeclared = [
    Case(
      "document type", "\n<!DOCTYPE topology>\n<topology/>",
      "2: a document type (<!DOCTYPE …>) is not allowed: TopDL has none"),
    Case(
      "entity bomb",
      "<!DOCTYPE topology [<!ENTITY a \"aaaaaaaaaa\">"
        + zip("bcdefghij", "abcdefghi").map { "<!ENTITY \($0) \"\(String(repeating: "&\($1);", count: 10))\">" }
        .joined()
        + "]><topology><version>&j;</version></topology>",
      "1: a document type (<!DOCTYPE …>) is not allowed: TopDL has none"),
    Case(
      "external entity", "<!DOCTYPE topology [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><topology>&x;</topology>",
      "1: a document type (<!DOCTYPE …>) is not allowed: TopDL has none"),
    Case(
      "external document type", "<!DOCTYPE topology SYSTEM \"http://127.0.0.1:1/x.dtd\"><topology/>",
      "1: a document type (<!DOCTYPE …>) is not allowed: TopDL has none"),
    Case(
      "parameter entities", "<!DOCTYPE topology [<!ENTITY % x SYSTEM \"file:///etc/passwd\">%x;]><topology/>",
      "1: a document type (<!DOCTYPE …>) is not allowed: TopDL has none"),
    Case(
      "undeclared entity", "<topology><version>&x;</version></topology>",
      "1: not well-formed XML: Entity 'x' not defined"),
  ]

  @Test("What is too much is refused", arguments: excessive)
  func refusesExcess(file: Case) {
    let clock = ContinuousClock()
    let duration = clock.measure { #expect(faults(file.bytes).last == file.fault) }
    #expect(duration < .seconds(10))
  }

  private static let megabytes = String(repeating: "x", count: 10_000_000)
  private static let manyNames = (0..<10_000).map { "a\($0)" }

  static let excessive = [
    Case(
      "unknown tags, deeply nested", "<topology>" + String(repeating: "<x>", count: 100_000),
      "1: elements are nested more than 64 deep"),
    Case(
      "known tags, deeply nested", "<topology>" + String(repeating: "<elements>", count: 100_000),
      "1: elements are nested more than 64 deep"),
    Case("long text", "<topology><version>\(megabytes)", "1: the text of <version> is longer than 1048576 bytes"),
    Case("long text out of place", "<topology>\(megabytes)</topology>", "1: text is not allowed in a topology"),
    Case("long section", "<topology><version><![CDATA[\(megabytes)", "1: 1048576 bytes without a tag, text or comment"),
    Case("long comment", "<topology><!--\(megabytes)", "1: 1048576 bytes without a tag, text or comment"),
    Case("long attribute", "<topology x=\"\(megabytes)\"/>", "1: 1048576 bytes without a tag, text or comment"),
    Case(
      "long instruction", "<topology><?x \(megabytes)?></topology>", "1: 1048576 bytes without a tag, text or comment"),
    Case("long reference", "<topology>&\(megabytes);</topology>", "1: 1048576 bytes without a tag, text or comment"),
    Case(
      "many attributes", "<topology \(manyNames.map { "\($0)=\"\"" }.joined(separator: " "))/>",
      "1: more than 250 different names of tags and XML attributes"),
    Case(
      "many name spaces", "<topology \(manyNames.map { "xmlns:\($0)=\"u\"" }.joined(separator: " "))/>",
      "1: more than 250 different names of tags and XML attributes"),
    Case(
      "many tags", "<topology><x>\(manyNames.map { "<\($0)/>" }.joined())</x></topology>",
      "1: more than 250 different names of tags and XML attributes"),
  ]

  @Test func longTextsUpToTheLimitAreRead() throws {
    let text = String(repeating: "x", count: 1 << 20)
    #expect(try readTopDL("<topology><version>\(text)</version></topology>").version == text)
  }

  @Test func muchThatIsSkippedIsSkipped() throws {
    let document =
      "<topology><x>" + String(repeating: "<y z=\"z\">text &amp; text</y>", count: 50_000) + "</x></topology>"
    #expect(faults(document).count == 1)
    let blank = "<topology>" + String(repeating: " ", count: 5_000_000) + "</topology>"
    #expect(faults(blank).isEmpty)
  }

  @Test("A document cut off anywhere is refused", arguments: TopDLExample.all.indices)
  func refusesCutOff(example: Int) {
    let bytes = Array(TopDLExample.all[example].utf8)
    let whole = bytes.count - (bytes.last == UInt8(ascii: "\n") ? 1 : 0)
    for length in 0..<whole {
      let found = faults(Array(bytes[..<length]))
      #expect(found.last?.contains(": not well-formed XML: ") == true, "\(length) bytes: \(found)")
    }
    #expect(faults(bytes).isEmpty)
  }
}
