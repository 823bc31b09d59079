import Foundation
import Running
import TestSupport
import Testing

/// Whatever breaks off, the next command finds a state that it can name, and the machine is clean.
@Suite(.serialized, .enabled(if: Machine.missing.isEmpty, Machine.reason))
struct FaultTests {
  private static let pair = "set a [$ns node]\nset b [$ns node]\n$ns duplex-link $a $b 100Mb 20ms DropTail"
  private static let options = ["--default-container", "openvz", "--packing", "1"]

  @Test(arguments: [0, 15, 30, 45, 60, 75, 90, 120, 150, 180, 220, 260, 300, 350])
  func aSwapInThatIsKilledIsClearedAway(_ delay: Int) async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.pair, options: Self.options)
      let killed = try await place.testbed(["swapin", "P1/e1"], signal: (SIGKILL, .milliseconds(delay)))
      let state = try await place.status().state
      #expect(killed.status == 0 || killed.status == -SIGKILL)
      // Killed after its last step, it has brought up the experiment all the same.
      if killed.status == 0 || state == "active" {
        #expect(state == "active")
      } else {
        #expect(state == "swapped")
        #expect(place.processes.isEmpty && !MachineSnapshot().groups.contains { $0.hasSuffix(place.group) })
        try await place.done("swapin", "P1/e1")
      }
      #expect(try await place.status().state == "active")
    }
  }

  @Test(arguments: [5, 10, 20, 40, 60, 80]) func aSwapOutThatIsKilledIsFinishedByTheNextCommand(_ delay: Int)
    async throws
  {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.pair, options: Self.options)
      try await place.done("swapin", "P1/e1")
      let killed = try await place.testbed(["swapout", "P1/e1"], signal: (SIGKILL, .milliseconds(delay)))
      let state = try await place.status().state
      // It may have been too early to begin, too late to matter.
      #expect(state == "swapped" || (killed.status != 0 && state == "active"))
      if state == "swapped" { #expect(place.processes.isEmpty) }
    }
  }

  @Test(arguments: [60, 150, 300]) func ctrlCUndoesASwapIn(_ delay: Int) async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.pair, options: Self.options)
      let result = try await place.testbed(["swapin", "P1/e1"], signal: (SIGINT, .milliseconds(delay)))
      #expect(result.status == 130 || result.status == 0 || result.status == -SIGINT)
      if result.status == 130 { #expect(place.processes.isEmpty) }
      #expect(try await place.status().state == (result.status == 0 ? "active" : "swapped"))
    }
  }

  @Test func ofTwoSwapInsAtOnceOneIsRefused() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.pair, options: Self.options)
      async let one = place.testbed(["swapin", "P1/e1"])
      async let other = place.testbed(["swapin", "P1/e1"])
      let results = try await [one, other]
      #expect(results.map(\.status).sorted() == [0, 1], "\(results.map(\.errors))")
      let refusal = results.filter { $0.status == 1 }.map(\.errors).joined()
      #expect(refusal.contains("experiment P1/e1 is "), "\(refusal)")
      #expect(try await place.status().state == "active")
    }
  }

  @Test func anAgentThatIsKilledTakesItsNodesWithIt() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.pair, options: Self.options)
      try await place.done("swapin", "P1/e1")
      let agents = place.processes(of: "hypervisor")
      try #require(agents.count == 2)
      kill(agents[0], SIGKILL)
      var nodes = 2
      for _ in 0..<100 where nodes != 1 {
        try await Task.sleep(for: .milliseconds(20))
        nodes = place.processes(of: "container_init").count - 1
      }
      #expect(nodes == 1)
      let status = try await place.status()
      #expect(status.hosts.map { $0.startupStatus ?? -1 }.sorted() == [0, 1])
      #expect(status.nodes.filter { $0.state == nil }.count == 1)
      try await place.done("swapout", "P1/e1")
      #expect(place.processes.isEmpty)
    }
  }

  @Test func aNodeWhoseFirstProcessIsKilledIsDead() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.pair, options: Self.options)
      try await place.done("swapin", "P1/e1")
      let first = try #require(
        place.processes(of: "container_init").first { process in
          ((try? TextFile.read("/proc/\(process)/cmdline")) ?? "").contains("\0a\0")
        })
      kill(first, SIGKILL)
      let node = try await place.ended("a")
      #expect(node?.state == "dead" && node?.exitCode == 128 + 9)
      #expect(try await place.testbed(["exec", "P1/e1", "a", "--", "true"]).status == 1)
    }
  }

  @Test func aStartCommandThatForksForEverIsStopped() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(
        "set a [$ns node]\ntb-set-node-startcmd $a {f() { sleep 100 & f; }; for i in {1..3000}; do sleep 100 & done; wait}",
        options: Self.options)
      try await place.done("swapin", "P1/e1")
      try await Task.sleep(for: .milliseconds(300))
      #expect(try await place.status().state == "active")
      try await place.done("swapout", "P1/e1")
      #expect(place.processes.isEmpty)
    }
  }

  @Test func anExperimentThatCantBeBroughtUpSaysWhyAndIsSwappedOut() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.pair, options: Self.options)
      let file = place.url.appending(path: "home/proj/P1/exp/e1/containers/manifests/pnode-0000.json")
      let manifest = try String(contentsOf: file, encoding: .utf8)
      try Data(manifest.replacing("inf000", with: "lo").utf8).write(to: file)
      let result = try await place.testbed(["swapin", "P1/e1"])
      #expect(result.status == 1 && result.errors.contains("the name of interface lo is taken"), "\(result.errors)")
      #expect(try await place.status().state == "swapped")
      #expect(place.processes.isEmpty)
      let events = try await place.done("events", "P1/e1")
      #expect(events.contains("can't be swapped in: pnode-0000: "))
    }
  }

  @Test func anExperimentIsSwappedInOnceAndEndsAltogether() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.pair, options: Self.options)
      #expect(try await place.testbed(["swapout", "P1/e1"]).status == 1)
      try await place.done("swapin", "P1/e1")
      #expect(try await place.testbed(["swapin", "P1/e1"]).errors.contains("swapped in already"))
      try await place.done("end", "P1/e1")
      #expect(place.processes.isEmpty)
      #expect(try await place.done("list").isEmpty)
      #expect(try await place.testbed(["status", "P1/e1"]).errors.contains("there is no experiment P1/e1"))
    }
  }
}
