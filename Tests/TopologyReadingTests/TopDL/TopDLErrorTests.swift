import Testing
import TopologyReading

/// What is wrong with documents: every rule, with the line and the words of its error.
@Suite struct TopDLErrorTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var document: String
    var faults: [String]

    init(_ name: String, _ document: String, _ faults: String...) {
      (self.name, self.document, self.faults) = (name, document, faults)
    }

    var testDescription: String { name }
  }

  /// A computer of given parts, on a substrate `s`, in a topology; the parts are on line 2.
  private static func computer(_ parts: String) -> String {
    "<experiment><substrates><name>s</name></substrates><elements><computer>\n\(parts)\n</computer></elements></experiment>"
  }

  /// A substrate of given parts; they are on line 2.
  private static func substrate(_ parts: String) -> String {
    "<experiment><substrates>\n\(parts)\n</substrates></experiment>"
  }

  private static let a = "<name>a</name>"

  @Test("Each mistake is reported with its line", arguments: roots + names + parts + values + interfaces + version2)
  func reports(mistake: Case) {
    #expect(faults(mistake.document) == mistake.faults)
  }

  static let roots = [
    Case(
      "root foo", "\n<foo><version>1.0</version></foo>",
      "2: the root of a topology is <experiment> or <topology>, not <foo>"),
    Case(
      "root with a prefix", "<t:topology/>", "1: the root of a topology is <experiment> or <topology>, not <t:topology>"
    ),
    Case(
      "unknown child of the root", "<topology>\n<nodes>x<b/>&amp;</nodes></topology>",
      "2: <nodes> is not allowed in a topology, which may hold version, substrates, elements, attribute, fragments, namemaps"
    ),
    Case("text in the root", "<topology>\nx</topology>", "2: text is not allowed in a topology"),
    Case(
      "two versions", "<topology><version>1</version>\n<version>1</version></topology>", "2: more than one <version>"),
  ]

  static let names = [
    Case("computer without name", computer(""), "1: <computer> without <name>"),
    Case("substrate without name", substrate(""), "1: <substrates> without <name>"),
    Case(
      "name with a blank", computer("<name>a b</name>"),
      "2: name \"a b\" has characters other than A-Z, a-z, 0-9, _ and -"),
    Case(
      "name of a substrate with an umlaut", substrate("<name>ä</name>"),
      "2: name \"ä\" has characters other than A-Z, a-z, 0-9, _ and -"),
    Case("empty name", computer("<name> </name>"), "2: empty <name>"),
    Case("two names", computer(a + a), "2: computer a: more than one <name> in <computer>"),
    Case(
      "duplicate substrate",
      "<experiment><substrates><name>s0</name></substrates>\n<substrates><name>s0</name></substrates></experiment>",
      "2: duplicate substrate name s0, first on line 1"),
    Case(
      "duplicate elements",
      "<experiment>\n<elements><computer>\(a)</computer></elements>\n<elements><computer>\(a)</computer></elements>\n"
        + "<elements><region>\(a)<level>0</level><fragname>f</fragname></region></elements></experiment>",
      "3: duplicate element name a, first on line 2", "4: duplicate element name a, first on line 2"),
  ]

  static let parts = [
    Case(
      "unknown part", computer(a + "<nic/>"),
      "2: computer a: <nic> is not allowed in <computer>, which may hold name, cpu, os, software, storage, interface, attribute, "
        + "localname, status, service, operation"),
    Case("element in a text", computer("<name>a<b/></name>"), "2: <b> is not allowed in <name>, which holds text only"),
    Case("text between parts", computer(a + "oops &amp; oops"), "2: computer a: text is not allowed in <computer>"),
    Case("no element", "<experiment><elements/></experiment>", "1: empty <elements>"),
    Case(
      "two elements in one wrapper", "<experiment><elements><other/>\n<other/></elements></experiment>",
      "2: more than one element in <elements>"),
    Case("cpu without type", computer(a + "<cpu/>"), "2: computer a: <cpu> without <type>"),
    Case(
      "count of cpus", computer(a + "<cpu count=\"two\"><type>x</type></cpu>"),
      "2: computer a: count \"two\" is not an integer"),
    Case("software without location", computer(a + "<software/>"), "2: computer a: <software> without <location>"),
    Case(
      "storage without anything", computer(a + "<storage/>"), "2: computer a: <storage> without <amount>",
      "2: computer a: <storage> without <persistence>"),
    Case(
      "attribute without key and value", computer(a + "<attribute/>"), "2: computer a: <attribute> without <attribute>",
      "2: computer a: <attribute> without <value>"),
    Case(
      "attribute in an attribute's key",
      computer(a + "<attribute><attribute><attribute/></attribute><value/></attribute>"),
      "2: computer a: <attribute> is not allowed in <attribute>, which holds text only"),
    Case(
      "service without name and with a bare parameter", computer(a + "<service><param/></service>"),
      "2: computer a: <service> without <name>", "2: computer a: <param> without <name>",
      "2: computer a: <param> without <type>"),
    Case(
      "testbed", "<experiment><elements><testbed/></elements></experiment>", "1: <testbed> without <uri>",
      "1: <testbed> without <type>"),
    Case(
      "segment", "<experiment><elements><segment><id/><uri/><type/></segment></elements></experiment>", "1: empty <id>"),
    Case(
      "segment with two names",
      "<experiment><elements><segment><id><uri/>\n<uuid/></id><uri/><type/></segment></elements></experiment>",
      "2: more than one name in <id>"),
  ]

  static let values = [
    Case(
      "rate that isn't a number", substrate("<name>s</name><capacity><rate>fast</rate><kind>max</kind></capacity>"),
      "2: substrate s: rate \"fast\" is not a number"),
    Case(
      "rate without number", substrate("<name>s</name><capacity><rate/><kind>max</kind></capacity>"),
      "2: substrate s: rate \"\" is not a number"),
    Case(
      "negative rate", substrate("<name>s</name><capacity><rate>-1</rate><kind>max</kind></capacity>"),
      "2: substrate s: rate \"-1\" is negative"),
    Case(
      "infinite time", substrate("<name>s</name><latency><time>1e999</time><kind>max</kind></latency>"),
      "2: substrate s: time \"1e999\" is too large"),
    Case(
      "hexadecimal, infinite and other numbers",
      computer(
        a
          + ["0x10", "inf", "nan", "1_000", "1,5", "1 2", "1e", "1e+", "1.2.3", "+", "١"].map {
            "<storage><amount>\($0)</amount><persistence>permanent</persistence></storage>\n"
          }.joined()),
      "2: computer a: amount \"0x10\" is not a number", "3: computer a: amount \"inf\" is not a number",
      "4: computer a: amount \"nan\" is not a number",
      "5: computer a: amount \"1_000\" is not a number", "6: computer a: amount \"1,5\" is not a number",
      "7: computer a: amount \"1 2\" is not a number",
      "8: computer a: amount \"1e\" is not a number", "9: computer a: amount \"1e+\" is not a number",
      "10: computer a: amount \"1.2.3\" is not a number",
      "11: computer a: amount \"+\" is not a number", "12: computer a: amount \"١\" is not a number"),
    Case(
      "capacity without rate and kind", substrate("<name>s</name><capacity/>"),
      "2: substrate s: <capacity> without <rate>",
      "2: substrate s: <capacity> without <kind>"),
    Case(
      "kind", substrate("<name>s</name><latency><time>1</time><kind>min</kind></latency>"),
      "2: substrate s: kind \"min\" is not one of max, average, peak"),
    Case(
      "two capacities",
      substrate(
        "<name>s</name>" + String(repeating: "<capacity><rate>1</rate><kind>max</kind></capacity>\n", count: 2)),
      "3: substrate s: more than one <capacity> in <substrates>"),
    Case(
      "persistence", computer(a + "<storage><amount>1</amount><persistence>Temporary</persistence></storage>"),
      "2: computer a: persistence \"Temporary\" is not one of temporary, permanent"),
    Case(
      "status", computer(a + "<status>up</status>"),
      "2: computer a: status \"up\" is not one of empty, active, inactive, starting, stopping, terminating, failed"),
    Case(
      "long and broken text", computer(a + "<status>\(String(repeating: "x\n", count: 40))</status>"),
      "2: computer a: status \"\(String(repeating: "x\\n", count: 30))…\" is not one of empty, active, inactive, starting, stopping, "
        + "terminating, failed"),
  ]

  static let interfaces = [
    Case("no substrate", computer(a + "<interface/>"), "2: computer a: <interface> without <substrate>"),
    Case(
      "unknown substrate", computer(a + "<interface><substrate>nope</substrate></interface>"),
      "2: computer a: interface on an unknown substrate: nope"),
    Case(
      "unknown substrates are in file order with what else is wrong",
      "<experiment>\n<elements><computer><name>a</name><interface><substrate>x</substrate></interface></computer></elements>\n"
        + "<elements><computer/></elements>\n"
        + "<elements><computer><name>b</name><interface><substrate>x</substrate></interface></computer></elements>\n"
        + "</experiment>",
      "2: computer a: interface on an unknown substrate: x", "3: <computer> without <name>",
      "4: computer b: interface on an unknown substrate: x"),
    Case(
      "duplicate interface names",
      computer(a + String(repeating: "<interface><substrate>s</substrate><name>i</name></interface>\n", count: 2)),
      "3: computer a: duplicate interface name i"),
  ]

  static let version2 = [
    Case(
      "region", "<experiment><elements><region><level>low</level></region></elements></experiment>",
      "1: <region> without <name>", "1: level \"low\" is not an integer", "1: <region> without <fragname>"),
    Case(
      "fragment",
      "<experiment><substrates><name>s</name></substrates><fragments>\n<elements><computer><name>a</name>"
        + "<interface><substrate>s</substrate></interface></computer></elements><ifmap/></fragments></experiment>",
      "1: <fragments> without <name>", "2: <ifmap> without <outer>", "2: <ifmap> without <inner>",
      "2: computer a: interface on an unknown substrate: s"),
    Case(
      "name map", "<experiment><namemaps><namemap><outer/></namemap></namemaps></experiment>",
      "1: <namemaps> without <pathname>", "1: <namemap> without <inner>"),
  ]

  @Test func errorsAreReportedUpToALimit() throws {
    let document = "<experiment>\n" + String(repeating: "<x/>\n", count: 100_000) + "</experiment>"
    let found = faults(document)
    #expect(found.count == 1001)
    #expect(found.last == "1001: too many errors: reading ends here")
    let error = #expect(throws: ReadError.self) { try readTopDL(document) }
    let lines = error.map { "\($0)".split(separator: "\n") } ?? []
    #expect(lines.count == 51)
    #expect(lines.first?.hasPrefix("x.xml:2: <x> is not allowed in a topology") == true)
    #expect(lines.last == "… and 951 more")
  }
}
