import Foundation
import HostManifests
import TestSupport
import Testing

@testable import Running

/// Images of virtual machines: found, fetched once, and refused where they aren't sound.
@Suite(.enabled(if: Program.installed("qemu-img") != nil, "images are looked at by qemu-img"))
struct MachineImagesTests {
  private let folder: TemporaryFolder
  private let images: MachineImages

  init() throws {
    folder = try TemporaryFolder()
    images = MachineImages(directory: folder.url.appending(path: "images").path, owner: "tests")
  }

  private func path(_ name: String) -> String { folder.url.appending(path: name).path }

  private func image(_ text: String?, architecture: String? = nil) throws -> MachineImage {
    var node = HostManifest.host(1).nodes[0]
    (node.kind, node.image, node.architecture) = (.qemu, text, architecture)
    return try images.image(of: node)
  }

  private func complaint(_ text: String?) -> String {
    do {
      _ = try image(text)
      return ""
    } catch {
      return "\(error)"
    }
  }

  private func bash(_ script: String) async throws {
    let result = try await Program("/bin/bash").run(["-c", "set -e; \(script)"], in: folder.url)
    try #require(result.status == 0, "\(result.errors)")
  }

  @Test func aLocationIsAURLOrAPathOrAName() throws {
    #expect(try ImageLocation("http://a/b.img.bz2").place == .remote("http://a/b.img.bz2"))
    #expect(try ImageLocation("file:///a/b").place == .file("/a/b") && ImageLocation("/a/b").place == .file("/a/b"))
    #expect(try ImageLocation("debian").place == .named("debian") && !ImageLocation("debian").isStandIn)
    #expect(try ImageLocation(nil).place == .named("guest"))
    let site = try ImageLocation("http://scratch/benito/pangolinbz.img.bz2")
    #expect(site.place == .named("guest") && site.isStandIn)
    let sum = String(repeating: "0f", count: 32)
    #expect(try ImageLocation("/a#sha256=\(sum.uppercased())").checksum == sum)
    for wrong in ["", "a/b", "../a", "ftp://a/b", "file://a/b", "/a#sha256=12", "/a\n", "--help/x"] {
      #expect(throws: RunningError.self, "\(wrong)") { try ImageLocation(wrong) }
    }
  }

  @Test func anImageThatIsMissingIsMissedByNameAndWithWhatMakesIt() {
    #expect(complaint(nil).hasSuffix("images/guest-x86_64.qcow2: \"tools/guest-image --arch x86_64\" makes it"))
    #expect(complaint("debian").hasSuffix("\"tools/guest-image --debian --arch x86_64\" makes it"))
    #expect(complaint("mine").hasSuffix("images/mine-x86_64.qcow2"))
    #expect(complaint("/nowhere.qcow2") == "image /nowhere.qcow2: no such file or directory")
    #expect(complaint("http://127.0.0.1:1/x").contains("image http://127.0.0.1:1/x can't be fetched: curl: (7)"))
  }

  @Test func aNameIsThatOfAnImageOfTheArchitecture() async throws {
    try await bash("mkdir images; for a in i386 x86_64; do qemu-img create -q -f qcow2 images/mine-$a.qcow2 1M; done")
    #expect(try image("mine").path == path("images/mine-x86_64.qcow2"))
    #expect(try image("mine", architecture: "i386").path == path("images/mine-i386.qcow2"))
    #expect(try image("mine-i386.qcow2").size == 1 << 20)
  }

  @Test func whatIsNoSoundImageIsRefused() async throws {
    try await bash(
      """
      echo text > text; qemu-img create -q -f raw raw 1M
      qemu-img create -q -f qcow2 good 1M
      qemu-img create -q -f qcow2 -b good -F qcow2 backed
      qemu-img create -q -f qcow2 -o data_file=data,data_file_raw=on split 1M
      head -c 70000 good > short
      qemu-img create -q -f qcow2 damaged 1M; qemu-io -c 'write 0 1M' damaged > /dev/null
      printf '\\x12\\x34\\x56' | dd of=damaged bs=1 seek=262149 conv=notrunc status=none
      """)
    #expect(try image(path("good")).size == 1 << 20)
    for name in ["text", "raw"] {
      #expect(complaint(path(name)).contains("isn't in the format qcow2, or is damaged: qemu-img: "), "\(name)")
    }
    for name in ["backed", "split"] { #expect(complaint(path(name)).contains("refers to another file"), "\(name)") }
    for name in ["short", "damaged"] { #expect(complaint(path(name)).contains("damaged"), "\(name)") }
  }

  @Test func aCompressedImageIsUnpackedOnce() async throws {
    try await bash("qemu-img create -q -f qcow2 a 1M; bzip2 -k a; head -c 50 a.bz2 > broken.bz2; echo BZh > worse.bz2")
    let first = try image(path("a.bz2"))
    #expect(first.path.hasPrefix(path("images/fetched/")) && first.size == 1 << 20)
    let time = try FileManager.default.attributesOfItem(atPath: first.path)[.modificationDate] as? Date
    #expect(try image("file://" + path("a.bz2")) == first)
    #expect(try FileManager.default.attributesOfItem(atPath: first.path)[.modificationDate] as? Date == time)
    for name in ["broken.bz2", "worse.bz2"] {
      #expect(complaint(path(name)).hasPrefix("image \(path(name)) can't be unpacked: bzip2: "), "\(name)")
    }
    let kept = try FileManager.default.contentsOfDirectory(atPath: path("images/fetched"))
    #expect(kept.filter { !$0.hasSuffix(".lock") }.count == 1)
  }

  @Test func aChecksumIsHeldAgainstWhatIsThere() async throws {
    try await bash("qemu-img create -q -f qcow2 a 1M; sha256sum a | cut -c 1-64 > sum")
    let sum = try String(contentsOfFile: path("sum"), encoding: .utf8).prefix(64)
    #expect(try image("\(path("a"))#sha256=\(sum)").size == 1 << 20)
    #expect(
      complaint("\(path("a"))#sha256=\(String(repeating: "0", count: 64))").hasSuffix(
        "its SHA-256 is \(sum), not 0000000000000000000000000000000000000000000000000000000000000000"))
  }

  @Test(.enabled(if: Program.installed("python3") != nil, "a server to fetch from needs Python"))
  func anImageIsFetchedOnce() async throws {
    try await bash("mkdir www; qemu-img create -q -f qcow2 www/a.img 1M; bzip2 www/a.img")
    let port = 20_000 + Int(getpid()) % 20_000
    let directory = folder.url
    async let served = Program("/bin/bash").run(
      [
        "-c",
        "echo $$ > pid; exec timeout 300 python3 -u -m http.server --bind 127.0.0.1 --directory www \(port) 2> log",
      ], in: directory)
    try await bash(
      "for i in {1..2400}; do (echo > /dev/tcp/127.0.0.1/\(port)) 2> /dev/null && exit; sleep 0.05; done; exit 1")
    let url = "http://127.0.0.1:\(port)/a.img.bz2"
    let found = try image(url)
    #expect(found.size == 1 << 20 && found.path.hasSuffix("a.img.bz2.qcow2"))
    #expect(try image(url) == found)
    #expect(complaint("http://127.0.0.1:\(port)/none").contains("can't be fetched: curl: (22)"))
    try await bash("kill $(cat pid)")
    _ = try await served
    let log = try String(contentsOfFile: path("log"), encoding: .utf8)
    #expect(log.split(separator: "\n").count { $0.contains("GET /a.img.bz2") } == 1)
  }

  @Test func anOverlayTakesWhatIsWrittenAndIsAsLargeAsAsked() async throws {
    try await bash("qemu-img create -q -f qcow2 a 1M; sha256sum a > before")
    let image = try image(path("a"))
    try image.makeOverlay(path("same"), megabytes: nil)
    try image.makeOverlay(path("larger"), megabytes: 8)
    try await bash(
      """
      qemu-io -c 'write -P 7 0 64k' same > /dev/null; sha256sum --check --quiet before
      qemu-img info larger | grep -q '8 MiB'; qemu-img info same | grep -q '1 MiB'
      """)
  }
}
