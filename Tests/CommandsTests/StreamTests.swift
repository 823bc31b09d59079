import Foundation
import TestSupport
import Testing

/// Standard streams that are closed, full, or not read.
struct StreamTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.folder.write(Topologies.star(), to: "x.tcl")
    try place.folder.write(Topologies.ring(500), to: "ring.xml")
  }

  @Test(arguments: ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
  func missingOnesDoNoHarm(_ closed: String) async throws {
    let result = try await place.shell("containerize --no-image Proj exp1 x.tcl \(closed)")
    #expect(result.status == 0)
    let files = FileSnapshot(of: place.directory("Proj", "exp1"))
    #expect(files.paths.count >= 10)
    // Nothing that was meant for a stream is in a file.
    #expect(
      !files.contents.values.contains {
        $0.map { String(decoding: $0, as: UTF8.self).contains("successfully") } == true
      })
  }

  @Test(arguments: [
    "containerize annotate ring.xml", "containerize partition --effort fast ring.xml", "ns2topdl x.tcl",
    "containerize --dry-run --json --effort fast Proj exp1 ring.xml",
  ])
  func aReaderThatGoesAwayIsNothingToComplainOf(_ command: String) async throws {
    let result = try await place.shell("\(command) | head --bytes 1 >/dev/null; exit ${PIPESTATUS[0]}")
    // Where nobody reads, the system ends programs that don't ask it not to.
    #expect([0, 128 + SIGPIPE].contains(result.status))
    #expect(result.errors == "")
  }

  @Test(arguments: [
    "containerize annotate ring.xml", "ns2topdl x.tcl", "containerize --dry-run Proj exp1 x.tcl",
  ])
  func resultsThatCannotBeWrittenAreAnError(_ command: String) async throws {
    let result = try await place.shell("\(command) >/dev/full")
    #expect(result.status == 1)
    #expect(result.errors == "Error: can't write to standard output: no space left on device\n")
  }
}
