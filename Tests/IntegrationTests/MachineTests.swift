import Foundation
import Running
import TestSupport
import Testing

/// The small guest, built once for all tests.
enum SmallGuest {
  /// The directory of its image; `nil` where it can't be built here.
  static let images: URL? = {
    guard Machine.missing.isEmpty else { return nil }
    let directory = Examples.root.appending(path: ".build/images")
    let process = Process()
    process.executableURL = Examples.root.appending(path: "tools/guest-image")
    process.arguments = ["--directory", directory.path]
    process.standardOutput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? directory : nil
  }()
  static let reason: Comment = "tools/guest-image can't build the small guest here, or nothing can be swapped in"
}

extension LocalTestbedPlace {
  /// Has virtual machines start from the small guest.
  func useSmallGuest() throws {
    let home = url.appending(path: "home")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: home.appending(path: "images"), withDestinationURL: try #require(SmallGuest.images))
  }

  /// How a node is, once a start command that takes its time has ended.
  func endedSlowly(_ node: String) async throws -> Status.Node? {
    for _ in 0..<40 { if let status = try await ended(node) { return status } }
    return nil
  }
}

/// Virtual machines that QEMU runs on this machine, translated where there is no hardware for them.
@Suite(.serialized, .enabled(if: SmallGuest.images != nil, SmallGuest.reason))
struct MachineTests {
  private static let qemu = ["--default-container", "qemu"]

  @Test func aStarOfVirtualMachinesAnswersAsDocumentedAndLeavesNothing() async throws {
    try await LocalTestbedPlace.with { place in
      try place.useSmallGuest()
      try await place.create(
        """
        set center [$ns node]
        for {set i 0} {$i < 7} {incr i} {
          set n($i) [$ns node]
          $ns duplex-link $center $n($i) 100Mb 10ms DropTail
        }
        """, options: Self.qemu + ["--packing", "4"])
      try await place.done("swapin", "P1/e1")
      let status = try await place.status("--links")
      #expect(status.state == "active" && status.hosts.count == 2)
      #expect(status.nodes.count == 8 && status.nodes.allSatisfy { $0.kind == "qemu" && $0.state == "booted" })
      #expect(status.links?.count == 7 && status.links?.allSatisfy { ($0.measuredMilliseconds ?? 0) >= 20 } == true)
      #expect(place.processes(of: "qemu-system-x86_64").count == 8)
      for peer in ["center", "n-1", "n-6"] {
        let ping = try await place.testbed(["exec", "P1/e1", "n-0", "--", "ping", "-c", "3", "-W", "5", peer])
        #expect(ping.status == 0 && ping.output.contains("3 packets transmitted, "), "\(peer): \(ping.output)")
      }
      try await place.done("swapout", "P1/e1")
      #expect(place.processes.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: place.url.appending(path: "home/proj/P1/exp/e1/run").path))
    }
  }

  @Test func aMachineIsANodeLikeOthers() async throws {
    try await LocalTestbedPlace.with { place in
      try place.useSmallGuest()
      try await place.create(
        """
        set a [$ns node]
        set b [$ns node]
        set c [$ns node]
        set g [$ns node]
        tb-add-node-attribute $a containers:node_type qemu
        tb-add-node-attribute $g containers:node_type qemu
        tb-add-node-attribute $g containers:ghost true
        tb-add-node-attribute $c containers:node_type embedded_pnode
        tb-set-node-startcmd $a "echo out >& /tmp/all; cat /tmp/all; ping -q -c 1 b && (exit 3)"
        tb-set-node-startcmd $g "exit 4"
        $ns make-lan "$a $b $c $g" 100Mb 0ms
        """)
      try await place.done("swapin", "P1/e1")
      #expect(try await place.endedSlowly("a")?.exitCode == 3)
      let told = try await place.testbed([
        "exec", "P1/e1", "a", "--", "sh", "-c",
        "hostname; cat /var/containers/pid /var/benito/eid; ls /var/containers/config/experiment.tcl; "
          + "head -n 1 /var/containers/log/start_command.out; tail -n 1 /var/containers/log/start_command.log; "
          + "cat /proc/sys/net/ipv4/ip_forward; exit 7",
      ])
      #expect(told.status == 7, "\(told.errors)")
      let lines = told.output.split(separator: "\n").map(String.init)
      try #require(lines.count == 7)
      #expect(Array(lines[..<5]) == ["a", "P1", "e1", "/var/containers/config/experiment.tcl", "out"])
      #expect(lines[5].hasSuffix("Z ended with status 3") && lines[6] == "1")
      #expect(try await place.shell("b", "ping -q -c 1 -W 5 a").status == 0)

      // Words reach it as they are.
      let hostile = "a b'c\"d$HOME;`x`\\"
      let echoed = try await place.testbed(["exec", "P1/e1", "a", "--", "printf", "%s", hostile])
      #expect(echoed.output == hostile)
      try place.write("one", to: "folder/one.txt")
      try await place.done("cp", "P1/e1", "folder", "a:/tmp")
      try await place.done("cp", "P1/e1", "a:/tmp/folder/one.txt", ".")
      #expect(try String(contentsOf: place.url.appending(path: "one.txt"), encoding: .utf8) == "one")

      // A ghost is made, not started.
      #expect(try await place.status().nodes.first { $0.name == "g" }?.state == "ghost")
      #expect(place.processes(of: "qemu-system-x86_64").count == 1)
      try await place.done("start", "P1/e1", "g")
      #expect(try await place.endedSlowly("g")?.exitCode == 4)
      #expect(try await place.shell("b", "ping -q -c 1 -W 5 g").status == 0)

      // QEMU is killed: its node is dead, and says how it ended.
      let before = try await place.status().nodes.first { $0.name == "a" }?.state
      #expect(before == "booted")
      for process in place.processes(of: "qemu-system-x86_64") { kill(process, SIGKILL) }
      for _ in 0..<200 where try await place.status().nodes.first(where: { $0.name == "a" })?.state != "dead" {
        try await Task.sleep(for: .milliseconds(50))
      }
      let dead = try await place.status().nodes.filter { ["a", "g"].contains($0.name) }
      #expect(dead.allSatisfy { $0.state == "dead" && $0.exitCode == 128 + Int(SIGKILL) })
      #expect(try await place.testbed(["exec", "P1/e1", "a", "--", "true"]).errors.contains("node a is dead"))
      #expect(try await place.status().nodes.first { $0.name == "b" }?.state == "booted")
    }
  }

  @Test func anImageThatIsMissingOrDamagedIsRefusedBeforeThereAreHosts() async throws {
    try await LocalTestbedPlace.with { place in
      let damaged = try place.write("QFI\u{7f}", to: "damaged.qcow2")
      for (image, reason) in [
        ("", "there is no image \(place.url.path)/home/images/guest-x86_64.qcow2: \"tools/guest-image"),
        ("/nowhere.qcow2", "image /nowhere.qcow2: no such file or directory"),
        (damaged, "image \(damaged) isn't in the format qcow2, or is damaged"),
      ] {
        let attribute = image.isEmpty ? "" : "tb-add-node-attribute $a containers:qemu_url \(image)"
        try await place.create(
          "set a [$ns node]\nset b [$ns node]\n\(attribute)\n$ns duplex-link $a $b 100Mb 0ms DropTail",
          options: Self.qemu)
        let result = try await place.testbed(["swapin", "P1/e1"])
        #expect(result.status == 1 && result.errors.contains(reason), "\(result.errors)")
        #expect(!result.errors.contains("hosts started"))
        #expect(try await place.status().state == "swapped" && place.processes.isEmpty)
        try await place.done("end", "P1/e1")
      }
    }
  }

  @Test func aMachineThatDoesntStartSaysWhatItsConsoleSaidLast() async throws {
    try await LocalTestbedPlace.with { place in
      // A processor of 32 bits doesn't run a kernel of 64.
      try place.useSmallGuest()
      try await place.create(
        """
        set a [$ns node]
        set b [$ns node]
        $ns duplex-link $a $b 100Mb 0ms DropTail
        tb-add-node-attribute $a containers:node_type qemu
        tb-add-node-attribute $a containers:qemu_arch i386
        tb-add-node-attribute $a containers:qemu_url guest-x86_64.qcow2
        """)
      async let swapping = place.testbed(["swapin", "P1/e1"])
      // It never comes up; whoever doesn't want to wait ends it.
      for _ in 0..<600 where place.processes(of: "qemu-system-i386").isEmpty {
        try await Task.sleep(for: .milliseconds(100))
      }
      try await Task.sleep(for: .milliseconds(500))
      for process in place.processes(of: "qemu-system-i386") { kill(process, SIGKILL) }
      let result = try await swapping
      #expect(result.status == 1 && result.errors.contains("a: QEMU ended with code 137; "), "\(result.errors)")
      #expect(try await place.status().state == "swapped" && place.processes.isEmpty)
    }
  }
}
