import Emitting
import Foundation
import Planning
import TestSupport
import Testing
import TopologyModel
import TopologyReading

/// The host experiment as NS-2, read by our own reader and by plain Tcl.
struct HostScriptTests {
  /// What can be said of a node in both languages.
  struct Node: Equatable {
    var type: String
    var systems: [String?]
    var startup: String?
    var failureAction: String
    var fixed: String?
    var software: [Software]

    init(_ computer: Computer) {
      // What the reader fills in where a script says nothing.
      type = computer.attributes["type"] ?? "pc"
      failureAction = computer.attributes["failureaction"] ?? "fatal"
      let system = computer.operatingSystems.first?.attributes
      systems = [system?["osid"], system?["parent_osid"]]
      startup = computer.attributes["startup"]
      fixed = computer.attributes["fixed"]
      // A reader finds packages before archives, and takes a single name with blanks for several.
      software = computer.software.filter { $0.install == nil } + computer.software.filter { $0.install != nil }
    }
  }

  struct Link: Equatable {
    var members: [String]
    var kilobitsPerSecond: Double
  }

  private func nodes(_ topology: Topology) -> [String: Node] {
    Dictionary(uniqueKeysWithValues: topology.computers.map { ($0.name, Node($0)) })
  }

  private func links(_ topology: Topology) -> [String: Link] {
    let incidence = Incidence(topology)
    return Dictionary(
      uniqueKeysWithValues: topology.substrates.enumerated().map { index, substrate in
        let members = incidence.interfaces(on: index).map { topology.computers[incidence.computer(of: $0)].name }
        // What a testbed can make, and makes where nothing is said.
        let rate = min(max(substrate.capacity?.kilobitsPerSecond ?? 100_000, 10), 1_000_000).rounded(.down)
        return (substrate.name, Link(members: members.sorted(), kilobitsPerSecond: rate))
      })
  }

  private func virtualTypes(_ topology: Topology) -> [Attribute] {
    topology.attributes.entries.filter { $0.name.hasPrefix("vtype:") }
  }

  @Test(arguments: EmittingCase.all)
  func ourReaderFindsInTheScriptWhatTheXMLFileSays(_ example: EmittingCase) throws {
    let folder = try TemporaryFolder()
    let reading = try NS2Reader().read(folder.write(try example.text("phys_topo.ns"), to: "phys_topo.ns"))
    let xml = try TopDLReader.read(Array(try example.text("phys_topo.xml").utf8), file: "phys_topo.xml")
    #expect(reading.warnings == [])
    #expect(nodes(reading.topology) == nodes(xml))
    #expect(links(reading.topology) == links(xml))
    #expect(virtualTypes(reading.topology) == virtualTypes(xml))
    #expect(reading.topology.attributes["rtproto"] == "static")
  }

  @Test(arguments: EmittingCase.all)
  func plainTclFindsInTheScriptWhatTheXMLFileSays(_ example: EmittingCase) async throws {
    let folder = try TemporaryFolder()
    let recorder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "recorder.tcl").path
    let script = try folder.write(try example.text("phys_topo.ns"), to: "phys_topo.ns")
    let result = try await Program("/usr/bin/tclsh").run([recorder, script])
    #expect(result.errors == "")
    #expect(result.status == 0)
    let statements = result.output.split(separator: "\n").map {
      $0.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    }
    let xml = try TopDLReader.read(Array(try example.text("phys_topo.xml").utf8), file: "phys_topo.xml")
    func named(_ command: String) -> [[String]] { statements.filter { $0[0] == command }.map { Array($0.dropFirst()) } }

    #expect(named("node").map { $0[0] } == xml.computers.map(\.name))
    #expect(
      named("tb-set-node-startcmd")
        == xml.computers.compactMap { computer in computer.attributes["startup"].map { [computer.name, $0] } })
    #expect(
      named("tb-set-node-failure-action")
        == xml.computers.compactMap { computer in computer.attributes["failureaction"].map { [computer.name, $0] } })
    #expect(
      named("tb-set-hardware")
        == xml.computers.compactMap { computer in computer.attributes["type"].map { [computer.name, $0] } })
    let incidence = Incidence(xml)
    let made = statements.filter { $0[0] == "duplex-link" || $0[0] == "make-lan" }
    #expect(made.map { $0[1] } == xml.substrates.map(\.name))
    for (index, statement) in made.enumerated() {
      let members = incidence.interfaces(on: index).map { xml.computers[incidence.computer(of: $0)].name }
      let isLink = statement[0] == "duplex-link"
      #expect(isLink == (members.count == 2))
      #expect(members == (isLink ? Array(statement[2...3]) : statement[2].split(separator: " ").map(String.init)))
    }
    #expect(statements.suffix(2) == [["rtproto", "Static"], ["run"]])
  }

  @Test(arguments: EmittingCase.all)
  func theHostExperimentHasTheHostsOfThePlanAndWhatCrossesBetweenThem(_ example: EmittingCase) throws {
    let xml = try TopDLReader.read(Array(try example.text("phys_topo.xml").utf8), file: "phys_topo.xml")
    let embedding = example.experiment.embedding
    let incidence = Incidence(xml)
    #expect(xml.computers.count == embedding.hosts.count)
    #expect(
      xml.substrates.indices.map { index in incidence.interfaces(on: index).map { incidence.computer(of: $0) } }
        == embedding.crossings.map(\.hosts))
    for (host, computer) in zip(embedding.hosts, xml.computers) where !host.isEmbedded {
      #expect(computer.name == host.name)
      #expect(computer.attributes["containers:node_type"] == "pnode")
      #expect(computer.operatingSystems.first?.attributes["osid"] == host.operatingSystem)
      #expect(
        virtualTypes(xml).first { $0.name == "vtype:\(computer.attributes["type"] ?? "")" }?.value
          == (["0.5"] + host.hardwareTypes).joined(separator: " "))
    }
  }

  @Test func embeddedComputersKeepTheirNamesWhereNS2CanSayThemAndAreAnnouncedWhereItCannot() throws {
    let example = try #require(EmittingCase.all.first { $0.name == "awkward-names" })
    let xml = try TopDLReader.read(Array(try example.text("phys_topo.xml").utf8), file: "phys_topo.xml")
    let names = Dictionary(
      uniqueKeysWithValues: zip(example.experiment.embedding.hosts.map(\.name), xml.computers.map(\.name)))
    for name in ["gw-1", "lan", "-", "pnode-0000"] { #expect(names[name] == name) }
    #expect(names["gw_1"] == "gw-1-1")
    #expect(names["list"] == "list-1")
    #expect(names["0"] == "0-1", "Tcl takes a number for a level of its stack")
    let warning = try #require(example.experiment.warnings.first)
    for (name, other) in names where name != other { #expect(warning.contains("\(name) is called \(other)")) }
    #expect(!warning.contains("gw-1 is called"))
  }

  @Test func namesThatNeedNoChangeAreNoReasonForAWarning() throws {
    #expect(try EmittingCase("star", .documentedStar()).experiment.warnings == [])
  }

  @Test func linksBetweenHostsThatNoTestbedMakesSoFastAreAnnounced() throws {
    let rates = try #require(EmittingCase.all.first { $0.name == "rates" })
    #expect(
      rates.experiment.warnings == [
        "a testbed's links carry 1 Gb/s at most, so between hosts these are slower than asked: link-1"
      ])
    #expect(
      try rates.text("phys_topo.ns").contains("set link-1 [$ns duplex-link ${pnode(0000)} ${pnode(0001)} 1000000kb"))
  }

  @Test func whatATestbedRefusesIsRefusedBeforeAnythingIsWritten() throws {
    var builder = TopologyBuilder()
    let kind = Attribute("containers:node_type", "embedded_pnode")
    builder.add("a", Attributes([kind, Attribute("startup", "one\ntwo")]))
    builder.add("b", Attributes([kind, Attribute("failureaction", "panic")]))
    builder.add("c", Attributes([kind]))
    // In a container, all of this is nobody else's business.
    builder.add("d", ["containers:partition": "0", "startup": "one\ntwo"])
    var topology = builder.topology
    topology.updateComputer(2) { computer in
      computer.software = ["opt", "/proj/P", "/proj"].map { Software(location: "x.tgz", install: $0) }
    }
    let experiment = try Experiment(planning: topology)
    #expect {
      _ = try experiment.files()
    } throws: { error in
      (error as? EmittingError)?.problems == [
        "the start command of a has more than one line: a testbed takes one",
        "the failure action of b is fatal, nonfatal or ignore, not `panic`",
        "x.tgz goes to opt on c: packages go to an absolute path on the node's own disk",
        "x.tgz goes to /proj/P on c: packages go to an absolute path on the node's own disk",
        "x.tgz goes to /proj on c: packages go to an absolute path on the node's own disk",
      ]
    }
  }
}
