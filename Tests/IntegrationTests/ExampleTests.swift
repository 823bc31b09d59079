import Foundation
import TestSupport
import Testing

/// Topologies of the guide and of users: every node reaches every other by its name, and nothing is left of them.
@Suite(.serialized, .enabled(if: Machine.missing.isEmpty, Machine.reason))
struct PairTests {
  /// Where a topology is, how it is packed, and how many nodes it has.
  struct Case: Sendable, CustomTestStringConvertible {
    var file: String
    var options: String
    var hosts: Int
    var nodes: Int
    var testDescription: String { file }
  }

  private static let shipped = [
    Case(file: "dumbbell.tcl", options: "--packing 11", hosts: 2, nodes: 22)
  ]
  private static let documented = [
    Case(file: "example6.tcl", options: "--pass-pack 0:1,1:20,2:10,3:5", hosts: 8, nodes: 61),
    Case(file: "example4.tcl", options: "--packing 3", hosts: 4, nodes: 10),
    Case(file: "user-dumbbell-lan.tcl", options: "--packing 10", hosts: 3, nodes: 27),
    Case(file: "user-regression-001.ns", options: "--packing 2", hosts: 3, nodes: 5),
  ]

  @Test(arguments: shipped) func everyPairOfAShippedTopologyAnswers(_ example: Case) async throws {
    try await check(example, Examples.datasets.appending(path: "ns/\(example.file)"))
  }

  @Test(.enabled(if: Examples.shared != nil, "the files of the guide and of users aren't here"), arguments: documented)
  func everyPairOfADocumentedTopologyAnswers(_ example: Case) async throws {
    try await check(example, #require(Examples.shared).appending(path: "examples/ns/\(example.file)"))
  }

  private func check(_ example: Case, _ file: URL) async throws {
    try await LocalTestbedPlace.with { place in
      // What the guide has as virtual machines is light here: they are tested apart.
      let script = try String(contentsOf: file, encoding: .utf8).replacing("node_type qemu", with: "node_type openvz")
      try place.write(script, to: "topology.tcl")
      let result = try await place.isolated(
        """
        set -e
        everything > before
        containerize --no-image --default-container openvz \(example.options) P1 e1 topology.tcl > log 2>&1 || cat log
        testbed swapin P1/e1 > log 2>&1 || { cat log; exit 1; }
        testbed status P1/e1 | awk 'NR > 4 && NF { print $1 }' > words
        hosts=$(sed -n '/^node$/q;p' words | wc -l); nodes=($(sed '1,/^node$/d' words))
        [[ $hosts == \(example.hosts) && ${#nodes[@]} == \(example.nodes) ]] || { cat words; exit 1; }
        for ((index = 1; index < ${#nodes[@]}; index++)); do
          # As "testbed exec" does it, which is tested apart and would take longer than all pings together.
          process=$(pgrep -x container_init | while read -r one; do
            tr '\\0' ' ' < /proc/$one/cmdline | grep -q "container_init ${nodes[index]} " && echo $one; done | head -1)
          nsenter --target "$process" --mount --uts --net --root /bin/bash -c '
            reach() { ping -q -n -c 1 -W 2 $1 || ping -q -n -c 5 -i 0.2 -W 20 $1; }
            for peer; do reach "$peer" > /dev/null 2>&1 || echo "$HOSTNAME to $peer" & done; wait
            ' bash "${nodes[@]:0:index}"
        done > silent
        [[ ! -s silent ]] || { cat silent; exit 1; }
        testbed end P1/e1 > log
        rm -rf "$CONTAINERIZE_HOME"
        everything | diff before -
        """)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
    }
  }
}
