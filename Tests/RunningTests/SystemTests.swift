import Foundation
import HostManifests
import TestSupport
import Testing

@testable import Running

struct SystemTests {
  @Test func aCommandReadsAndWritesAndEndsWithItsCode() throws {
    let outcome = try SystemCommand.run("/bin/sh", ["-c", "cat; echo oops >&2; exit 3"], input: "hello")
    #expect(outcome.code == 3 && outcome.output == "hello" && outcome.errors == "oops\n")
  }

  @Test func aProgramThatIsntThereEndsAsShellsSay() throws {
    #expect(try SystemCommand.run("/nowhere", []).code == 127)
  }

  @Test func aProcessHasNoneOfOurDescriptors() throws {
    let outcome = try SystemCommand.run("/bin/ls", ["/proc/self/fd"])
    // The fourth is that of the directory.
    #expect(outcome.output.split(whereSeparator: \.isNewline) == ["0", "1", "2", "3"])
  }

  /// `tc` knows the disciplines that we write, whether the kernel has them or not.
  @Test(.enabled(if: HostCapabilities.probed().isPrivileged, "namespaces need root"))
  func queueingDisciplinesAreWhatTcReads() throws {
    for direction in [
      InterfaceShaping.Direction(delayMilliseconds: 10.5, loss: 0.025, kilobitsPerSecond: 1234.5),
      InterfaceShaping.Direction(delayMilliseconds: 0, loss: 1, kilobitsPerSecond: nil),
      InterfaceShaping.Direction(delayMilliseconds: 0, loss: 0, kilobitsPerSecond: 1_000_000),
    ] {
      let line = direction.queueingDiscipline(on: "lo")
      let outcome = try SystemCommand.run(
        SystemCommand.path(of: "tc"), ["-batch", "-"], input: line, namespaces: .network)
      #expect(
        outcome.code == 0 || outcome.errors.contains("Specified qdisc kind is unknown"), "\(line): \(outcome.errors)")
    }
  }

  @Test(.enabled(if: HostCapabilities.probed().isPrivileged, "namespaces need root"))
  func theLineThatIpRefusesIsSaid() throws {
    let process = try SystemProcess("/bin/sleep", ["30"], environment: [], namespaces: .network)
    defer {
      process.kill()
      process.wait()
    }
    let network = try SystemProcess.networkNamespace(of: process.number)
    let error = #expect(throws: RunningError.self) {
      try SystemCommand.batch(.ip, ["link set dev lo up", "link set dev nothing up"], in: network)
    }
    #expect(error?.description == "ip link set dev nothing up: Cannot find device \"nothing\"")
  }

  @Test func aManifestThatIsntOneSaysWhere() throws {
    let folder = try TemporaryFolder()
    func problem(_ text: String) throws -> String? {
      let file = try folder.write(text, to: "m.json")
      let error = #expect(throws: RunningError.self) { try HostManifest(file: file) }
      return error?.description.replacing(folder.url.path, with: "")
    }
    #expect(try problem("{}") == "/m.json: the document has no \"version\"")
    #expect(try problem(#"{"version": "one"}"#) == "/m.json: version is of the wrong type")
    #expect(try problem("[")?.hasPrefix("/m.json: the document isn't what a host manifest has there") == true)
    #expect(throws: RunningError.self) { try HostManifest(file: folder.url.path + "/none.json") }
  }
}
