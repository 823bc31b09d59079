import Emitting
import Foundation
import Planning
import TestSupport
import Testing
import TopologyModel
import TopologyReading
import Yams

/// The files that programs on the nodes read.
struct ConfigurationFilesTests {
  @Test(arguments: EmittingCase.all)
  func topoIsOneLineThatHoldsAllComputersAndHosts(_ example: EmittingCase) throws {
    let text = try example.text("topo.xml")
    #expect(text.firstIndex(of: "\n") == text.indices.last)
    let topology = try TopDLReader.read(Array(text.utf8), file: "topo.xml")
    let embedding = example.experiment.embedding
    let shared = embedding.hosts.filter { !$0.isEmbedded }
    #expect(topology.computers.map(\.name) == embedding.topology.computers.map(\.name) + shared.map(\.name))
    #expect(topology.substrates.map(\.name) == embedding.topology.substrates.map(\.name) + ["control_net"])

    let virtual = topology.computers.prefix(embedding.topology.computers.count)
    var addresses: [String] = []
    for computer in topology.computers {
      let interfaces = topology.interfaces[computer.interfaces]
      // Every machine is on the control network, once and last, and has an address on each of its networks.
      #expect(
        interfaces.map { topology.substrates[$0.substrate].name == "control_net" }.lastIndex(of: true)
          == interfaces.count - 1)
      #expect(interfaces.count { topology.substrates[$0.substrate].name == "control_net" } == 1)
      addresses += interfaces.compactMap { $0.attributes["ip4_address"] }
      #expect(interfaces.last?.attributes["ip4_address"]?.hasPrefix("192.168.") == true)
    }
    #expect(addresses.count == topology.interfaces.count)
    #expect(Set(addresses).count == addresses.count)
    #expect(virtual.allSatisfy { $0.attributes["containers:node_type"] != "pnode" })
    #expect(topology.computers.dropFirst(virtual.count).allSatisfy { $0.attributes["containers:node_type"] == "pnode" })
    #expect(
      topology.computers.dropFirst(virtual.count).map { $0.attributes["containers:partition"] }
        == shared.map { host in virtual[host.computers[0]].attributes["containers:partition"] })
  }

  @Test(arguments: EmittingCase.all)
  func hostsNamesEveryInterfaceAsDocumented(_ example: EmittingCase) throws {
    let topology = example.experiment.embedding.topology
    var lines = try example.text("hosts").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.popLast() == "")
    #expect(lines.count == topology.interfaces.count)
    for computer in topology.computers {
      for (number, interface) in computer.interfaces.enumerated() {
        let address = example.experiment.embedding.addresses.addresses[interface]
        let link = topology.substrates[topology.interfaces[interface].substrate].name
        let bare = number == 0 ? " \(computer.name)" : ""
        #expect(lines[interface] == "\(address)\t\(computer.name)-\(link) \(computer.name)-\(number)\(bare)")
      }
    }
  }

  @Test func aComputersNameThatIsAnInterfacesTooIsAnnounced() throws {
    var builder = TopologyBuilder()
    for name in ["gate", "gate-1", "gate-lan", "gate-2", "gate-01", "gate-lan-0", "other", "alone", "alone-0"] {
      builder.add(name)
    }
    builder.join("lan", ["gate", "gate-1", "gate-lan", "other"])
    builder.join("wan", ["gate", "gate-2", "gate-01", "gate-lan-0"])
    let example = try EmittingCase("ambiguous", builder.topology)
    // gate-2 and gate-01 are nobody's interfaces, and alone has none.
    #expect(
      example.experiment.warnings == [
        "names of computers are those of interfaces too, and programs take the first that they find in `hosts`; call "
          + "the computers otherwise: gate-1 (an interface of gate), gate-lan (an interface of gate), "
          + "gate-lan-0 (an interface of gate-lan)"
      ])
    // Each of them is in two lines.
    let words = try example.text("hosts").split(separator: "\n").map {
      $0.split { $0 == "\t" || $0 == " " }.dropFirst()
    }
    for name in ["gate-1", "gate-lan", "gate-lan-0"] { #expect(words.count { $0.contains(Substring(name)) } == 2) }
    #expect(words.count { $0.contains("gate-2") } == 1)
  }

  @Test(arguments: EmittingCase.all)
  func assignmentIsYAMLThatHoldsEachComputerOnce(_ example: EmittingCase) throws {
    let mapping = try #require(try Yams.compose(yaml: example.text("assignment"))?.mapping)
    let pairs = mapping.map { key, value in (key.string ?? "", value.sequence?.compactMap(\.string) ?? []) }
    let embedding = example.experiment.embedding
    let topology = embedding.topology
    #expect(pairs.map(\.1) == embedding.hosts.map { host in host.computers.map { topology.computers[$0].name } })
    #expect(Set(pairs.map(\.0)).count == pairs.count)
    for (host, pair) in zip(embedding.hosts, pairs) where !host.isEmbedded {
      #expect(host.role == .shared(partition: pair.0))
    }
  }

  @Test func anEmbeddedComputerIsToldFromAPartitionOfItsName() throws {
    var builder = TopologyBuilder()
    builder.add("a", ["containers:partition": "b"])
    builder.add("b")
    let example = try EmittingCase("same name", builder.topology)
    let mapping = try #require(try Yams.compose(yaml: example.text("assignment"))?.mapping)
    #expect(mapping.map { [$0.string, $1.sequence?.first?.string] } == [["b", "a"], ["embedded_pnode:b", "b"]])
  }

  @Test(arguments: EmittingCase.all)
  func siteConfigurationReadsBackAsItIs(_ example: EmittingCase) throws {
    #expect(try SiteConfiguration(parsing: try example.text("site.conf"), file: "") == example.experiment.site)
  }

  @Test(arguments: EmittingCase.all)
  func pidEidHasTwoLines(_ example: EmittingCase) throws {
    #expect(try example.text("pid_eid") == "DeterTest\nexample1\n")
  }

  @Test(arguments: EmittingCase.all)
  func theStagesReadBackAsTheyAre(_ example: EmittingCase) throws {
    func read(_ path: String) throws -> Topology {
      try TopDLReader.read(Array(try example.text(path).utf8), file: path)
    }
    #expect(try read("annotated.xml") == example.experiment.annotated)
    #expect(try read("partitioned.xml") == example.experiment.embedding.topology)
  }
}
