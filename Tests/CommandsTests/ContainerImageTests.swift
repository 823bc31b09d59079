import Foundation
import TestSupport
import Testing

@Suite struct ContainerImageTests {
  private let folder: TemporaryFolder
  private let topology: String

  /// Two computers and a link between them.
  private static let document =
    "<experiment><substrates><name>wire</name></substrates>"
    + ["a", "b"].map { name in
      "<elements><computer><name>\(name)</name><interface><substrate>wire</substrate></interface></computer></elements>"
    }.joined() + "</experiment>"

  init() throws {
    folder = try TemporaryFolder()
    topology = try folder.write(Self.document, to: "topology.xml")
  }

  private func run(_ arguments: [String], path: String? = nil) async throws -> Program.Result {
    var environment = ["CONTAINERIZE_HOME": folder.url.path]
    environment["PATH"] = path
    return try await Program.built("container_image").run(arguments, environment: environment, in: folder.url)
  }

  private var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() }
  }

  @Test(
    .enabled(if: Program.installed("dot") != nil, "Graphviz isn't installed"),
    arguments: [
      ("png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), ("PNG", [0x89, 0x50, 0x4E, 0x47]),
      ("jpg", [0xFF, 0xD8, 0xFF]), ("svg", Array("<?xml".utf8)), ("pdf", Array("%PDF-".utf8)),
    ] as [(String, [UInt8])])
  func theSuffixSaysWhatIsDrawn(suffix: String, beginning: [UInt8]) async throws {
    let outcome = try await run([topology, "out.\(suffix)"])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(
      try Data(contentsOf: folder.url.appending(path: "out.\(suffix)")).prefix(beginning.count) == Data(beginning))
    #expect(try files == ["out.\(suffix)", "topology.xml"], "nothing else is left")
  }

  @Test(arguments: [
    ["topology.xml", "out.dot"], ["--topo", "topology.xml", "out.dot"], ["--out=out.dot", "topology.xml"],
    ["--topo=topology.xml", "--out=out.dot"], ["--experiment=P1/e1", "out.dot"],
    ["--experiment", "P1/e1", "--out", "out.dot"],
  ])
  func topologyAndOutputAreNamedInAnyDocumentedWay(arguments: [String]) async throws {
    try folder.write(Self.document, to: "proj/P1/exp/e1/containers/topo.xml")
    // None of these needs Graphviz.
    let outcome = try await run(arguments, path: "/nowhere")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let dot = try String(contentsOf: folder.url.appending(path: "out.dot"), encoding: .utf8)
    #expect(dot.contains(#""computer a" -- "computer b" [label="wire"]"#))
  }

  @Test func aPageIsWrittenBesideOrInPlaceOfADrawing() async throws {
    #expect(try await run([topology, "--html", "page.html"]).status == 0)
    #expect(try await run([topology, "out.dot", "--html=other.html"]).status == 0)
    #expect(try await run([topology, "third.html"]).status == 0)
    #expect(try files == ["other.html", "out.dot", "page.html", "third.html", "topology.xml"])
    #expect(
      try Data(contentsOf: folder.url.appending(path: "page.html"))
        == Data(contentsOf: folder.url.appending(path: "third.html")))
  }

  @Test func anExistingFileIsReplaced() async throws {
    try folder.write("old", to: "out.dot")
    #expect(try await run([topology, "out.dot"]).status == 0)
    #expect(try String(contentsOf: folder.url.appending(path: "out.dot"), encoding: .utf8).hasPrefix("graph {"))
  }

  @Test func theDeprecatedOptionIsAcceptedWithAWarning() async throws {
    let outcome = try await run(["--attr-prefix=benito:", topology, "out.dot"])
    #expect(outcome.status == 0)
    #expect(
      outcome.errors == "warning: --attr-prefix is deprecated and has no effect: attributes begin with containers:\n")
  }

  @Test(arguments: [
    ([], "name a topology"), (["topology.xml"], "name the file to write"),
    (["topology.xml", "out.bmp"], "end it in .png"), (["topology.xml", "out"], "end it in .png"),
    (["topology.xml", "a.png", "b.png"], "b.png is one file too many"),
    (["--topo=topology.xml", "--experiment=P1/e1", "a.png"], "exclude each other"),
    (["topology.xml", "--html", "a.png"], "end it in .html"),
    (["topology.xml", "a.png", "--time-limit", "0"], "time limit"),
  ])
  func wrongCommandLinesAreExplained(arguments: [String], explanation: String) async throws {
    let outcome = try await run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(explanation), "\(outcome.errors)")
    #expect(try files == ["topology.xml"])
  }

  @Test(arguments: [
    (["missing.xml", "a.dot"], "missing.xml: can't be read"), (["broken.xml", "a.dot"], "broken.xml:1: "),
    (["--experiment=P1/e2", "a.dot"], "there is no experiment P1/e2"),
    (["--experiment=P1/G/e2", "a.dot"], "without a group"),
    (["topology.xml", "a.dot", "--overview"], "partition it first"),
    (["topology.xml", "none/a.dot"], "none/a.dot: can't be written"),
  ])
  func whatCannotBeDoneIsExplainedAndLeavesNothing(arguments: [String], explanation: String) async throws {
    try folder.write("<experiment><nonsense/></experiment>", to: "broken.xml")
    let outcome = try await run(arguments)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(explanation), "\(outcome.errors)")
    #expect(try files == ["broken.xml", "topology.xml"])
  }

  @Test func withoutGraphvizTheMessageSaysWhatToInstall() async throws {
    let outcome = try await run([topology, "a.png"], path: "/nowhere")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("install the package graphviz"))
    #expect(try files == ["topology.xml"])
  }

  @Test func aSlowGraphvizIsStopped() async throws {
    let slow = try slowGraphviz(in: folder)
    let outcome = try await run([topology, "a.png", "--time-limit", "0.3"], path: slow)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("drawing takes Graphviz more than 0.3 s"))
    #expect(try files == ["slow", "topology.xml"])
  }

  @Test(.enabled(if: Program.installed("dot") != nil, "Graphviz isn't installed"))
  func whatGraphvizRefusesIsReported() async throws {
    let outcome = try await run([topology, "a.png", "--program", "nonsense"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(#"Graphviz can't draw this: Layout type: "nonsense" not recognized"#))
  }
}

@Suite struct VisualizationTests {
  private func create(_ arguments: [String], path: String? = nil, in folder: TemporaryFolder) async throws
    -> Program.Result
  {
    let file = try folder.write(
      "<experiment><elements><computer><name>a</name></computer></elements></experiment>", to: "a.xml")
    var environment = ["CONTAINERIZE_HOME": folder.url.path]
    environment["PATH"] = path
    return try await Program.built("containerize").run(arguments + ["P1", "e1", file], environment: environment)
  }

  private func image(in folder: TemporaryFolder) -> Data? {
    try? Data(contentsOf: folder.url.appending(path: "proj/P1/exp/e1/containers/visualization.png"))
  }

  @Test(.enabled(if: Program.installed("dot") != nil, "Graphviz isn't installed"))
  func anExperimentHasAPicture() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await create([], in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(image(in: folder)?.prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
  }

  @Test func thePictureCanBeLeftOut() async throws {
    let folder = try TemporaryFolder()
    #expect(try await create(["--no-image"], in: folder).status == 0)
    #expect(image(in: folder) == nil)
  }

  @Test func withoutGraphvizTheExperimentIsCreatedWithAWarning() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await create([], path: "/nowhere", in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("warning: no visualization.png: Graphviz"))
    #expect(outcome.output.contains("Containerized experiment P1/e1 successfully created!"))
    #expect(image(in: folder) == nil)
  }
}

/// A `PATH` on which Graphviz takes a minute.
private func slowGraphviz(in folder: TemporaryFolder) throws -> String {
  let program = try folder.write("#!/bin/sh\nexec sleep 60\n", to: "slow/dot")
  try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
  return "\(folder.url.path)/slow:/bin:/usr/bin"
}
