import Partitioning
import Planning
import TestSupport
import Testing
import TopologyModel

@Suite struct PackingProblemTests {
  private func stated(
    _ topology: Topology, _ change: (inout PackingOptions) -> Void = { _ in }
  ) throws(PlanningError) -> PackingProblems {
    var options = PackingOptions()
    change(&options)
    return try PackingProblems(try annotate(topology, options: options).topology, options: options)
  }

  private func complaints(_ topology: Topology, _ change: (inout PackingOptions) -> Void = { _ in }) -> [String] {
    do throws(PlanningError) {
      _ = try stated(topology, change)
      return []
    } catch {
      return error.problems
    }
  }

  /// The nets of a problem, each as the names of its computers.
  private func nets(_ problem: PackingProblem, _ topology: Topology) -> [[String]] {
    let graph = problem.problem.hypergraph
    return (0..<graph.netCount).map { net in
      graph.pins[Int(graph.netOffsets[net])..<Int(graph.netOffsets[net + 1])].map {
        topology.computers[problem.computers[Int($0)]].name
      }
    }
  }

  /// Computers of each kind: `o-0`…, `q-0`…, `p-0`…, `e-0`….
  private func mixed(openvz: Int = 0, qemu: Int = 0, process: Int = 0, embedded: Int = 0, pass: Int? = nil) -> Topology
  {
    var builder = TopologyBuilder()
    for (prefix, kind, count) in [
      ("o", "openvz", openvz), ("q", "qemu", qemu), ("p", "process", process), ("e", "embedded_pnode", embedded),
    ] {
      for index in 0..<count {
        var attributes: Attributes = ["containers:node_type": kind]
        attributes["containers:PartitionPass"] = pass.map(String.init)
        builder.add("\(prefix)-\(index)", attributes)
      }
    }
    return builder.topology
  }

  @Test func eachSubstrateIsANetOfTheComputersItJoins() throws {
    var builder = TopologyBuilder()
    for name in ["a", "b", "c"] { builder.add(name) }
    builder.join("lan", ["c", "a", "b"])
    builder.join("twice", ["a", "a", "b"])
    builder.join("loop", ["a", "a"])
    builder.join("stub", ["c"])
    builder.join("empty", [])
    let topology = builder.topology
    let stated = try stated(topology)
    #expect(stated.problems.map(\.pass) == [0])
    #expect(stated.problems[0].problem.hypergraph.netWeights == [1, 1])
    #expect(nets(stated.problems[0], topology) == [["a", "b", "c"], ["a", "b"]])
    #expect(stated.problems[0].problem.capacity == .uniform(10))
    #expect(stated.problems[0].problem.blockCount == .fewest)
    #expect(stated.problems[0].problem.hypergraph.vertexWeights == [1, 1, 1])
    #expect(stated.problems[0].problem.fixedBlocks == [] && stated.problems[0].problem.classes == [])
  }

  @Test func kindsFallIntoTheirPassesAndLinksBetweenPassesAreNoNets() throws {
    var builder = TopologyBuilder()
    builder.add("q", ["containers:node_type": "qemu"])
    builder.add("o")
    builder.add("e", ["containers:node_type": "embedded_pnode"])
    builder.add("p", ["containers:node_type": "process"])
    builder.add("x", ["containers:PartitionPass": "7"])
    builder.add("o2")
    builder.join("lan", ["q", "o", "e", "p", "x", "o2"])
    let topology = builder.topology
    let problems = try stated(topology).problems
    #expect(problems.map(\.pass) == [0, 1, 7])
    #expect(problems.map { $0.computers.map { topology.computers[$0].name } } == [["o", "o2"], ["q", "p"], ["x"]])
    #expect(problems.map { nets($0, topology) } == [[["o", "o2"]], [["q", "p"]], []])
  }

  @Test func kindsThatNeverMeetInOnePassAreClasses() throws {
    let problems = try stated(mixed(openvz: 2, qemu: 1, process: 1, pass: 3)).problems
    #expect(problems.count == 1)
    #expect(problems[0].problem.classes == [0, 0, 1, 1])
  }

  @Test func embeddedComputersAreNeverPacked() throws {
    #expect(try stated(mixed(embedded: 3, pass: 0)).problems == [])
  }

  @Test func sizeAsksForExactlySoManyHostsAsEvenAsPossible() throws {
    let problem = try stated(.lan(20)) { $0.size = 3 }.problems[0].problem
    #expect(problem.blockCount == .exactly(3) && problem.capacity == .uniform(7))
    let both = try stated(mixed(openvz: 3, qemu: 3, pass: 0)) { $0.size = 3 }.problems
    #expect(both.map(\.problem.blockCount) == [.exactly(3)])
    #expect(both.map(\.problem.capacity) == [.uniform(3)], "two of one kind can't be on two hosts each")
  }

  @Test func moreHostsThanComputersAreNotUsed() throws {
    let stated = try stated(.lan(4)) { $0.passSize = [0: 9] }
    #expect(stated.problems[0].problem.blockCount == .exactly(4))
    #expect(stated.warnings == ["pass 0 uses 4 hosts, not 9: its containers fill no more"])
  }

  @Test func tooFewHostsForTheKindsAreRefused() {
    let complaint =
      "1 host for pass 2 (--size 1) is too few: o-0 (openvz), q-0 (qemu) each need a host of their own; "
      + "openvz shares none with qemu or process; --size 2 or --pass-size 2:2 would do"
    #expect(complaints(mixed(openvz: 1, qemu: 1, pass: 2)) { $0.size = 1 } == [complaint])
    #expect(complaints(mixed(openvz: 1, qemu: 1, pass: 2)) { ($0.size, $0.nodesOnly) = (1, true) } == [complaint])
  }

  @Test func nodesOnlyAsksForEvenSizesAndKeepsTheLinks() throws {
    let topology = Topology.lan(20)
    let problems = try stated(topology) { ($0.packing, $0.nodesOnly) = (6, true) }.problems
    #expect(problems.map(\.problem.capacity) == [.perBlock([5, 5, 5, 5])])
    #expect(problems.map(\.problem.blockCount) == [.exactly(4)])
    #expect(problems[0].problem.hypergraph.netCount == 1)
    let uneven = try stated(topology) { ($0.packing, $0.passNodesOnly) = (9, [0]) }.problems
    #expect(uneven.map(\.problem.capacity) == [.perBlock([7, 7, 6])])
    #expect(try stated(topology) { $0.passNodesOnly = [1] }.problems[0].problem.capacity == .uniform(10))
  }

  @Test func nodesOnlySpreadsEachClassOverItsOwnHosts() throws {
    let topology = mixed(openvz: 7, qemu: 2, process: 3, pass: 4)
    let problems = try stated(topology) { ($0.packing, $0.nodesOnly) = (4, true) }.problems
    #expect(problems.map(\.pass) == [4, 4])
    #expect(problems.map(\.computers) == [Array(0..<7), Array(7..<12)])
    #expect(problems.map(\.problem.capacity) == [.perBlock([4, 3]), .perBlock([3, 2])])
    let sized = try stated(topology) { ($0.size, $0.nodesOnly) = (5, true) }.problems
    #expect(sized.map(\.problem.capacity) == [.perBlock([3, 2, 2]), .perBlock([3, 2])])
  }

  @Test func givenPartitionsAreFixedBlocks() throws {
    var builder = TopologyBuilder()
    builder.add("a")
    builder.add("b", ["containers:partition": "web"])
    builder.add("c", ["containers:partition": "7"])
    builder.add("d", ["containers:partition": "web"])
    let problem = try stated(builder.topology) { $0.completePartition = true }.problems[0]
    #expect(problem.givenPartitions == ["web", "7"])
    #expect(problem.problem.fixedBlocks == [-1, 0, 1, 0])
  }

  @Test func givenPartitionsOfTwoClassesAreNumberedWithoutGaps() throws {
    var builder = TopologyBuilder()
    for (index, (kind, partition)) in [("qemu", "q"), ("openvz", "o"), ("qemu", nil), ("openvz", "o2")].enumerated() {
      var attributes: Attributes = ["containers:node_type": kind, "containers:PartitionPass": "0"]
      attributes["containers:partition"] = partition
      builder.add("n-\(index)", attributes)
    }
    let problem = try stated(builder.topology) { $0.completePartition = true }.problems[0]
    #expect(problem.givenPartitions == ["o", "o2", "q"])
    #expect(problem.problem.fixedBlocks == [2, 0, -1, 1])
    #expect(problem.problem.classes == [1, 0, 1, 0])
  }

  @Test func aPassThatIsPlacedAlreadyIsLeftAlone() throws {
    #expect(try stated(.alone(30, ["containers:partition": "0"])).problems == [])
    #expect(try stated(.alone(30, ["containers:partition": "0"])) { $0.completePartition = true }.problems == [])
  }

  @Test func givenPartitionsThatAreTooFullOrSharedBetweenPassesAreRefused() {
    var builder = TopologyBuilder()
    builder.add("free")
    for index in 0..<3 { builder.add("a-\(index)", ["containers:partition": "big"]) }
    builder.add("b", ["containers:partition": "split"])
    builder.add("c", ["containers:partition": "split", "containers:PartitionPass": "4"])
    let topology = builder.topology
    #expect(
      complaints(topology) { $0.completePartition = true } == [
        "partition split holds b of pass 0 and c of pass 4, which are packed apart: give them one pass"
      ])
    #expect(complaints(topology) == [], "nothing is packed")
    var full = TopologyBuilder()
    full.add("free")
    for index in 0..<3 { full.add("a-\(index)", ["containers:partition": "big"]) }
    #expect(
      complaints(full.topology) { ($0.completePartition, $0.packing) = (true, 2) } == [
        "partition big holds 3 computers (a-0, a-1, a-2), and a host of pass 0 may hold 2 (--packing 2): "
          + "--packing 3 would do, or leave 1 of them without a partition"
      ])
  }

  @Test func optionsForPassesWithoutContainersGetAWarning() throws {
    let warnings = try stated(.alone(2)) {
      ($0.passPacking, $0.passNodesOnly, $0.passPnodeTypes) = ([0: 1, 2: 3], [1], [5: ["pc"]])
    }.warnings
    #expect(
      warnings == [
        "--pass-pack speaks of pass 2, which has no containers",
        "--pass-nodes-only speaks of pass 1, which has no containers",
        "--pass-pnodes speaks of pass 5, which has no containers",
      ])
  }

  @Test func aTopologyThatIsNotAnnotatedIsRefused() {
    do throws(PlanningError) {
      _ = try PackingProblems(.alone(1), options: PackingOptions())
      Issue.record("it was taken")
    } catch {
      #expect(error.problems == ["annotate the topology first: no container kind is given to n-0"])
    }
  }

  /// Requests that can't be met, and what is said to them.
  private static let refusals: [(options: @Sendable (inout PackingOptions) -> Void, complaint: String)] = [
    (
      { $0.packing = 3 },
      "partition web holds 4 computers (w-0, w-1, w-2, w-3), and a host of pass 0 may hold 3 (--packing 3): "
        + "--packing 4 would do, or leave 1 of them without a partition"
    ),
    (
      { $0.passPacking = [0: 2] },
      "partition web holds 4 computers (w-0, w-1, w-2, w-3), and a host of pass 0 may hold 2 (--pass-pack 0:2): "
        + "--pass-pack 0:4 would do, or leave 2 of them without a partition"
    ),
    (
      { $0.size = 1 },
      "1 host for pass 0 (--size 1) is too few: partition web, partition db each need a host of their own; "
        + "openvz shares none with qemu or process; --size 3 or --pass-size 0:3 would do"
    ),
    (
      { $0.passSize = [0: 2] },
      "2 hosts for pass 0 (--pass-size 0:2) are too few: partition web, partition db, q (qemu) each need a host of "
        + "their own; --pass-size 0:3 would do"
    ),
  ]

  @Test(arguments: refusals.indices)
  func refusalsNameWhatConflictsAndWhatWouldDo(index: Int) {
    var builder = TopologyBuilder()
    for index in 0..<4 { builder.add("w-\(index)", ["containers:partition": "web"]) }
    builder.add("d", ["containers:partition": "db"])
    builder.add("free")
    builder.add("q", ["containers:node_type": "qemu", "containers:PartitionPass": "0"])
    let refusal = Self.refusals[index]
    let found = complaints(builder.topology) {
      $0.completePartition = true
      refusal.options(&$0)
    }
    #expect(found == [refusal.complaint])
  }

  @Test func aNumberOfHostsThatBreaksThePackingOfItsPassGetsAWarning() throws {
    let topology = Topology.lan(20)
    func warnings(_ change: (inout PackingOptions) -> Void) throws -> [String] { try stated(topology, change).warnings }
    #expect(
      try warnings { ($0.passSize, $0.passPacking) = ([0: 2], [0: 5]) } == [
        "--pass-size 0:2 beats --pass-pack 0:5, so that hosts hold up to 10 containers: --pass-size 0:4 would keep to it"
      ])
    #expect(try warnings { ($0.size, $0.passPacking) = (4, [0: 5]) } == [])
    #expect(try warnings { ($0.size, $0.packing) = (1, 5) } == [], "that a size beats the packing is documented")
  }
}
