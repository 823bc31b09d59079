import TestSupport
import Testing

@testable import XMLRPC

struct CodecTests {
  @Test func aCallIsWrittenAsTheSpecificationShowsIt() {
    let call = XMLRPCCall(method: "examples.getStateName", parameters: [41, ["b": "<&>\r\u{1}", "a": true]])
    #expect(
      String(decoding: call.document, as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <methodCall><methodName>examples.getStateName</methodName><params><param><value><int>41</int></value></param>\
        <param><value><struct><member><name>a</name><value><boolean>1</boolean></value></member><member><name>b</name>\
        <value><string>&lt;&amp;&gt;&#13;\u{FFFD}</string></value></member></struct></value></param></params></methodCall>

        """)
  }

  @Test(arguments: 0..<200)
  func whatIsWrittenReadsAsTheSame(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let call = XMLRPCCall(method: "m", parameters: (0..<3).map { _ in XMLRPCValue.random(4, &random) })
    #expect(try XMLRPCCall(parsing: call.document) == call)
    let answer = XMLRPCResponse.value(.random(5, &random))
    #expect(try XMLRPCResponse(parsing: answer.document) == answer)
  }

  @Test func faultsAndCallsWithoutParametersAreRead() throws {
    let fault = XMLRPCResponse.fault(code: -7, text: "no ü")
    #expect(try XMLRPCResponse(parsing: fault.document) == fault)
    #expect(try XMLRPCCall("<methodCall><methodName> m </methodName></methodCall>").parameters.isEmpty)
  }

  @Test(
    arguments: [
      ("<value> a b </value>", " a b "), ("<value/>", ""), ("<value><string/></value>", ""),
      ("<value>\n<i4> -5 </i4>\n</value>", -5), ("<value><i8>5000000000</i8></value>", 5_000_000_000),
      ("<value><boolean>0</boolean></value>", false), ("<value><double>-1.5e3</double></value>", -1500.0),
      ("<value><![CDATA[<a>]]></value>", "<a>"), ("<value><string>&#60;&lt;</string></value>", "<<"),
      ("<value><base64>AA\n E=</base64></value>", .base64([0, 1])), ("<value><nil/></value>", .null),
      ("<value><dateTime.iso8601>20260131T12:00:00</dateTime.iso8601></value>", .dateTime("20260131T12:00:00")),
      ("<value><array><data/></array></value>", []), ("<value><struct></struct></value>", [:]),
    ] as [(String, XMLRPCValue)])
  func valuesOfOtherWritersAreRead(_ text: String, _ value: XMLRPCValue) throws {
    #expect(try XMLRPCCall(text.asCall).parameters == [value])
  }

  @Test(arguments: [
    "", "x", "<methodCall>", "<methodCall/>", "<methodResponse/>", "<a/>", "<methodCall><methodName/></methodCall>",
    "<methodCall><methodName>m</methodName><params><value/></params></methodCall>",
    "<methodCall><methodName>m</methodName></methodCall>x", "<methodCall><methodName>m</methodName></methodCall>\0",
    "<value><int>1.5</int></value>".asCall, "<value><int/></value>".asCall,
    "<value><int>99999999999999999999</int></value>".asCall, "<value><boolean>yes</boolean></value>".asCall,
    "<value><double>nan</double></value>".asCall, "<value><double>0x1p3</double></value>".asCall,
    "<value><base64>A</base64></value>".asCall, "<value><dateTime.iso8601>now</dateTime.iso8601></value>".asCall,
    "<value><int>1</int><int>2</int></value>".asCall, "<value>a<int>1</int></value>".asCall,
    "<value><array><value/></array></value>".asCall, "<value><struct><name>a</name></struct></value>".asCall,
    "<value><struct><member><name>a</name><value/></member><member><name>a</name><value/></member></struct></value>"
      .asCall,
    "<value x='1'/>".asCall, "<value>&unknown;</value>".asCall, "<value>\u{1}</value>".asCall,
  ])
  func whatIsNoCallIsRefused(_ text: String) {
    #expect(throws: XMLRPCError.self) { try XMLRPCCall(text) }
  }
}

struct HostileDocumentTests {
  @Test(arguments: [
    "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
    "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>",
    "<!DOCTYPE a SYSTEM \"http://127.0.0.1/a.dtd\">",
  ])
  func documentTypesAreRefusedWithWhatTheyDeclare(_ type: String) {
    let error = #expect(throws: XMLRPCError.self) { try XMLRPCCall(type + "<value>&b;&c;</value>".asCall) }
    #expect(error?.description.contains("document type") == true)
  }

  @Test func depthNumberAndSizeAreLimited() {
    let deep = String(repeating: "<value><array><data>", count: 100_000).asCall
    #expect(throws: XMLRPCError("more than 150 elements within each other")) { try XMLRPCCall(deep) }
    let many = "<value><array><data>\(String(repeating: "<value/>", count: 250_000))</data></array></value>".asCall
    #expect(throws: XMLRPCError("more than 200000 elements")) { try XMLRPCCall(many) }
    let large = "<value>\(String(repeating: "a", count: 5 << 20))</value>".asCall
    #expect(throws: XMLRPCError("a document has at most 4194304 bytes")) { try XMLRPCCall(large) }
    let attributes = "<value \((0..<300_000).map { "a\($0)='' " }.joined())/>".asCall
    #expect(throws: XMLRPCError("more than 65536 bytes without a tag or text")) { try XMLRPCCall(attributes) }
  }

  @Test func aLongTextWithinTheLimitIsRead() throws {
    let text = String(repeating: "<&é", count: 300_000)
    #expect(
      try XMLRPCCall(parsing: XMLRPCCall(method: "m", parameters: [.string(text)]).document).parameters == [
        .string(text)
      ])
  }

  @Test func damagedDocumentsAreReadOrRefused() {
    Fuzzing.forEachSeed(usual: 2000) { seed in
      var random = SplitMix64(seed: seed)
      var bytes = XMLRPCCall(method: "m", parameters: [.random(4, &random), .random(3, &random)]).document
      for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: bytes[place..<min(place + 30, bytes.count)], at: place)
        default: bytes.removeLast(bytes.count - place)
        }
      }
      // What is read can be written, and reads as the same.
      if let call = try? XMLRPCCall(parsing: bytes) { #expect((try? XMLRPCCall(parsing: call.document)) == call) }
    }
  }
}

extension XMLRPCCall {
  init(_ text: String) throws { try self.init(parsing: Array(text.utf8)) }
}

extension String {
  /// A value as the parameter of a call.
  fileprivate var asCall: String {
    "<methodCall><methodName>m</methodName><params><param>\(self)</param></params></methodCall>"
  }
}

extension XMLRPCValue {
  static func random(_ depth: Int, _ random: inout SplitMix64) -> Self {
    let characters = Array("aZ0 <>&\"'\n\t\ré€😀")
    func text() -> String {
      String((0..<Int.random(in: 0...8, using: &random)).compactMap { _ in characters.randomElement(using: &random) })
    }
    switch Int.random(in: 0..<(depth > 0 ? 10 : 7), using: &random) {
    case 0: return .int(Int.random(in: .min ... .max, using: &random))
    case 1: return .int(Int.random(in: -3...3, using: &random))
    case 2: return .boolean(Bool.random(using: &random))
    case 3: return .double(Double.random(in: -1e6...1e6, using: &random))
    case 4: return .base64((0..<5).map { _ in UInt8.random(in: 0...255, using: &random) })
    case 5: return .null
    case 6: return .string(text())
    case 7: return .dateTime("20260131T12:00:00")
    case 8: return .array((0..<3).map { _ in Self.random(depth - 1, &random) })
    default:
      return .structure(
        Dictionary((0..<3).map { _ in (text(), Self.random(depth - 1, &random)) }) { first, _ in first })
    }
  }
}
