import Foundation
import TestSupport
import Testing
import TopologyModel
import TopologyReading

/// The stages by themselves, and the programs around them.
struct StageCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.folder.write(Topologies.star(), to: "x.tcl")
  }

  @Test func theStagesInAPipeGiveWhatTheCommandGives() async throws {
    let options = "--packing 3 --default-container=process"
    let piped = try await place.shell(
      "containerize annotate \(options) x.tcl | tee annotated | containerize partition \(options) /dev/stdin")
    #expect(piped.status == 0)
    #expect(piped.errors == "")
    let whole = try await place.shell("containerize --no-image \(options) Proj exp1 x.tcl")
    #expect(whole.status == 0)
    let annotated = try String(contentsOf: place.folder.url.appending(path: "annotated"), encoding: .utf8)
    #expect(annotated == (try place.text("annotated.xml")))
    #expect(piped.output == (try place.text("partitioned.xml")))
    // A partitioned topology is laid on hosts as it is.
    try place.folder.write(piped.output, to: "partitioned.xml")
    #expect(try await place.plan([], "partitioned.xml").sizes == place.plan(["--packing=3"], "x.tcl").sizes)
  }

  @Test(arguments: ["annotate", "partition"])
  func aStageThatFailsWritesNothing(_ stage: String) async throws {
    try place.folder.write("<experiment>", to: "bad.xml")
    let result = try await place.run("containerize", [stage, "bad.xml"])
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("Error: bad.xml:1: "))
    #expect(try await place.run("containerize", [stage]).status == 64)
    #expect(place.testbed.paths == [])
  }

  @Test func aProjectMayBeCalledAsAStageIs() async throws {
    let result = try await place.run(["--", "partition", "exp1", "x.tcl"])
    #expect(result.status == 0)
    #expect(try place.text("pid_eid", in: "partition") == "partition\nexp1\n")
  }

  @Test func ns2topdlWritesTopDLAndWarnings() async throws {
    try place.folder.write(
      Topologies.star(center: "$ns trace-all x; puts {as I go}"), to: "warned.tcl")
    let result = try await place.run("ns2topdl", ["warned.tcl"])
    #expect(result.status == 0)
    #expect(try TopDLReader.read(Array(result.output.utf8), file: "").computers.count == 10)
    #expect(result.errors.hasPrefix("as I go\nwarned.tcl:4: warning: "))
    let quiet = try await place.run("ns2topdl", ["-q", "warned.tcl"])
    #expect(quiet == .init(status: 0, output: result.output, errors: "as I go\n"))
    for option in ["-n", "--check-only"] {
      let checked = try await place.run("ns2topdl", [option, "warned.tcl"])
      #expect(checked == .init(status: 0, output: "", errors: result.errors))
    }
    for arguments in [["--quiet", "-n", "bad.tcl"], ["-n", "bad.tcl"], ["bad.tcl"]] {
      try place.folder.write("set ns [new Simulator]\n$ns nonsense\n$ns duplex-link\n$ns run\n", to: "bad.tcl")
      let bad = try await place.run("ns2topdl", arguments)
      #expect(bad.status == 1)
      #expect(bad.output == "")
      #expect(bad.errors.contains("bad.tcl:3: wrong # args"))
      #expect(bad.errors.contains("warning") == !arguments.contains("--quiet"))
    }
    #expect(try await place.run("ns2topdl", []).status == 64)
    #expect(try await place.run("ns2topdl", ["--time-limit", "0", "x.tcl"]).status == 64)
  }

  // MARK: The site's own converter

  private func convert(_ script: String, converter: String = "/bin/sh convert.sh --file") async throws -> Program.Result
  {
    try place.folder.write(script, to: "convert.sh")
    try place.folder.write("[site]\ntopdl_converter = \(converter)\n", to: "site.conf")
    return try await place.run(["--config", "site.conf", "Proj", "exp1", "x.tcl"])
  }

  @Test func theSitesConverterIsAskedInsteadOfOurs() async throws {
    try place.folder.write(Topologies.ring(4), to: "ring.xml")
    let result = try await convert("[ \"$*\" = '--file x.tcl' ] || exit 9; echo noticed >&2; cat ring.xml")
    #expect(result.status == 0)
    #expect(result.errors == "noticed\n")
    #expect(try place.text("hosts").contains(" n-3\n"))
    #expect(try place.text("experiment.tcl") == Topologies.star())
  }

  @Test func whatTheConverterComplainsOfIsPassedOn() async throws {
    let result = try await convert("echo half; echo 'no such link' >&2; exit 3")
    #expect(result == .init(status: 1, output: "", errors: "Error: no such link\n"))
    let silent = try await convert("exit 3")
    #expect(silent == .init(status: 1, output: "", errors: "Error: x.tcl: /bin/sh failed with status 3\n"))
    let killed = try await convert("kill -9 $$")
    #expect(killed == .init(status: 1, output: "", errors: "Error: x.tcl: /bin/sh was ended by signal 9\n"))
  }

  @Test func whatIsNoTopDLIsRefusedWithItsPlace() async throws {
    let result = try await convert("echo '<experiment>'; echo '<nonsense/></experiment>'")
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("Error: x.tcl"))
    #expect(result.errors.contains(":2: "))
  }

  @Test(arguments: ["missing-program --file", "./missing.sh", ""])
  func aConverterThatIsNotThereIsSaid(_ converter: String) async throws {
    let result = try await convert("", converter: converter)
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("Error: "))
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    #expect(place.testbed.paths == [])
  }
}
