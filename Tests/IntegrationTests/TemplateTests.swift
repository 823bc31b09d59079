import Foundation
import TestSupport
import Testing

/// Light nodes that have the files of a template in place of this machine's.
@Suite(.serialized, .enabled(if: Machine.missing.isEmpty, Machine.reason))
struct TemplateTests {
  /// Makes `tiny.tar.gz`: a root file system of some of this machine's programs, with device files that nodes don't get.
  private static let archive = """
    mkdir -p root/bin root/etc root/dev templates
    for program in sh cat ping hostname; do
      path=$(readlink -f "$(command -v $program)"); cp "$path" root/bin/$program
      for library in $(ldd "$path" | grep -o '/[^ )]*'); do cp --parents --dereference "$library" root; done
    done
    echo tiny > root/etc/release
    mknod root/dev/disk b 254 0; mknod root/disk b 254 0
    tar -C root -czf tiny.tar.gz .
    cp tiny.tar.gz templates/named.tar.gz
    printf '[s]\\nopenvz_template_dir = %s/templates\\n' "$PWD" > site.conf
    """

  /// Nodes that ask for templates, one each, on a LAN.
  private static func nodes(_ templates: [String]) -> String {
    let names = templates.indices.map { "n\($0)" }
    return zip(names, templates).map { name, template in
      """
      set \(name) [$ns node]
      \(template.isEmpty ? "" : "tb-add-node-attribute $\(name) containers:openvz_template {\(template)}")
      tb-set-node-startcmd $\(name) "cat /etc/release; exit 3"
      """
    }.joined(separator: "\n") + "\n$ns make-lan \"\(names.map { "$\($0)" }.joined(separator: " "))\" 100Mb 0ms"
  }

  @Test func aNodeHasTheFilesOfItsTemplateByPathNameOrURL() async throws {
    try await LocalTestbedPlace.with { place in
      try await #require(place.bash("set -e\n\(Self.archive)").status == 0)
      let sum = try await place.bash("sha256sum tiny.tar.gz | cut -c 1-64").output.dropLast()
      let archive = "\(place.url.path)/tiny.tar.gz"
      let server = try BackgroundProgram(
        "/usr/bin/env", ["python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "-d", place.url.path])
      defer { server.kill() }
      let words = server.line { $0.hasPrefix("Serving HTTP") }?.split(separator: " ") ?? []
      let port = try #require(words.firstIndex(of: "port").map { words[$0 + 1] }, "there is no python3")
      try await place.create(
        Self.nodes([
          "file://\(archive)#sha256=\(sum)", "named", "http://127.0.0.1:\(port)/tiny.tar.gz", "", "none-such",
        ]), options: ["--config", place.url.appending(path: "site.conf").path])
      let result = try await place.testbed(["swapin", "P1/e1"])
      try #require(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("fetching http://127.0.0.1:\(port)/tiny.tar.gz"))
      #expect(
        result.errors.contains(
          "no template none-such in \(place.url.path)/templates: nodes that ask for it see this machine's files"))
      for node in ["n0", "n1", "n2"] {
        let script = """
          set -e; cat /etc/release; hostname; [ ! -e /usr/bin/env ]; [ ! -e /disk ]; [ ! -e /dev/disk ]
          cat /var/containers/eid; for peer in n0 n1 n2 n3 n4; do ping -q -c 1 -W 5 $peer > /dev/null; done
          echo mine > /etc/release; echo mine > /root/mine
          """
        let told = try await place.testbed(["exec", "P1/e1", node, "--", "/bin/sh", "-c", script])
        #expect(told.status == 0 && told.output == "tiny\n\(node)\ne1\n", "\(told.output)\(told.errors)")
        #expect(try await place.ended(node)?.exitCode == 3)
      }
      try await place.done("reboot", "P1/e1", "n0")
      #expect(try await place.ended("n0")?.exitCode == 3)
      let log = try await place.testbed(["exec", "P1/e1", "n0", "--", "cat", "/var/containers/log/start_command.out"])
      #expect(log.output == "tiny\nmine\n")
      for node in ["n3", "n4"] {
        #expect(try await place.shell(node, "[ -e /usr/bin/env ] && cat /root/mine").status == 1)
      }
      try await place.done("swapout", "P1/e1")
      // Unpacked once, it is only read, and the server isn't asked again.
      server.kill()
      try await place.done("swapin", "P1/e1")
      #expect(try await place.testbed(["exec", "P1/e1", "n2", "--", "cat", "/etc/release"]).output == "tiny\n")
    }
  }

  @Test func aTemplateThatCantBeHadIsRefusedBeforeThereAreHosts() async throws {
    try await LocalTestbedPlace.with { place in
      try await #require(
        place.bash("set -e\n\(Self.archive)\necho no > no.tar.gz; tar -C root -czf part.tar.gz etc").status == 0)
      let path = place.url.path
      let wrong = String(repeating: "0", count: 64)
      for (template, reason) in [
        ("\(path)/none.tar.gz", "template \(path)/none.tar.gz: no such file or directory"),
        ("\(path)/no.tar.gz", "template \(path)/no.tar.gz can't be unpacked: "),
        ("\(path)/part.tar.gz", "template \(path)/part.tar.gz is no root file system: it has no /bin/sh"),
        ("\(path)/tiny.tar.gz#sha256=\(wrong)", "not \(wrong)"),
        ("http://127.0.0.1:1/x", "template http://127.0.0.1:1/x can't be fetched: curl: (7)"),
        ("a/b", "template a/b: neither a URL (http, https, file), nor a path from /, nor a name"),
      ] {
        try await place.create(Self.nodes([template, ""]))
        let result = try await place.testbed(["swapin", "P1/e1"])
        #expect(result.status == 1 && result.errors.contains(reason), "\(result.errors)")
        #expect(!result.errors.contains("hosts started"))
        #expect(try await place.status().state == "swapped" && place.processes.isEmpty)
        try await place.done("end", "P1/e1")
      }
      #expect(try await place.bash("ls home/images/templates | grep -v lock").output.isEmpty)
    }
  }
}
