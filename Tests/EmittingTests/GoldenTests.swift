import Emitting
import TestSupport
import Testing

struct GoldenTests {
  @Test(arguments: EmittingCase.all)
  func everyFileIsAsRecorded(_ example: EmittingCase) throws {
    for file in try example.experiment.files() {
      try expectGolden("\(example)/\(file.path)", String(decoding: file.contents, as: UTF8.self))
    }
  }

  @Test(arguments: EmittingCase.all.filter { ["lan-over-three-hosts", "mixed-kinds", "shaped"].contains($0.name) })
  func everyEmittedFileIsAsRecorded(_ example: EmittingCase) throws {
    for file in try example.experiment.files(for: Emitter.allCases) {
      try expectGolden("\(example)/\(file.path)", String(decoding: file.contents, as: UTF8.self))
    }
  }

  @Test func anExperimentHasTheDocumentedFiles() throws {
    let paths = try EmittingCase("star", .documentedStar()).experiment.files().map(\.path)
    let documented = [
      "annotated.xml", "assignment", "experiment.tcl", "hosts", "partitioned.xml", "phys_topo.ns", "phys_topo.xml",
      "pid_eid", "site.conf", "topo.xml",
    ]
    #expect(Set(documented).subtracting(paths) == [])
    #expect(Set(paths).count == paths.count)
  }

  @Test func theInputIsCopiedByteForByteUnderTheNameOfItsLanguage() throws {
    let example = try EmittingCase("star", .documentedStar(), language: .topDL)
    #expect(try example.text("experiment.xml") == "# star\n")
    #expect(try !example.experiment.files().contains { $0.path == "experiment.tcl" })
  }
}
