import Emitting
import Foundation
import Planning
import TestSupport
import Testing
import TopologyModel

/// The programs that files are for take them.
struct ProgramTests {
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

  /// Runs a program in the background, asks it something at its management socket, and ends it.
  private func ask(_ program: String, _ question: String, in folder: TemporaryFolder) async throws -> String {
    let script = """
      cd "$1"
      \(program) --daemon --pidfile "$1/pid" -M "$1/management" || exit 1
      for _ in $(seq 100); do [ -S management ] && [ -s pid ] && break; sleep 0.05; done
      unixcmd -s "$1/management" -f /etc/vde2/vdecmd \(question)
      kill "$(cat pid)"
      """
    let result = try await Program("/bin/sh").run(["-c", script, "sh", folder.url.path])
    try #require(result.status == 0, "\(result)")
    return result.output
  }

  @Test(.enabled(if: Validator.vdeSwitch.isInstalled, "vde_switch isn't installed"))
  func aSwitchHasThePortsThatItsCommandsMake() async throws {
    let folder = try DirectoryFolder(EmittingCase.shaped().experiment)
    #expect(folder.paths(in: "switch") == ["switch/pnode-0000/switch-0.rc"])
    let path = folder.path("switch/pnode-0000/switch-0.rc")
    let output = try await ask("vde_switch -s \"$1/socket\" -f '\(path)'", "vlan/allprint", in: TemporaryFolder())
    var vlan = 0
    var ports: [Int: Int] = [:]
    // The switch ends its lines with a zero byte too.
    for words in output.split(whereSeparator: { $0.isNewline || $0 == "\0" }).map({ $0.split(separator: " ") }) {
      if words.first == "VLAN", let number = words.last.flatMap({ Int($0) }) { vlan = number }
      if words.first == "--", words.count > 2, let number = Int(words[2]) { ports[number] = vlan }
    }
    // Two shaped ends of `slow`, one plain port, one shaped end of `thin`, and what leads outside from two networks.
    #expect(ports == [1: 2, 2: 2, 3: 1, 4: 3, 5: 3, 6: 1, 7: 4, 8: 4, 9: 6, 10: 6, 11: 5, 12: 5])
    let extra = try folder.text("switch_extra.yaml")
    for (port, vlan) in ports { #expect(extra.contains("\"port\": \(port), \"vlan\": \(vlan), ")) }
  }

  @Test(.enabled(if: Validator.wirefilter.isInstalled, "wirefilter isn't installed"))
  func aDelayElementDoesWhatItsArgumentsSay() async throws {
    let text = try EmittingCase.shaped().text("wirefilters.yaml")
    let line = try #require(text.split(separator: "\n").first { $0.contains("\"v-0\"") })
    let list = try #require(line.firstRange(of: "\"arguments\": [").map { line[$0.upperBound...].dropLast(2) })
    let arguments = list.split(separator: ",").map { $0.filter { $0 != "\"" && $0 != " " } }.joined(separator: " ")
    let folder = try TemporaryFolder()
    let setup =
      "vde_switch -s \"$1/socket\" --daemon --pidfile \"$1/switch\" && trap 'kill $(cat \"$1/switch\")' EXIT && "
    let output = try await ask(
      "\(setup) wirefilter -v \"$1/socket:$1/socket\" \(arguments)", "showinfo", in: folder)
    for expected in ["Loss   L->R 1+0U   R->L 1+0U", "Delay  L->R 12.5+0U   R->L 12.5+0U", "Bandw  L->R 187500+0U"] {
      #expect(output.contains(expected), "\(output)")
    }
  }
}
