import Emitting
import Foundation
import Planning
import TestSupport
import Testing
import TopologyModel

/// The programs that files are for take them.
struct ProgramTests {
  private static let isRoot = getuid() == 0

  @Test(.enabled(if: Validator.tar.isInstalled, "tar isn't installed"))
  func tarFindsEveryFileInTheArchive() async throws {
    let long = String(repeating: "n", count: 180)
    var files = try EmittingCase.shaped().experiment.files()
    files += [EmittedFile("route/\(long)", Array("long\n".utf8)), EmittedFile("empty", [])]
    files.sort { $0.path < $1.path }
    let half = files.count / 2
    let archive =
      ConfigurationArchive.piece(of: Array(files[..<half])) + ConfigurationArchive.piece(of: Array(files[half...]))
      + ConfigurationArchive.end
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "config.tgz").path
    try Data(archive).write(to: URL(filePath: path))
    let list = try await Validator.tar.run(["tzf", path])
    #expect(list.output.split(separator: "\n").map(String.init) == files.map(\.path))
    let extraction = try await Validator.tar.run(["xzf", path], in: folder.url)
    #expect(extraction.status == 0 && extraction.errors.isEmpty, "\(extraction.errors)")
    for file in files {
      #expect(try Data(contentsOf: folder.url.appending(path: file.path)) == Data(file.contents))
    }
    let python = """
      import sys, tarfile
      with tarfile.open(sys.argv[1]) as archive:
          print(sum(member.size for member in archive), {(m.mtime, m.uid, m.gid, m.mode) for m in archive})
      """
    let other = try await Validator.python.run(["-c", python, path])
    #expect(other.output == "\(files.reduce(0) { $0 + $1.contents.count }) {(0, 0, 0, 420)}\n", "\(other.errors)")
    // A damaged archive is found out.
    try Data(archive.dropLast(40)).write(to: URL(filePath: path))
    #expect(try await Validator.tar.run(["tzf", path]).status != 0)
  }

  @Test(
    .enabled(if: Validator.ip.isInstalled && isRoot, "ip isn't installed, or this isn't root"),
    arguments: EmittingCase.all)
  func ipTakesTheRoutesOfEveryNode(_ example: EmittingCase) async throws {
    let folder = try DirectoryFolder(example.experiment)
    let embedding = example.experiment.embedding
    for computer in embedding.topology.computers where !computer.interfaces.isEmpty {
      // The node's addresses, on interfaces that lead nowhere, in a network namespace of its own.
      var commands = ["set -e"]
      for (number, interface) in computer.interfaces.enumerated() {
        let network = embedding.addresses.networks[embedding.topology.interfaces[interface].substrate]
        let address = embedding.addresses.addresses[interface]
        commands.append("ip link add e\(number) type veth peer name p\(number) && ip link set e\(number) up")
        commands.append("ip address add \(address)/\(network.prefixLength) dev e\(number)")
      }
      commands.append("ip -batch '\(folder.path("route/\(computer.name)"))'")
      let result = try await Validator.unshare.run(["--net", "sh", "-c", commands.joined(separator: "\n")])
      #expect(result.status == 0, "\(computer.name): \(result.errors)")
    }
  }

  @Test(.enabled(if: Validator.vdeSwitch.isInstalled, "vde_switch isn't installed"))
  func aSwitchTakesItsCommands() async throws {
    let folder = try DirectoryFolder(EmittingCase.shaped().experiment)
    let files = folder.paths(in: "switch")
    #expect(files == ["switch/pnode-0000/switch-0.rc"])
    for file in files {
      let ports = try folder.text(file).split(separator: "\n").count { $0.hasPrefix("port/create") }
      // The switch ends where its standard input does; what it doesn't understand it says.
      let run = try await Program("/bin/sh").run([
        "-c", "vde_switch -s \"$1/socket\" -n 64 -f \"$2\" </dev/null", "sh", folder.folder.url.path, folder.path(file),
      ])
      let failures = run.output.split(separator: "\n").filter { $0.hasPrefix("1") && !$0.hasPrefix("1000") }
      #expect(failures == [] && run.errors == "" || run.errors.contains("EOF"), "\(run)")
      #expect(ports > 6)
    }
  }
}
