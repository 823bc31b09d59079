import Foundation
import TestSupport
import Testing
import TopologyReading

/// The invocations of the Containers guide, with the partitions that it shows or better ones.
struct GuideTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func plan(_ options: String, _ script: String) async throws -> Plan {
    try place.folder.write(script, to: "x.tcl")
    return try await place.plan(options.split(separator: " ").map(String.init), "x.tcl")
  }

  @Test func aStarOfTenFitsOnOneHost() async throws {
    #expect(try await plan("", Topologies.star()).sizes == [10])
  }

  @Test func aStarOfTenPackedByTwoHasFiveHostsWhereTheGuidesHadSix() async throws {
    let plan = try await plan("--packing 2", Topologies.star())
    #expect(plan.sizes == [2, 2, 2, 2, 2])
    #expect(plan.cost == 8)
  }

  @Test(arguments: [
    ("--packing 10", [10, 10]), ("--packing 5", [5, 5, 5, 5]), ("--packing 10 --nodes-only", [10, 10]),
    ("--packing 5 --nodes-only", [5, 5, 5, 5]), ("--packing 11 --nodes-only", [10, 10]),
    ("--packing 6 --nodes-only", [5, 5, 5, 5]), ("--size 4 --nodes-only", [5, 5, 5, 5]),
    ("--size 2 --nodes-only", [10, 10]),
  ])
  func aLANOfTwentyIsDividedEvenly(_ options: String, _ sizes: [Int]) async throws {
    #expect(try await plan(options, Topologies.lan(20)).sizes == sizes)
  }

  @Test(arguments: [("--packing 11", 11, 2), ("--packing 6", 6, 4), ("--packing 19", 19, 2), ("--packing 20", 20, 1)])
  func aLANOfTwentyHasTheFewestHosts(_ options: String, _ packing: Int, _ hosts: Int) async throws {
    let plan = try await plan(options, Topologies.lan(20))
    #expect(plan.hosts == hosts)
    #expect(plan.sizes.allSatisfy { $0 <= packing })
    #expect(plan.cost == hosts - 1)
    #expect(plan.optimal)
  }

  @Test func virtualMachinesHaveUpToSevenInterfaces() async throws {
    #expect(try await plan("--default-container qemu", Topologies.star(satellites: 7)).sizes == [8])
  }

  @Test func virtualMachinesWithMoreInterfacesAreRefusedAsDocumented() async throws {
    try place.folder.write(Topologies.star(), to: "example1.tcl")
    let result = try await place.run(["--default-container", "qemu", "DeterTest", "example1", "example1.tcl"])
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(
      result.errors.contains(
        """

        Requested a QEMU node with more than 7 experimental interfaces.  Qemu nodes
        can only support 7 experimental interfaces.

        """))
    #expect(result.errors.contains("center"))
    #expect(FileSnapshot(of: place.folder.url).paths == ["example1.tcl"])
  }

  @Test func kindsThatShareNoHostAreApart() async throws {
    let script = Topologies.star(
      center: "tb-add-node-attribute $center containers:node_type open_vz",
      satellite: "tb-add-node-attribute $n($i) containers:node_type qemu")
    let plan = try await plan("", script)
    #expect(plan.partitions.map(\.kind) == ["openvz", "qemu"])
    #expect(plan.sizes == [1, 9])
  }

  @Test func anEmbeddedComputerIsAHostOfItsOwn() async throws {
    let script = Topologies.star(
      satellite: "tb-add-node-attribute $n($i) containers:node_type [expr {$i < 8 ? {qemu} : {embedded_pnode}}]")
    let plan = try await plan("", script)
    #expect(plan.partitions.map(\.name) == ["pnode-0000", "pnode-0001", "n-8"])
    #expect(plan.partitions.map(\.kind) == ["openvz", "qemu", "embedded_pnode"])
    #expect(plan.sizes == [1, 8, 1])
  }

  @Test func passesThatArePackedByThemselvesNeedEightHostsWhereTheHistoricalSystemNeededTen() async throws {
    let plan = try await plan("--pass-pack 0:1,1:20,2:10,3:5", Topologies.passes)
    #expect(plan.sizes == [1, 20, 10, 10, 5, 5, 5, 5])
    #expect(plan.partitions.first?.computers == ["center"])
    #expect(plan.cost == 7)
  }

  @Test func anUnknownKindIsRefusedWithAListOfTheKinds() async throws {
    try place.folder.write(
      Topologies.star(center: "tb-add-node-attribute $center containers:node_type docker"), to: "x.tcl")
    let result = try await place.run(["Proj", "exp1", "x.tcl"])
    #expect(result.status == 1)
    for word in ["`docker`", "center", "openvz", "qemu", "process", "embedded_pnode"] {
      #expect(result.errors.contains(word))
    }
    #expect(place.testbed.paths == [])
  }

  @Test func givenPartitionsAreKeptAndTheOthersAreHostsOfTheirOwn() async throws {
    let script = Topologies.star(
      satellite: "if {$i < 8} { tb-add-node-attribute $n($i) containers:partition [expr $i % 2] }")
    let kept = try await plan("", script)
    #expect(kept.sizes == [4, 4, 1, 1])
    #expect(kept.partitions.map(\.kind) == ["openvz", "openvz", "embedded_pnode", "embedded_pnode"])
    let completed = try await plan("--complete-partition --packing 5", script)
    #expect(completed.sizes == [5, 5])
    #expect(try await plan("--force-partition", script).sizes == [10])
  }

  /// The published files themselves, where they are at hand.
  @Test(
    .enabled(if: Examples.shared != nil),
    arguments: [
      ("example1", "", [10]), ("example2", "--default-container qemu", [8]), ("example3", "", [1, 9]),
      ("example4", "", [1, 8, 1]), ("example5", "", [10]),
      ("example6", "--pass-pack 0:1,1:20,2:10,3:5", [1, 20, 10, 10, 5, 5, 5, 5]),
    ])
  func thePublishedExamplesArePackedAsTheirCopiesAre(_ name: String, _ options: String, _ sizes: [Int]) async throws {
    let folder = try #require(Examples.shared)
    let script = try String(contentsOf: folder.appending(path: "examples/ns/\(name).tcl"), encoding: .utf8)
    #expect(try await plan(options, script).sizes == sizes)
  }

  @Test(arguments: ["address-plan", "campus", "dumbbell", "enclaves-60-mixed", "grid-100", "tree", "waxman-50"])
  func theTopologiesThatWeShipArePacked(_ name: String) async throws {
    let file = Examples.datasets.appending(path: "ns/\(name).tcl").path
    let result = try await place.run(["--effort", "fast", "Proj", "exp1", file])
    #expect(result.status == 0, "\(result.errors)")
    let folder = try TemporaryFolder()
    let script = try folder.write(try place.text("phys_topo.ns"), to: "phys_topo.ns")
    #expect(try NS2Reader().read(script).warnings == [])
  }
}
