import Foundation
import TestSupport
import Testing
import TopologyReading

/// `containerize` as its users know it.
struct ContainerizeTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test func successPrintsTheTwoDocumentedLinesAndNothingElse() async throws {
    try place.folder.write(Topologies.star(), to: "example1.tcl")
    let result = try await place.run(["DeterTest", "example1", "example1.tcl"])
    #expect(
      result
        == .init(
          status: 0,
          output: """
            Containerized experiment DeterTest/example1 successfully created!
            Access it via http://www.isi.deterlab.net//showexp.php3?pid=DeterTest&eid=example1

            """, errors: ""))
    let files = try FileManager.default.contentsOfDirectory(
      atPath: place.directory("DeterTest", "example1").path)
    for file in [
      "experiment.tcl", "annotated.xml", "partitioned.xml", "topo.xml", "phys_topo.xml", "phys_topo.ns", "assignment",
      "hosts", "pid_eid", "site.conf",
    ] { #expect(files.contains(file)) }
    #expect(place.testbed.paths.allSatisfy { !$0.contains("/.") && !$0.hasPrefix(".") })
    #expect(try place.text("experiment.tcl", of: "example1", in: "DeterTest") == Topologies.star())
  }

  @Test func theGroupOfAProjectIsNoPartOfTheName() async throws {
    try place.folder.write(Topologies.star(), to: "x.tcl")
    let result = try await place.run(["DeterTest/team", "example1", "x.tcl"])
    #expect(result.output.hasPrefix("Containerized experiment DeterTest/example1 successfully created!\n"))
    #expect(try place.text("pid_eid", of: "example1", in: "DeterTest") == "DeterTest\nexample1\n")
  }

  @Test func aFileIsTopDLUnlessItsNameSaysNS2() async throws {
    try place.folder.write(Topologies.ring(3), to: "ring.topdl")
    try place.folder.write(Topologies.star(), to: "star.ns")
    #expect(try await place.plan([], "ring.topdl").sizes == [3])
    #expect(try await place.plan([], "star.ns").sizes == [10])
    let result = try await place.run(["Proj", "exp1", "ring.topdl"])
    #expect(result.status == 0)
    #expect(try place.text("experiment.xml") == Topologies.ring(3))
  }

  @Test func aFileWhoseNameLooksLikeAnOptionIsAFile() async throws {
    try place.folder.write(Topologies.star(), to: "-n.tcl")
    let result = try await place.run(["--dry-run", "--", "Proj", "exp1", "-n.tcl"])
    #expect(result.status == 0)
  }

  @Test func theSameInputGivesTheSameFiles() async throws {
    try place.folder.write(Topologies.star(), to: "x.tcl")
    for directory in ["one", "two"] {
      let result = try await place.run(["--packing", "3", "--output", directory, "Proj", "exp1", "x.tcl"])
      #expect(result.status == 0)
    }
    let one = FileSnapshot(of: place.folder.url.appending(path: "one"))
    #expect(one == FileSnapshot(of: place.folder.url.appending(path: "two")))
    #expect(one.paths.contains("phys_topo.ns"))
    #expect(place.testbed.paths == [])
  }

  @Test func anExperimentThatExistsIsLeftAsItIs() async throws {
    try place.folder.write(Topologies.star(), to: "x.tcl")
    #expect(try await place.run(["Proj", "exp1", "x.tcl"]).status == 0)
    let before = place.testbed
    let again = try await place.run(["--packing", "2", "Proj", "exp1", "x.tcl"])
    #expect(again.status == 1)
    #expect(again.output == "")
    #expect(again.errors.hasPrefix("Error: experiment Proj/exp1 exists already: "))
    #expect(place.testbed == before)
    // Others beside it are no obstacle.
    #expect(try await place.run(["Proj", "exp2", "x.tcl"]).status == 0)
    #expect(try await place.run(["Other", "exp1", "x.tcl"]).status == 0)
    #expect(before.contents.allSatisfy { place.testbed.contents[$0.key] == $0.value })
  }

  @Test func outputGoesToAnEmptyDirectoryOrANewOneAndNowhereElse() async throws {
    try place.folder.write(Topologies.star(), to: "x.tcl")
    try place.folder.write("mine", to: "full/x")
    try FileManager.default.createDirectory(
      at: place.folder.url.appending(path: "empty"), withIntermediateDirectories: false)
    for directory in ["full", ".", "x.tcl"] {
      let result = try await place.run(["--output", directory, "Proj", "exp1", "x.tcl"])
      #expect(result.status == 1)
      #expect(result.errors.split(separator: "\n").count == 1)
    }
    #expect(FileSnapshot(of: place.folder.url).paths == ["empty", "full", "full/x", "x.tcl"])
    for directory in ["empty", "new/deep"] {
      #expect(try await place.run(["--output", directory, "Proj", "exp1", "x.tcl"]).status == 0)
      #expect(FileSnapshot(of: place.folder.url).paths.contains("\(directory)/topo.xml"))
    }
  }

  @Test func aDryRunCreatesNothing() async throws {
    try place.folder.write(Topologies.star(), to: "x.tcl")
    let result = try await place.run(["--dry-run", "--packing", "2", "Proj", "exp1", "x.tcl"])
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(
      result.output.hasPrefix("Proj/exp1: 10 computers on 5 hosts\n8 cross-host links; no plan on 5 hosts has fewer"))
    #expect(FileSnapshot(of: place.folder.url).paths == ["x.tcl"])
  }

  @Test func jsonHasTheDocumentedKeys() async throws {
    try place.folder.write(Topologies.star(), to: "x.tcl")
    let plan = try await place.plan(["--packing", "2"], "x.tcl")
    #expect(plan.project == "Proj")
    #expect(plan.experiment == "exp1")
    #expect(plan.hosts == 5)
    #expect(plan.cost == 8)
    #expect(plan.lowerBound <= plan.cost)
    #expect(!plan.optimal || plan.lowerBound == plan.cost)
    #expect(plan.partitions.map(\.name) == (0..<5).map { "pnode-000\($0)" })
    #expect(plan.partitions.allSatisfy { $0.kind == "openvz" })
    #expect(plan.partitions.flatMap(\.computers).sorted() == (["center"] + (0..<9).map { "n-\($0)" }).sorted())
    #expect(plan.directory == place.directory("Proj", "exp1").path)
    #expect(plan.url == "http://www.isi.deterlab.net//showexp.php3?pid=Proj&eid=exp1")

    let created = try await place.run(["--json", "--packing", "2", "Proj", "exp1", "x.tcl"])
    let said = try JSONDecoder().decode(Plan.self, from: Data(created.output.utf8))
    #expect(said.sizes == plan.sizes)
    #expect(place.testbed.paths.contains("proj/Proj/exp/exp1/containers/topo.xml"))
  }

  @Test func debugTellsOfEachStageOnStandardError() async throws {
    try place.folder.write(Topologies.star(), to: "x.tcl")
    let result = try await place.run(["--debug", "Proj", "exp1", "x.tcl"])
    #expect(result.output.hasPrefix("Containerized experiment"))
    let stages = result.errors.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    #expect(stages == ["read", "annotate", "partition", "embed", "emit", "create"])
    #expect(result.errors.contains("10 computers, 9 substrates"))
  }

  @Test func warningsGoToStandardErrorAndHinderNothing() async throws {
    let script = Topologies.star(
      center: "tb-add-node-attribute $center containers:node_type open_vz", satellite: "$ns trace-all x"
    ).replacing("rtproto", with: "rtptoto")
    try place.folder.write(script, to: "x.tcl")
    let result = try await place.run(["Proj", "exp1", "x.tcl"])
    #expect(result.status == 0)
    #expect(result.errors.contains("x.tcl:7: warning: "))
    #expect(result.errors.contains("x.tcl:10: warning: "))
    #expect(result.errors.contains("warning: `open_vz` is read as `openvz` (center)\n"))
    #expect(result.output.hasPrefix("Containerized experiment"))
  }

  @Test(arguments: [
    [], ["Proj"], ["Proj", "exp1"], ["Proj", "exp1", "x.tcl", "more"], ["--nonsense", "Proj", "exp1", "x.tcl"],
    ["--packing", "many", "Proj", "exp1", "x.tcl"], ["--packing", "--", "Proj", "exp1", "x.tcl"],
    ["--default-container", "chroot", "Proj", "exp1", "x.tcl"], ["--pass-pack", "1", "Proj", "exp1", "x.tcl"],
    ["--pass-size", "0:0", "Proj", "exp1", "x.tcl"], ["--pass-nodes-only", "x", "Proj", "exp1", "x.tcl"],
    ["--pass-pnodes", "pc", "Proj", "exp1", "x.tcl"], ["--pnode-types", "", "Proj", "exp1", "x.tcl"],
    ["--effort", "heroic", "Proj", "exp1", "x.tcl"], ["--seed", "-1", "Proj", "exp1", "x.tcl"],
    ["--time-limit", "0", "Proj", "exp1", "x.tcl"],
    ["--packing", "0", "Proj", "exp1", "x.tcl"], ["--size", "0", "Proj", "exp1", "x.tcl"],
    ["--openvz-diskspace", "lots", "Proj", "exp1", "x.tcl"],
    ["--force-partition", "--complete-partition", "Proj", "exp1", "x.tcl"],
    ["--end-node-shaping", "--vde-switch-shaping", "Proj", "exp1", "x.tcl"],
    ["--openvz-template-dir", "/tmp", "Proj", "exp1", "x.tcl"],
    ["--prefer-qemu-users", (0..<20).map { "u\($0)" }.joined(separator: ","), "Proj", "exp1", "x.tcl"],
  ])
  func wrongUsageEndsWith64(_ arguments: [String]) async throws {
    try place.folder.write(Topologies.star(), to: "x.tcl")
    let result = try await place.run(arguments)
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("Error: "))
    #expect(place.testbed.paths == [])
  }

  @Test(arguments: [
    ["Pr oj", "exp1", "x.tcl"], ["Proj", "e", "x.tcl"], ["Proj", "../exp1", "x.tcl"], ["..", "exp1", "x.tcl"],
    ["Proj", "exp_1", "x.tcl"], ["Proj", "exp1", "missing.tcl"], ["Proj", "exp1", "missing.xml"],
    ["Proj", "exp1", "."],
    ["--config", "missing.conf", "Proj", "exp1", "x.tcl"],
  ])
  func whatCannotBeMetEndsWith1InOneLine(_ arguments: [String]) async throws {
    try place.folder.write(Topologies.star(), to: "x.tcl")
    let result = try await place.run(arguments)
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("Error: "))
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(FileSnapshot(of: place.folder.url).paths == ["x.tcl"])
  }

  @Test func helpListsEveryOptionInGroups() async throws {
    let result = try await place.run(["--help"])
    #expect(result.status == 0)
    for option in OptionTests.options.map(\.name) + ["--image/--no-image", "--help", "--output", "--dry-run"] {
      #expect(result.output.contains(option), "\(option)")
    }
    for group in ["PACKING:", "SITE:", "SEARCH:", "OUTPUT:"] { #expect(result.output.contains("\n\(group)\n")) }
    for command in ["annotate", "partition"] {
      let result = try await place.run("containerize", [command, "--help"])
      #expect(result.status == 0)
      #expect(result.output.contains("USAGE: containerize \(command) "))
    }
  }
}
