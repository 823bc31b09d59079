import Foundation
import TestSupport
import Testing

/// Mounts that only one program and what it starts can see.
private enum MountNamespace {
  /// The options of `unshare` that let us mount; `nil` where none do.
  static var options: String? {
    get async { await search.value }
  }

  private static let search = Task { () -> String? in
    for options in ["--mount", "--map-root-user --mount"] {
      let result = try? await Workplace().shell("mkdir x; unshare \(options) mount -t tmpfs tmpfs x")
      if result?.status == 0 { return options }
    }
    return nil
  }
}

/// Full disks and directories that can't be written, in mounts that only the test sees.
///
/// Where mounting isn't allowed these tests are skipped: as in containers without privileges.
@Suite(.enabled("mounting is not allowed here") { await MountNamespace.options != nil })
struct FileSystemTests {
  /// Runs a command with a small file system mounted at `testbed`, and lists what is in it at the end.
  private func run(_ place: Workplace, options: String, _ command: String) async throws -> Program.Result {
    try FileManager.default.createDirectory(at: place.home, withIntermediateDirectories: false)
    let namespace = try #require(await MountNamespace.options)
    try place.folder.write(
      """
      mount -t tmpfs -o \(options) tmpfs testbed || exit 99
      \(command)
      status=$?
      cd testbed && find . -mindepth 1
      exit $status
      """, to: "script")
    return try await place.shell("unshare \(namespace) bash script")
  }

  @Test func aFullDiskIsSaidAndNothingStaysBehind() async throws {
    let place = try Workplace()
    try place.folder.write(Topologies.ring(200), to: "ring.xml")
    let result = try await run(
      place, options: "size=64k", "containerize --no-image --effort fast Proj exp1 ring.xml")
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.contains("no space left on device"))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: ["", "--output testbed/out"])
  func aPlaceThatCannotBeWrittenIsSaidBeforeTheFileIsRead(_ options: String) async throws {
    let place = try Workplace()
    let result = try await run(place, options: "ro", "containerize \(options) Proj exp1 missing.xml")
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.contains("read-only file system"))
    #expect(result.errors.split(separator: "\n").count == 1)
  }
}
