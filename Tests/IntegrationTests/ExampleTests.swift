import Foundation
import Running
import TestSupport
import Testing

/// Topologies of the guide and of users, swapped in: every link is as asked, every node reaches every other by its name,
/// start commands end as they should, and nothing is left of it all.
@Suite(.serialized, .enabled(if: Machine.missing.isEmpty, Machine.reason))
struct ExampleTests {
  /// Where a topology is, how it is packed, and how many nodes it has.
  struct Case: Sendable, CustomTestStringConvertible {
    var file: String
    var options: String
    var hosts: Int
    var nodes: Int
    var testDescription: String { file }
  }

  private static let shipped = [
    Case(file: "dumbbell.tcl", options: "--packing 11", hosts: 2, nodes: 22),
    Case(file: "three-lans.tcl", options: "--pass-pack 0:1,1:20,2:10,3:5", hosts: 8, nodes: 61),
  ]
  private static let documented = [
    Case(file: "user-dumbbell-lan.tcl", options: "--packing 10", hosts: 3, nodes: 27),
    Case(file: "user-regression-001.ns", options: "--packing 2", hosts: 3, nodes: 5),
  ]

  @Test(arguments: shipped) func aShippedTopologyIsAsAsked(_ example: Case) async throws {
    try await LocalTestbedPlace.with { place in
      let file = Examples.datasets.appending(path: "ns/\(example.file)")
      try await place.run(String(contentsOf: file, encoding: .utf8), example)
    }
  }

  @Test(.enabled(if: Examples.shared != nil, "the files of the guide and of users aren't here"), arguments: documented)
  func aDocumentedTopologyIsAsAsked(_ example: Case) async throws {
    try await LocalTestbedPlace.with { place in
      let file = try #require(Examples.shared).appending(path: "examples/ns/\(example.file)")
      try await place.run(String(contentsOf: file, encoding: .utf8), example)
    }
  }

  /// Two LANs, their routers, and a slow link between these; each node looks for the farthest of the other side.
  @Test func theStartCommandsOfADumbbellReachItsOtherSide() async throws {
    try await LocalTestbedPlace.with { place in
      let example = Case(file: "dumbbell-of-lans.tcl", options: "--packing 7", hosts: 2, nodes: 14)
      let found = try await place.run(
        """
        source tb_compat.tcl
        set ns [new Simulator]
        foreach side {left right} {
          set router($side) [$ns node]
          set members($side) [list $router($side)]
          for {set i 0} {$i < 6} {incr i} {
            set $side$i [$ns node]
            set n [set $side$i]
            lappend members($side) $n
            set other [expr {$side eq "left" ? "right" : "left"}]
            tb-set-node-startcmd $n "ping -q -c 1 -W 10 ${other}5 && exit $i"
          }
          set lan($side) [$ns make-lan $members($side) 100Mb 0ms]
        }
        set bottleneck [$ns duplex-link $router(left) $router(right) 10Mb 20ms DropTail]
        $ns rtproto Static
        $ns run
        """, example, ended: 12)
      for node in found.nodes where !node.name.hasPrefix("router") {
        #expect(node.exitCode.map(String.init) == String(node.name.suffix(1)), "\(node.name)")
      }
      #expect(found.links?.first { $0.name == "bottleneck" }?.askedMilliseconds ?? 0 >= 40)
    }
  }
}

/// The mixed stars of the guide, with virtual machines.
@Suite(.serialized, .enabled(if: SmallGuest.images != nil, SmallGuest.reason))
struct MixedStarTests {
  /// A light node in the middle, so many virtual machines around it, and what else is said.
  private static func star(_ machines: Int, _ rest: String = "") -> String {
    """
    source tb_compat.tcl
    set ns [new Simulator]
    set center [$ns node]
    tb-add-node-attribute $center containers:node_type openvz
    for {set i 0} {$i < \(machines)} {incr i} {
      set n($i) [$ns node]
      tb-add-node-attribute $n($i) containers:node_type qemu
      $ns duplex-link $center $n($i) 100Mb 10ms DropTail
    }
    \(rest)
    $ns rtproto Static
    $ns run
    """
  }

  /// As the guide has it, with fewer of the nine machines: each takes a processor for seconds.
  @Test func aLightNodeAmongVirtualMachinesIsAsAsked() async throws {
    try await LocalTestbedPlace.with { place in
      try place.useSmallGuest()
      let found = try await place.run(
        Self.star(3), ExampleTests.Case(file: "example3", options: "--packing 2", hosts: 3, nodes: 4))
      #expect(found.nodes.filter { $0.kind == "qemu" }.count == 3 && found.links?.count == 3)
      #expect(found.links?.allSatisfy { $0.askedMilliseconds >= 20 } == true)
    }
  }

  /// What is asked of the status service, by the four lines that its users have.
  private static let statusClient = """
    import ast, json, socket, sys
    client = socket.create_connection(("127.0.0.1", int(sys.argv[1]))).makefile("rw")
    print("status_request P1/e1", file=client, flush=True)
    kind, body = client.readline().split(" ", 1)
    print(json.dumps([kind, ast.literal_eval(body)]))
    """

  /// Eight virtual machines and a physical node, as in the guide, and one more light node of another kind. Start commands
  /// fail with 3, of a node of each kind.
  @Test func nodesOfAllKindsAreSeenAlikeAndBootAgain() async throws {
    try await LocalTestbedPlace.with { place in
      try place.useSmallGuest()
      try place.write(Self.statusClient, to: "client.py")
      let found = try await place.run(
        Self.star(
          8,
          """
          set n(8) [$ns node]
          tb-add-node-attribute $n(8) containers:node_type embedded_pnode
          set p [$ns node]
          tb-add-node-attribute $p containers:node_type process
          $ns duplex-link $center $n(8) 100Mb 10ms DropTail
          $ns duplex-link $center $p 100Mb 0ms DropTail
          foreach node "$center $n(0) $n(8) $p" {
            tb-set-node-startcmd $node "echo '<hello>' from \\$HOSTNAME; echo oops >&2; (exit 3)"
          }
          """),
        ExampleTests.Case(
          file: "example4", options: "--packing 5 --end-node-shaping", hosts: 4, nodes: 11), ended: 4,
        meanwhile: """
          testbed serve --status-port 0 --web-port 0 --xmlrpc-port 0 > serve.txt & server=$!
          for _ in {1..400}; do grep -q 'web pages' serve.txt && break; sleep 0.05; done
          port=$(sed -n 's/^status service: .*://p' serve.txt)
          url=$(sed -n 's/^web pages: //p' serve.txt)
          python3 client.py "$port" > line.json
          curl -sS -c jar -o /dev/null "$url"
          page() { curl -sS -b jar "${url%/*}/experiments/P1/e1/nodes/$1"; }
          for node in center n-0 n-8 p; do page $node > $node.html; done
          testbed status P1/e1 > status.txt
          log() { testbed exec P1/e1 n-0 -- cat /var/containers/log/start_command.log; }
          ended() { for _ in {1..300}; do testbed status P1/e1 | grep -q '^n-0 .* 3 *$' && return; sleep 0.1; done; }
          log > first.log
          testbed reboot P1/e1 n-0; ended; log > second.log
          pkill -KILL -f 'qemu-system-x86_64 -name n-0 '
          for _ in {1..200}; do testbed status P1/e1 | grep -q '^n-0 .* dead  *137 *$' && break; sleep 0.05; done
          testbed status P1/e1 | grep '^n-0 ' > dead.txt
          page n-0 > dead.html
          testbed reboot P1/e1 n-0; ended; log > third.log
          testbed status P1/e1 > again.txt
          testbed exec P1/e1 n-0 -- ping -q -c 1 -W 10 p > /dev/null
          testbed status --links P1/e1 > links.txt
          page n-0 > again.html
          kill $server; wait $server || true
          rm -rf "$CONTAINERIZE_HOME"/{web-token,certificates}
          """)
      for node in found.nodes {
        let has = ["center", "n-0", "n-8", "p"].contains(node.name)
        #expect(node.exitCode == (has ? 3 : nil), "\(node.name)")
      }
      try checkLine(JSONSerialization.jsonObject(with: Data(place.text(of: "line.json").utf8)), found)
      for (node, kind) in [("center", "openvz"), ("n-0", "qemu"), ("n-8", "embedded_pnode"), ("p", "process")] {
        let page = try place.text(of: "\(node).html")
        #expect(page.contains("exit code <span class=\"bad\">3</span>") && page.contains(">\(kind) on "), "\(page)")
        for text in ["&lt;hello&gt; from \(node)\n", ">oops\n", "Z ended with status 3\n"] {
          #expect(page.contains(text), "\(node): \(text)\n\(page)")
        }
        let line = try place.text(of: "status.txt").split(separator: "\n").last { $0.hasPrefix("\(node) ") }
        #expect(line?.split(separator: " ").last == "3")
      }
      // Its logs are in memory, as all of it is: each time they are new.
      let logs = try ["first", "second", "third"].map { try place.text(of: "\($0).log") }
      #expect(Set(logs).count == 3 && logs.allSatisfy { $0.hasSuffix("Z ended with status 3\n") })
      #expect(try place.text(of: "dead.txt").contains(#/ dead +137 *\n/#))
      #expect(try place.text(of: "dead.html").contains("ended with status 3"))
      #expect(try place.text(of: "again.html").contains("&lt;hello&gt; from n-0\n"))
      #expect(try place.text(of: "again.txt").matches(of: #/(?m)^n-\d .* booted /#).count == 9)
      #expect(try !place.text(of: "links.txt").contains("not as asked"))
    }
  }

  /// The line has each node under its host and kind, as status has them.
  private func checkLine(_ line: Any, _ status: Status) throws {
    let parts = try #require(line as? [Any])
    #expect(parts.first as? String == "status_reply")
    let body = try #require(parts.last as? [String: [String: [Any]]])
    for node in status.nodes {
      let values = try #require(body["hv:\(node.kind):\(node.host)"]?[node.name])
      #expect(values.count == 2 && values[0] as? String == "booted" && values[1] as? Int == node.exitCode)
    }
    #expect(Set(body.keys.map { $0.split(separator: ":")[1] }) == ["openvz", "qemu", "embedded_pnode", "process"])
    #expect(body["hv:embedded_pnode:n-8"]?.keys.sorted() == ["n-8"])
  }
}

extension LocalTestbedPlace {
  /// Swaps a topology in and out as `P1/e1`, where nothing else is seen: every link has to be as asked, every node to
  /// reach every other by its name, and the machine to have in the end what it had before.
  ///
  /// - Parameters:
  ///   - script: The topology.
  ///   - example: How it is packed, and what it has.
  ///   - count: How many start commands end.
  ///   - meanwhile: What is done by a shell while it is swapped in.
  /// - Returns: How it was, with its links, when start commands had ended.
  /// - Throws: If a part of it fails.
  @discardableResult
  func run(
    _ script: String, _ example: ExampleTests.Case, ended count: Int = 0, meanwhile: String = ""
  ) async throws -> Status {
    try write(script, to: "topology.tcl")
    // A limit of the whole machine, which the testbed raises where it isn't in a namespace, as it is here.
    _ = NeighbourLimit.raise(for: 2000)
    let result = try await isolated(
      """
      set -e
      quietly() { "$@" > log 2>&1 || { echo "$*"; cat log; exit 1; }; }
      quietly containerize --no-image --default-container openvz \(example.options) P1 e1 topology.tcl
      quietly testbed list
      everything > before
      quietly testbed swapin P1/e1
      for _ in {1..600}; do
        testbed status --json P1/e1 > status.json
        (($(grep -o '"exitCode"' status.json | wc -l) >= \(count))) && break; sleep 0.1
      done
      testbed status --links --json P1/e1 > status.json
      testbed status P1/e1 | awk 'NR > 4 && NF { print $1 }' > words
      mapfile -t nodes < <(sed '1,/^node$/d' words)
      # Some nodes at once, and each of them all others.
      printf '%s\\n' "${nodes[@]}" | xargs -P 3 -I NODE testbed exec P1/e1 NODE -- /bin/sh -c '
        reach() { ping -q -c 1 -W 5 $1 || ping -q -c 5 -W 20 $1; }
        for peer; do reach "$peer" > /dev/null 2>&1 || echo "$(hostname) to $peer" & done; wait
        ' sh "${nodes[@]}" > silent
      [[ ! -s silent ]] || { cat silent; exit 1; }
      \(meanwhile)
      quietly testbed swapout P1/e1
      everything | diff before - || { echo left; exit 1; }
      """)
    try #require(result.status == 0, "\(result.output)\(result.errors)")
    let status = try JSONDecoder().decode(Status.self, from: Data(text(of: "status.json").utf8))
    #expect(status.state == "active" && status.hosts.count == example.hosts && status.nodes.count == example.nodes)
    #expect(status.hosts.allSatisfy { $0.startupStatus == 0 } && status.nodes.allSatisfy { $0.state == "booted" })
    let links = try #require(status.links)
    #expect(!links.isEmpty && links.allSatisfy(\.isAsAsked), "\(links.filter { !$0.isAsAsked })")
    return status
  }
}
