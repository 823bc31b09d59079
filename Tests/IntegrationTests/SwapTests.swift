import Foundation
import Running
import TestSupport
import Testing

/// Experiments that are swapped in on this machine, as far as its kernel and rights allow.
enum Machine {
  /// Why nothing can be swapped in here; empty where it can.
  static let missing = HostCapabilities.probed().missing
  static let reason: Comment = "experiments can't be swapped in here, for want of \(missing.joined(separator: ", "))"
}

@Suite(.serialized, .enabled(if: Machine.missing.isEmpty, Machine.reason))
struct SwapTests {
  /// The star of the guide with some satellites.
  private static func star(_ satellites: Int) -> String {
    """
    set center [$ns node]
    for {set i 0} {$i < \(satellites)} {incr i} {
      set n($i) [$ns node]
      $ns duplex-link $center $n($i) 100Mb 10ms DropTail
    }
    """
  }

  /// Nodes of three kinds, without links.
  private static let oneOfEachKind = """
    set a [$ns node]
    set b [$ns node]
    set c [$ns node]
    tb-add-node-attribute $b containers:node_type process
    tb-add-node-attribute $c containers:node_type embedded_pnode
    """

  /// The fastest round trip that `ping` saw, in ms.
  private func ping(_ place: LocalTestbedPlace, _ from: String, _ to: String) async throws -> Double {
    let result = try await place.shell(from, "ping -q -c 5 -i 0.1 \(to)")
    try #require(result.status == 0, "\(result.output)\(result.errors)")
    let numbers = result.output.split(separator: " = ").last?.split(separator: "/").first
    return try #require(numbers.flatMap { Double($0) })
  }

  @Test func theStarOfTheGuideAnswersAsDocumentedAndLeavesNothing() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.star(9), options: ["--default-container", "openvz", "--packing", "2"])
      try await place.done("swapin", "P1/e1")
      #expect(abs(try await ping(place, "n-0", "center") - 20) <= 2)
      #expect(abs(try await ping(place, "n-0", "n-1") - 40) <= 4)
      let status = try await place.status("--links")
      #expect(status.state == "active" && status.hosts.count == 5 && status.hosts.allSatisfy { $0.startupStatus == 0 })
      #expect(status.nodes.count == 10 && status.nodes.allSatisfy { $0.state == "booted" })
      #expect(status.links?.count == 9 && status.links?.allSatisfy(\.isAsAsked) == true)
      try await place.done("swapout", "P1/e1")
      #expect(place.processes.isEmpty)
      let run = place.url.appending(path: "home/proj/P1/exp/e1/run").path
      #expect(!FileManager.default.fileExists(atPath: run))
      #expect(try await place.status().state == "swapped")
    }
  }

  @Test func nodesAreComputersOfTheirOwn() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(
        """
        \(Self.oneOfEachKind)
        $ns make-lan "$a $b $c" 100Mb 0ms
        """)
      try await place.done("swapin", "P1/e1")
      for (node, peers) in [("a", "b c"), ("b", "a c"), ("c", "a b")] {
        let result = try await place.shell(
          node,
          """
          set -e
          [ "$(hostname)" = \(node) ]
          [ "$(cat /var/containers/pid /var/benito/eid | tr '\\n' ' ')" = "P1 e1 " ]
          [ -f /var/containers/config/experiment.tcl ]
          for peer in \(peers); do ping -q -c 1 -W 2 $peer > /dev/null; done
          echo mine > /etc/mine; touch /var/mine
          ! touch /var/containers/config/x 2> /dev/null
          ! touch /sys/x 2> /dev/null
          ! mknod /dev/vda b 254 0 2> /dev/null
          [ "$(ps -e -o pid= | head -1 | tr -d ' ')" = 1 ]
          """)
        #expect(result.status == 0, "\(node): \(result.output)\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: "/etc/mine"))
      }
      #expect(try await place.shell("a", "ip -br -4 address show dev control").output.contains("192.168."))
    }
  }

  @Test func programsInANodeGetTheirSignals() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.oneOfEachKind)
      try await place.done("swapin", "P1/e1")
      // Those of children that end, and those that ask to end.
      let result = try await place.testbed(
        [
          "exec", "P1/e1", "a", "--", "/bin/sh", "-c", "for i in 1 2 3; do sleep 0.1 & done; wait; echo done; sleep 60",
        ],
        signal: (SIGINT, .seconds(2)))
      #expect(result.output == "done\n" && result.status != 0 && result.duration < .seconds(30))
    }
  }

  @Test func startCommandsRunOnceAllIsThereAndTheirExitCodesAreSeen() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(
        """
        set a [$ns node]
        set b [$ns node]
        set g [$ns node]
        tb-set-node-startcmd $a "ping -q -c 1 -W 5 b && echo 'it''s up' && (exit 3)"
        tb-set-node-startcmd $b "echo out >& /tmp/all; cat /tmp/all; echo err >&2; sleep 1000 &"
        tb-set-node-startcmd $g "echo boo"
        tb-add-node-attribute $g containers:ghost true
        $ns make-lan "$a $b $g" 100Mb 0ms
        """)
      try await place.done("swapin", "P1/e1")
      #expect(try await place.ended("a")?.exitCode == 3)
      #expect(try await place.ended("b")?.exitCode == 0)
      let log = "/var/containers/log/start_command"
      #expect(try await place.shell("a", "tail -1 \(log).out").output == "its up\n")
      #expect(try await place.shell("b", "cat \(log).out \(log).err").output == "out\nerr\n")
      let lines = try await place.shell("a", "cat \(log).log").output.split(whereSeparator: \.isNewline)
      #expect(lines.count == 2 && lines.last?.hasSuffix("Z ended with status 3") == true)

      #expect(try await place.status().nodes.first { $0.name == "g" }?.state == "ghost")
      #expect(try await place.shell("a", "ping -q -c 1 -W 1 g").status == 1)
      try await place.done("start", "P1/e1", "g")
      #expect(try await place.ended("g")?.exitCode == 0)
      #expect(try await place.shell("a", "ping -q -c 1 -W 5 g").status == 0)
      #expect(try await place.testbed(["start", "P1/e1", "g"]).status == 1)
    }
  }

  @Test func programsAndPeopleFindTheNodes() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(
        """
        \(Self.oneOfEachKind)
        tb-set-node-startcmd $a "exit 3"
        $ns make-lan "$a $b $c" 100Mb 0ms
        """)
      #expect(try await place.nodeList(["P1/e1"]).errors == "Error: Experiment is not active!\n")
      try await place.done("swapin", "P1/e1")
      _ = try await place.ended("a")
      let port = 20_000 + Int(getpid()) % 20_000
      let result = try await place.bash(
        """
        testbed serve --no-web --status-port \(port) --xmlrpc-port 0 > /dev/null & server=$!
        for _ in {1..100}; do (echo > /dev/tcp/127.0.0.1/\(port)) 2> /dev/null && break; sleep 0.05; done
        exec 5<> /dev/tcp/127.0.0.1/\(port)
        echo 'status_request P1/e1' >&5; read -r line <&5; echo "$line"
        echo 'status_request P1/e2' >&5; read -r line <&5; echo "$line"
        kill $server
        """)
      #expect(
        result.output == """
          status_reply {'hv:embedded_pnode:c': {'c': ['booted', None]}, 'hv:openvz:pnode-0000': {'a': ['booted', 3]}, \
          'hv:process:pnode-0001': {'b': ['booted', None]}}
          error_reply 'there is no experiment P1/e2: "testbed list" shows those that there are'

          """)
      let machine = ProcessInfo.processInfo.hostName
      let hosts = ["c", "pnode-0000", "pnode-0001"].map { "\($0).e1.P1 / \(machine)\n" }.joined()
      #expect(try await place.nodeList(["P1/e1"]).output == hosts)
      #expect(try await place.nodeList(["--extra", "P1/e1"]).output == hosts + "extra nodes:\na.e1.P1\nb.e1.P1\n")
      #expect(try await place.nodeList(["-e", "P1,e1", "-m"]).output == "c=c   a=pnode-0000   b=pnode-0001   \n")
      #expect(try await place.nodeList([]).output.hasPrefix("P1/e1\n    c.e1.P1 / "))
    }
  }

  @Test func filesAreCopiedToNodesAndBack() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create("set a [$ns node]\nset b [$ns node]\n$ns duplex-link $a $b 1Gb 0ms DropTail")
      try await place.done("swapin", "P1/e1")
      try place.write("one", to: "folder/one.txt")
      try await place.done("cp", "P1/e1", "folder", "a:/tmp")
      #expect(try await place.shell("a", "cat /tmp/folder/one.txt; echo two > /tmp/two.txt").output == "one")
      try await place.done("cp", "P1/e1", "a:/tmp/two.txt", ".")
      let copy = place.url.appending(path: "two.txt")
      #expect(try String(contentsOf: copy, encoding: .utf8) == "two\n")
      #expect(try await place.testbed(["cp", "P1/e1", "a:/none", "."]).status == 1)
      #expect(try await place.testbed(["exec", "P1/e1", "a", "--", "false"]).status == 1)
      #expect(try await place.testbed(["exec", "P1/e1", "nobody", "--", "true"]).errors.contains("has no node nobody"))
    }
  }

  @Test func lossAndRateAreAsAsked() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(
        """
        set a [$ns node]
        set b [$ns node]
        set c [$ns node]
        set lossy [$ns duplex-link $a $b 10Mb 0ms DropTail]
        tb-set-link-loss $lossy 0.1
        set slow [$ns duplex-link $a $c 10Mb 0ms DropTail]
        """)
      try await place.done("swapin", "P1/e1")
      let links = try await place.status("--loss", "--rate").links ?? []
      for link in links {
        let (askedLoss, loss) = (try #require(link.askedLoss), try #require(link.measuredLoss))
        #expect(abs(askedLoss - (link.name == "lossy" ? 0.19 : 0)) < 1e-6 && abs(loss - askedLoss) < 0.05)
        let (asked, rate) = (try #require(link.askedKilobitsPerSecond), try #require(link.measuredKilobitsPerSecond))
        #expect(abs(rate - asked) < asked / 5, "\(link.name): \(rate) kb/s")
      }
      let pings = try await place.shell("a", "ping -q -c 2000 -i 0.001 -W 1 b-lossy | grep -o '[0-9.]*% packet loss'")
      let lost = try #require(Double(pings.output.prefix { $0 != "%" })) / 100
      // Both ways: 1 - 0.9² = 0.19, and four standard deviations of 2000 packets.
      #expect(abs(lost - 0.19) < 0.038, "\(pings.output)")

      let receiver = """
        import socket, time
        s = socket.create_server(("", 5000)); c, _ = s.accept(); c.recv(1); begin = time.time(); n = 0
        while True:
          part = c.recv(65536)
          if not part: break
          n += len(part)
        print(n * 8 / (time.time() - begin) / 1e6)
        """
      let sender = """
        import socket, time
        for attempt in range(100):
          try: s = socket.create_connection(("c-slow", 5000)); break
          except OSError: time.sleep(0.05)
        end = time.time() + 2
        while time.time() < end: s.sendall(bytes(16384))
        s.close()
        """
      async let sent = place.testbed(["exec", "P1/e1", "a", "--", "python3", "-c", sender])
      let received = try await place.testbed(["exec", "P1/e1", "c", "--", "python3", "-c", receiver])
      _ = try await sent
      let rate = try #require(Double(received.output.dropLast()))
      #expect(abs(rate - 10) <= 2, "\(rate) Mb/s")
    }
  }

  @Test func membersOfALanHaveDelaysOfTheirOwn() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(
        """
        foreach name {a b c d} { set $name [$ns node] }
        set lan [$ns make-lan "$a $b $c $d" 100Mb 0ms]
        tb-set-node-lan-delay $a $lan 20ms
        tb-set-node-lan-delay $b $lan 5ms
        """, options: ["--default-container", "openvz", "--packing", "2"])
      try await place.done("swapin", "P1/e1")
      let links = try await place.status("--links").links ?? []
      func asked(_ one: String, _ other: String) -> Double? {
        links.first { Set([$0.from, $0.to]) == [one, other] }?.askedMilliseconds.rounded()
      }
      #expect(links.count == 6 && links.allSatisfy(\.isAsAsked))
      #expect(asked("a", "b") == 50 && asked("a", "c") == 40 && asked("b", "d") == 10 && asked("c", "d") == 0)
      #expect(abs(try await ping(place, "b", "a") - 50) <= 5)
    }
  }
}
