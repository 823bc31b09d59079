import Foundation
import TestSupport
import Testing
import TopologyModel
import TopologyReading

@Suite struct TopDLReaderTests {
  @Test func aMinimalDocumentIsRead() throws {
    let topology = try readTopDL(TopDLExample.minimal)
    #expect(topology.version == "1.0")
    #expect(topology.substrates == [Substrate(name: "s0")])
    #expect(topology.computers.map(\.name) == ["a", "b"])
    #expect(topology.computers.map(\.interfaces) == [0..<1, 1..<2])
    #expect(topology.interfaces == [Interface(name: "inf000", substrate: 0), Interface(name: "inf000", substrate: 0)])
  }

  @Test func shapingAddressesAndAttributesAreRead() throws {
    let topology = try readTopDL(TopDLExample.shaped)
    #expect(
      topology.substrates == [
        Substrate(
          name: "wan", capacity: Capacity(kilobitsPerSecond: 10000, kind: .max),
          latency: Latency(milliseconds: 25, kind: .average), attributes: ["loss": "0.01"])
      ])
    let gateway = topology.computers[0]
    #expect(gateway.name == "gw_1")
    #expect(
      gateway.operatingSystems == [OperatingSystem(name: "Linux", attributes: ["osid": "Ubuntu1204-64-STD"])])
    #expect(
      gateway.attributes == [
        "containers:node_type": "qemu", "containers:partition": "0", "startup": "/proj/P/go.sh &",
      ])
    #expect(topology.interfaces[0].attributes == ["ip4_address": "10.20.0.1", "ip4_netmask": "255.255.255.0"])
    #expect(topology.computers[1].name == "host-2")
    #expect(topology.interfaces[1].name == "inf000", "the name that an unnamed interface gets")
  }

  @Test func partsOfComputersAndOfTheTopologyAreRead() throws {
    let topology = try readTopDL(TopDLExample.multihomed)
    let router = topology.computers[0]
    #expect(router.processors == [Processor(type: "x86")])
    #expect(router.storage == [Storage(megabytes: 512, persistence: .temporary)])
    #expect(router.software == [Software(location: "file:///proj/P/x.tar.gz", install: "/opt")])
    #expect(topology.interfaces[router.interfaces].map(\.name) == ["inf000", "inf001"])
    #expect(topology.interfaces[router.interfaces].map(\.substrate) == [0, 1])
    #expect(topology.substrates.map(\.name) == ["l1", "l2", "unused"])
    #expect(topology.attributes == ["description": "three nodes"])
  }

  @Test func federationAndVersion2AreRead() throws {
    let topology = try readTopDL(TopDLExample.federated)
    #expect(topology.version == "2.0")
    #expect(
      topology.substrates[0].annotations
        == Annotations(
          localNames: ["lan7"], status: .active,
          services: [
            Service(
              name: "SMB", importers: ["p", "q"], parameters: [Service.Parameter(name: "server", type: "host")],
              description: "files", status: .starting)
          ],
          operations: ["stop"]))
    #expect(
      topology.otherElements.map(\.kind) == [
        .testbed(Testbed(uri: "https://x:23235", type: "deter")),
        .segment(
          Segment(identifier: Segment.Identifier(kind: .fedid, value: "Zm9v"), uri: "https://y", type: "emulab")),
        .other, .region(Region(name: "r", level: 1, fragmentName: "f")),
      ])
    #expect(topology.otherElements.map(\.precedingComputers) == [0, 1, 1, 1])
    #expect(topology.otherElements[0].annotations.localNames == ["t"])
    #expect(topology.computers[0].processors == [Processor(type: "x86", count: 4)])
    #expect(
      topology.computers[0].operatingSystems == [
        OperatingSystem(version: "6", distribution: "Debian", distributionVersion: "12")
      ])
    #expect(topology.interfaces[0].substrates == [0, 0])
    let fragment = try #require(topology.fragments.first)
    #expect(fragment.name == "f")
    #expect(fragment.topology.computers.map(\.name) == ["a"], "a fragment has names of its own")
    #expect(fragment.interfaceMaps == [NamePair(outer: "inf000", inner: "a:inf000")])
    #expect(topology.nameMaps == [NameMap(pathName: "/r", pairs: [NamePair(outer: "b", inner: "a")])])
  }

  @Test func childrenMayBeInAnyOrderAndElementsBeforeTheirSubstrates() throws {
    let topology = try readTopDL(
      """
      <?xml version="1.0"?><!-- before --><topology>
      <elements><computer><interface><name>x</name><substrate>t</substrate></interface><name>a</name></computer></elements>
      <attribute><value>v</value><attribute>k</attribute></attribute>
      <elements><other><interface><substrate>s</substrate><substrate>t</substrate></interface></other></elements>
      <substrates><name>s</name></substrates><version>1.1</version>
      <substrates><latency><kind>max</kind><time>1</time></latency><name>t</name></substrates>
      </topology><!-- after -->
      """)
    #expect(topology.version == "1.1")
    #expect(topology.interfaces == [Interface(name: "x", substrate: 1)])
    #expect(topology.otherElements[0].interfaces[0].substrates == [0, 1])
    #expect(topology.attributes == ["k": "v"])
    #expect(topology.substrates[1].latency == Latency(milliseconds: 1, kind: .max))
  }

  @Test func unnamedInterfacesGetTheFirstNamesThatAreFree() throws {
    let interface = { (name: String) in "<interface><substrate>s</substrate>\(name)</interface>" }
    let topology = try readTopDL(
      "<experiment><substrates><name>s</name></substrates><elements><computer><name>a</name>" + interface("")
        + interface("<name>inf001</name>") + interface("<name/>") + interface("") + interface("<name>inf000</name>")
        + "</computer></elements></experiment>")
    #expect(topology.interfaces.map(\.name) == ["inf002", "inf001", "inf003", "inf004", "inf000"])
  }

  @Test func aThousandInterfacesCanBeUnnamedAndNoMore() throws {
    let document = { (count: Int) in
      "<experiment><substrates><name>s</name></substrates><elements><computer><name>a</name>"
        + String(repeating: "<interface><substrate>s</substrate></interface>", count: count)
        + "</computer></elements></experiment>"
    }
    #expect(try readTopDL(document(1000)).interfaces.last?.name == "inf999")
    #expect(faults(document(1001)) == ["1: computer a: no name left for an interface: inf000 to inf999 are all used"])
  }

  @Test(
    "Kinds are read in any case, and avg is average",
    arguments: [("max", MeasureKind.max), ("MAX", .max), ("Average", .average), ("avg", .average), ("peak", .peak)])
  func kinds(word: String, kind: MeasureKind) throws {
    let topology = try readTopDL(
      "<experiment><substrates><name>s</name><capacity><rate>1</rate><kind>\(word)</kind></capacity></substrates></experiment>"
    )
    #expect(topology.substrates[0].capacity == Capacity(kilobitsPerSecond: 1, kind: kind))
  }

  @Test(
    "Numbers are decimal",
    arguments: [
      ("10", 10), ("100000.000000", 100_000), (" 0.1 ", 0.1), ("1e3", 1000), ("1E+3", 1000), ("25e-1", 2.5), ("+5", 5),
      (".5", 0.5), ("5.", 5), ("-0", 0), ("123456789012345678901234567890", 123_456_789_012_345_677_877_719_597_056),
      ("0.1000000000000000055511151231257827", 0.1), ("9007199254740993", 9_007_199_254_740_992), ("1e-400", 0),
    ])
  func numbers(text: String, value: Double) throws {
    let topology = try readTopDL(
      "<experiment><substrates><name>s</name><capacity><rate>\(text)</rate><kind>max</kind></capacity></substrates></experiment>"
    )
    #expect(topology.substrates[0].capacity?.kilobitsPerSecond == value)
  }

  @Test func whiteSpaceIsTrimmedUnlessItIsWrittenAsReferences() throws {
    let topology = try readTopDL(
      """
      <experiment><attribute><attribute> a&#32; </attribute><value>
        &#10;x  y&#9;&#x20;

      </value></attribute><attribute><attribute>b</attribute><value><![CDATA[ <x> ]]></value></attribute>
      <attribute><attribute>c</attribute><value>  x<!-- y --> z;
      </value></attribute><attribute><attribute>d</attribute><value/></attribute></experiment>
      """)
    #expect(
      topology.attributes.entries == [
        Attribute("a ", "\nx  y\t "), Attribute("b", "<x>"), Attribute("c", "x z;"), Attribute("d", ""),
      ])
  }

  @Test func otherEncodingsAreRead() throws {
    let text = "<experiment><attribute><attribute>k</attribute><value>é</value></attribute></experiment>"
    let latin = Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\(text)".unicodeScalars.map { UInt8($0.value) })
    #expect(try TopDLReader.read(latin, file: "x").attributes == ["k": "é"])
    let utf16 = "\u{FEFF}\(text)".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(try TopDLReader.read(utf16, file: "x").attributes == ["k": "é"])
    #expect(try readTopDL("\u{FEFF}\(text)").attributes == ["k": "é"])
  }

  @Test func manyLongValuesStayApart() throws {
    // Long enough, and enough of them, for the table of strings to grow; the last two differ only in composition.
    let values =
      (0..<300).map { "a value with number \($0)" } + ["caf\u{E9} caf\u{E9} caf\u{E9}", "cafe\u{301} café café"]
    let document =
      "<experiment>"
      + (values + values).map { "<attribute><attribute>k</attribute><value>\($0)</value></attribute>" }.joined()
      + "</experiment>"
    #expect(
      try readTopDL(document).attributes.entries.map { Array($0.value.utf8) }
        == (values + values).map { Array($0.utf8) })
  }

  @Test func filesAreReadInPieces() throws {
    let folder = try TemporaryFolder()
    let pairs = (0..<3000).map { "<attribute><attribute>key \($0)</attribute><value>\($0) &lt; é</value></attribute>" }
    let path = try folder.write("<experiment>\n\(pairs.joined(separator: "\n"))\n</experiment>", to: "x.xml")
    let entries = try TopDLReader.read(path: path).attributes.entries
    #expect(entries == (0..<3000).map { Attribute("key \($0)", "\($0) < é") })
  }

  @Test func filesThatCannotBeReadAreReported() throws {
    let folder = try TemporaryFolder()
    let missing = folder.url.appending(path: "none.xml").path
    #expect(throws: ReadError(file: missing, message: "can't be read: No such file or directory")) {
      try TopDLReader.read(path: missing)
    }
    #expect(throws: ReadError(file: folder.url.path, message: "can't be read: Is a directory")) {
      try TopDLReader.read(path: folder.url.path)
    }
  }

  @Test("The topologies that the repository ships are read and written", arguments: ["star-10", "campus-200-mixed"])
  func datasets(name: String) throws {
    let topology = try TopDLReader.read(path: Examples.datasets.appending(path: "topdl/\(name).xml").path)
    #expect(topology.computers.count > 9)
    #expect(try TopDLReader.read(TopDLWriter().bytes(of: topology), file: "x") == topology)
  }
}
