import Testing
import TopologyModel
import TopologyReading

@Suite struct TopDLWriterTests {
  private func text(_ topology: Topology, _ layout: TopDLWriter.Layout) throws -> String {
    String(decoding: try TopDLWriter(layout: layout).bytes(of: topology), as: UTF8.self)
  }

  @Test func aMinimalDocumentIsWrittenAsItWas() throws {
    #expect(try text(readTopDL(TopDLExample.minimal), .oneLine) == TopDLExample.minimal + "\n")
  }

  @Test func linesAreForPeople() throws {
    #expect(
      try text(readTopDL(TopDLExample.federated), .lines) == """
        <experiment>
        <version>2.0</version>
        <substrates><name>s</name><localname>lan7</localname><status>active</status><service><name>SMB</name>\
        <importer>p</importer><importer>q</importer><param><name>server</name><type>host</type></param>\
        <description>files</description><status>starting</status></service><operation>stop</operation></substrates>
        <elements><testbed><uri>https://x:23235</uri><type>deter</type>
          <interface><substrate>s</substrate><name>inf000</name></interface>
          <localname>t</localname></testbed></elements>
        <elements><computer><name>a</name>
          <cpu count="4"><type>x86</type></cpu>
          <os><version>6</version><distribution>Debian</distribution><distributionversion>12</distributionversion></os>
          <interface><substrate>s</substrate><substrate>s</substrate><name>inf000</name></interface></computer></elements>
        <elements><segment><id><fedid>Zm9v</fedid></id><uri>https://y</uri><type>emulab</type></segment></elements>
        <elements><other>
          <interface><substrate>s</substrate><name>inf000</name></interface></other></elements>
        <elements><region><name>r</name><level>1</level><fragname>f</fragname>
          <interface><substrate>s</substrate><name>inf000</name></interface></region></elements>
        <fragments><name>f</name>
          <substrates><name>s</name></substrates>
          <elements><computer><name>a</name>
            <interface><substrate>s</substrate><name>inf000</name></interface></computer></elements>
          <ifmap><outer>inf000</outer><inner>a:inf000</inner></ifmap></fragments>
        <namemaps><pathname>/r</pathname><namemap><outer>b</outer><inner>a</inner></namemap></namemaps>
        </experiment>

        """)
  }

  @Test(
    "Texts are escaped so that reading gives them back, on one line",
    arguments: [
      ("a<b>&\"c\"", "a&lt;b&gt;&amp;\"c\""), (" x y ", "&#32;x y&#32;"), ("\n\t\r", "&#10;&#9;&#13;"), (" ", "&#32;"),
      ("   ", "&#32; &#32;"), ("]]>", "]]&gt;"), ("é😀", "é😀"), ("", ""),
    ])
  func escapes(value: String, written: String) throws {
    var topology = Topology()
    topology.attributes = ["k": value]
    let document = try text(topology, .oneLine)
    #expect(document.contains("<value>\(written)</value>"))
    #expect(try readTopDL(document) == topology)
  }

  @Test(
    "Numbers are written in their shortest form",
    arguments: [
      (100_000, "100000.0"), (0.1, "0.1"), (1e16, "1e+16"), (0, "0.0"), (-0.0, "0.0"),
      (Double.leastNonzeroMagnitude, "5e-324"),
    ])
  func numbers(value: Double, written: String) throws {
    var topology = Topology()
    topology.substrates = [Substrate(name: "s", capacity: Capacity(kilobitsPerSecond: value))]
    #expect(try text(topology, .oneLine).contains("<rate>\(written)</rate>"))
  }

  static let unwritable: [(fault: String, change: @Sendable (inout Topology) -> Void)] = [
    (
      "computer a: the value \"x\\u{01}\" has control character 1, which XML can't hold",
      { $0.updateComputer(0) { $0.attributes["startup"] = "x\u{1}" } }
    ),
    (
      "computer a: the value \"\\0\" has control character 0, which XML can't hold",
      { $0.updateComputer(0) { $0.attributes["startup"] = "\0" } }
    ),
    (
      "the topology: the attribute \"x\u{FFFF}\" has U+FFFE or U+FFFF, which XML can't hold",
      { $0.attributes["x\u{FFFF}"] = "" }
    ),
    (
      "substrate s s: the name \"s s\" has characters other than A-Z, a-z, 0-9, _ and -",
      { $0.substrates[0].name = "s s" }
    ),
    (
      "substrate s: the time -1.0 isn't a number of 0 or more",
      { $0.substrates[0].latency = Latency(milliseconds: -1) }
    ),
    (
      "computer a: the rate inf isn't a number of 0 or more",
      { $0.interfaces[0].capacity = Capacity(kilobitsPerSecond: .infinity) }
    ),
    (
      "fragment \u{B}: the name \"\\u{0B}\" has control character 11, which XML can't hold",
      { $0.fragments = [Fragment(name: "\u{B}", topology: Topology(), interfaceMaps: [])] }
    ),
  ]

  @Test("What XML or TopDL can't hold is refused", arguments: unwritable.indices)
  func refuses(index: Int) throws {
    var topology = Topology()
    topology.substrates = [Substrate(name: "s")]
    topology.append(Computer(name: "a"), interfaces: [Interface(name: "i", substrate: 0)])
    Self.unwritable[index].change(&topology)
    let error = #expect(throws: TopDLWriteError.self) { try TopDLWriter().bytes(of: topology) }
    #expect(error?.description == Self.unwritable[index].fault)
  }

  @Test("What is written reads as the same topology", arguments: 0..<200)
  func roundTrip(seed: UInt64) throws {
    var random = RandomTopology(seed: seed)
    let topology = random.next()
    for layout in [TopDLWriter.Layout.oneLine, .lines] {
      let writer = TopDLWriter(layout: layout)
      let bytes = try writer.bytes(of: topology)
      let again = try TopDLReader.read(bytes, file: "x")
      #expect(again == topology)
      // Equal strings may differ in bytes; these don't.
      #expect(try writer.bytes(of: again) == bytes)
      if layout == .oneLine { #expect(bytes.firstIndex(of: UInt8(ascii: "\n")) == bytes.count - 1) }
    }
  }

  @Test("Reading, writing and reading the examples gives the same topologies", arguments: TopDLExample.all.indices)
  func examples(index: Int) throws {
    let topology = try readTopDL(TopDLExample.all[index])
    #expect(try readTopDL(text(topology, .lines)) == topology)
    #expect(try readTopDL(text(topology, .oneLine)) == topology)
  }
}
