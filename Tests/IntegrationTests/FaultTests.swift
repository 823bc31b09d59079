import Foundation
import Running
import TestSupport
import Testing

/// Whatever breaks off, the next command finds a state that it can name, and the machine is clean.
@Suite(.serialized, .enabled(if: Machine.missing.isEmpty, Machine.reason))
struct FaultTests {
  private static let pair = "set a [$ns node]\nset b [$ns node]\n$ns duplex-link $a $b 100Mb 20ms DropTail"
  private static let options = ["--default-container", "openvz", "--packing", "1"]

  /// The machine knows names, too, so that they are among what is looked for.
  @Test func aSwapInOrOutThatIsKilledAtAnyPointIsClearedAwayByTheNextCommand() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.pair, options: Self.options)
      try place.write("127.0.0.1 localhost\n", to: "hosts")
      let result = try await place.isolated(
        """
        testbed names hosts --hosts-file hosts --ssh-configuration ssh > /dev/null
        now() { echo $((${EPOCHREALTIME/./} / 1000)); }
        kill_at_random() { # MILLISECONDS COMMAND...: kills it within that time, and has the next command look
          local delay=$(($1 * RANDOM / 32768)); shift
          "$@" > log 2>&1 & local process=$!
          sleep "$(printf '%d.%03d' $((delay / 1000)) $((delay % 1000)))"
          kill -KILL $process 2> /dev/null; wait $process 2> /dev/null
          state=$(testbed list 2>> log); state=${state##* }
          case $state in
            swapped) everything | diff before - || { echo "left after $delay ms of $*"; cat log; exit 1; } ;;
            active) testbed status P1/e1 | grep -c booted | grep -qx 2 || { echo "not up after $delay ms"; exit 1; } ;;
            *) echo "state $state after $delay ms of $*"; exit 1 ;;
          esac
        }
        everything > before
        begin=$(now); testbed swapin P1/e1 2> log || exit 1; in=$(($(now) - begin))
        begin=$(now); testbed swapout P1/e1 2> log || exit 1; out=$(($(now) - begin))
        everything | diff before - || exit 1
        RANDOM=20
        for point in {1..20}; do
          kill_at_random $in testbed swapin P1/e1
          [[ $state == active ]] || testbed swapin P1/e1 > log 2>&1 || { cat log; exit 1; }
          kill_at_random $out testbed swapout P1/e1
          [[ $state == swapped ]] || testbed swapout P1/e1 > log || exit 1
        done
        everything | diff before -
        testbed events P1/e1 | grep -c 'broken off: cleared away' > found
        """)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
      let found = try place.text(of: "found")
      #expect((Int(found.dropLast()) ?? 0) >= 10, "of 40 that were killed, few were under way: \(found)")
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
      // Each host has a node and itself, and the switch a process that holds its namespace.
      var processes = 5
      for _ in 0..<100 where processes != 3 {
        try await Task.sleep(for: .milliseconds(20))
        processes = place.processes(of: "container_init").count
      }
      #expect(processes == 3)
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

  @Test func startCommandsThatHangOrForkForEverHarmOnlyTheirNodes() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(
        """
        set a [$ns node]
        set b [$ns node]
        tb-set-node-startcmd $a {f() { f & f; }; f}
        tb-set-node-startcmd $b {trap "" TERM INT HUP; while :; do read -t 1000 <> <(:); done}
        $ns duplex-link $a $b 100Mb 20ms DropTail
        """, options: Self.options)
      try await place.done("swapin", "P1/e1")
      try await Task.sleep(for: .milliseconds(500))
      let status = try await place.status()
      #expect(status.state == "active" && status.nodes.allSatisfy { $0.state == "booted" && $0.exitCode == nil })
      #expect(try await place.shell("b", "ping -q -c 1 -W 20 a").status == 0)
      try await place.done("swapout", "P1/e1")
      #expect(place.processes.isEmpty)
    }
  }

  /// Some room is left each time, so that it is used up at different points.
  @Test func onAFullDiskASwapInSaysSoAndLeavesNothing() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.pair, options: Self.options)
      let result = try await place.isolated(
        """
        mkdir small && mount -t tmpfs -o size=2m tmpfs small && cp -a "$CONTAINERIZE_HOME" small/home
        export CONTAINERIZE_HOME=$PWD/small/home
        testbed list > log; everything > before
        for free in 0 4 12 20 28 36 44 52 60 80; do
          head -c 4m /dev/zero > small/rest 2> /dev/null
          truncate -s -${free}k small/rest
          if testbed swapin P1/e1 > log 2>&1; then testbed swapout P1/e1 > log 2>&1; else
            grep -Eq 'no space left|full|room on its disk' log || { echo "$free kB free:"; cat log; exit 1; }
          fi
          rm small/rest
          [[ $(testbed list 2> log) == *swapped ]] || { testbed list; exit 1; }
          everything | diff before - || { echo "$free kB free"; exit 1; }
        done
        testbed swapin P1/e1 > log 2>&1 || { cat log; exit 1; }
        testbed swapout P1/e1 > log; everything | diff before -
        """)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
    }
  }

  @Test func aDatabaseThatIsNoneIsNamedAndCanBeMovedAway() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.pair, options: Self.options)
      try await place.done("swapin", "P1/e1")
      let file = place.url.appending(path: "home/testbed.sqlite")
      try Data(repeating: 7, count: 20_000).write(to: file)
      let result = try await place.testbed(["list"])
      #expect(result.status == 1)
      #expect(result.errors.contains("testbed.sqlite can't be opened: file is not a database; move it away"))
      try FileManager.default.removeItem(at: file)
      #expect(try await place.status().state == "swapped")
      try await place.done("swapin", "P1/e1")
      #expect(place.processes(of: "hypervisor").count == 2)
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
