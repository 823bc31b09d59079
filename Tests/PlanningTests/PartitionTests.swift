import Partitioning
import Planning
import Synchronization
import TestSupport
import Testing
import TopologyModel

/// The whole way from a topology to its plan, with the real partitioner; every plan is verified from scratch.
@Suite struct PartitionTests {
  /// A plan.
  private struct Plan {
    var embedding: Embedding
    var totals: Totals
    var warnings: [String]

    /// How many computers each host holds, most first.
    var sizes: [Int] { embedding.hosts.map(\.computers.count).sorted(by: >) }
  }

  private func plan(_ topology: Topology, _ change: (inout PackingOptions) -> Void = { _ in }) throws -> Plan {
    var options = PackingOptions()
    change(&options)
    let annotated = try annotate(topology, options: options)
    let partitioned = try partition(
      annotated.topology, options: options, with: Partitioner(options: PartitioningOptions(effort: .fast)))
    let embedding = try embed(partitioned.topology, options: options, site: SiteConfiguration())
    let checker = PlanChecker(annotated.topology, options: options)
    #expect(checker.problems(of: embedding, totals: partitioned.totals) == [])
    return Plan(embedding: embedding, totals: partitioned.totals, warnings: annotated.warnings + partitioned.warnings)
  }

  @Test func theFirstExampleFitsOnOneHost() throws {
    let plan = try plan(.star(satellites: 9))
    #expect(plan.embedding.hosts.map(\.name) == ["pnode-0000"])
    #expect(plan.embedding.hosts.map(\.operatingSystem) == ["CentOS6-64-openvz"])
    #expect(plan.totals.cost == 0 && plan.totals.isOptimal)
  }

  @Test func theStarPackedByTwosNeedsFiveHosts() throws {
    let plan = try plan(.star(satellites: 9)) { $0.packing = 2 }
    #expect(plan.sizes == [2, 2, 2, 2, 2])
    #expect(plan.totals.cost == 8)
  }

  @Test(arguments: [(10, 2), (11, 2), (5, 4), (6, 4), (20, 1), (1, 20)])
  func aLanIsPackedOnTheFewestHosts(packing: Int, hosts: Int) throws {
    let plan = try plan(.lan(20)) { $0.packing = packing }
    #expect(plan.embedding.hosts.count == hosts)
    #expect(plan.totals.cost == hosts - 1)
  }

  @Test(arguments: [(10, [10, 10]), (5, [5, 5, 5, 5]), (6, [5, 5, 5, 5]), (7, [7, 7, 6])])
  func nodesOnlySplitsEvenly(packing: Int, sizes: [Int]) throws {
    #expect(try plan(.lan(20)) { ($0.packing, $0.nodesOnly) = (packing, true) }.sizes == sizes)
  }

  @Test(arguments: [(1, 20), (3, 7), (4, 5), (20, 1)])
  func sizeGivesThatManyHosts(hosts: Int, largest: Int) throws {
    let plan = try plan(.lan(20)) { ($0.size, $0.packing, $0.passPacking) = (hosts, 2, [0: 3]) }
    #expect(plan.embedding.hosts.count == hosts)
    #expect(plan.sizes.first == largest)
  }

  /// The documentation's sixth example: a center in pass 0 and LANs of twenty in passes 1, 2 and 3.
  private var example6: Topology {
    var builder = TopologyBuilder()
    builder.add("center", ["containers:PartitionPass": "0"])
    for lan in 0..<3 {
      for index in 0..<20 { builder.add("n-\(lan * 20 + index)", ["containers:PartitionPass": String(lan + 1)]) }
      builder.join("lan-\(lan)", ["center"] + (0..<20).map { "n-\(lan * 20 + $0)" })
    }
    return builder.topology
  }

  @Test func theSixthExampleNeedsEightHosts() throws {
    let plan = try plan(example6) { try? $0.addPassPacking("0:1,1:20,2:10,3:5") }
    #expect(plan.sizes == [20, 10, 10, 5, 5, 5, 5, 1])
    #expect(plan.embedding.hosts[0].computers.map { plan.embedding.topology.computers[$0].name } == ["center"])
    #expect(plan.embedding.hosts.compactMap(\.pass) == [0, 1, 2, 2, 3, 3, 3, 3])
    #expect(plan.totals.cost == 1 + 2 + 4 && plan.totals.isOptimal)
  }

  @Test func kindsThatNeverMeetHaveHostsOfTheirOwn() throws {
    let qemu: Attributes = ["containers:node_type": "qemu"]
    let third = try plan(.star(satellites: 9, center: ["containers:node_type": "open_vz"], satellite: qemu))
    #expect(third.embedding.hosts.map(\.kinds) == [[.openvz], [.qemu]])
    #expect(third.embedding.hosts.map(\.computers.count) == [1, 9])
    #expect(third.totals.cost == 9 && third.totals.lowerBound == 9 && third.totals.isOptimal)

    var builder = TopologyBuilder()
    builder.add("center")
    for index in 0..<9 {
      builder.add("n-\(index)", index < 8 ? qemu : ["containers:node_type": "embedded_pnode"])
      builder.join("link-\(index)", ["center", "n-\(index)"])
    }
    let fourth = try plan(builder.topology)
    #expect(fourth.embedding.hosts.map(\.name) == ["pnode-0000", "pnode-0001", "n-8"])
    #expect(fourth.embedding.hosts.map(\.computers.count) == [1, 8, 1])
  }

  @Test func sixtyVirtualMachinesPackedByTwentyFiveNeedThreeHosts() throws {
    let topology = Topology.random(computers: 60, substrates: 60, seed: 1)
    var plain = topology
    for index in plain.computers.indices { plain.updateComputer(index) { $0.attributes = ["partition": "1"] } }
    let plan = try plan(plain) { ($0.packing, $0.defaultKind, $0.forcePartition) = (25, .qemu, true) }
    #expect(plan.embedding.hosts.count == 3)
  }

  @Test func givenPartitionsAreKeptAndTheRestIsPlacedBesideThem() throws {
    var builder = TopologyBuilder()
    for index in 0..<12 {
      builder.add("n-\(index)", index == 3 || index == 7 ? ["containers:partition": "web"] : [:])
    }
    builder.join("lan0", (0..<12).map { "n-\($0)" })
    let plan = try plan(builder.topology) { ($0.completePartition, $0.packing) = (true, 6) }
    #expect(plan.sizes == [6, 6])
    #expect(plan.embedding.hosts.map(\.role) == [.shared(partition: "0"), .shared(partition: "web")])
    #expect(Set([3, 7]).isSubset(of: plan.embedding.hosts[1].computers))
  }

  @Test func theSameRequestGivesTheSamePlan() throws {
    let topology = Topology.random(computers: 40, substrates: 60, seed: 3)
    let one = try plan(topology) { $0.packing = 4 }
    let other = try plan(topology) { $0.packing = 4 }
    #expect(one.embedding == other.embedding)
  }

  @Test func readingAPartitionedTopologyGivesTheSamePlan() throws {
    let plan = try plan(.random(computers: 40, substrates: 60, seed: 4)) { $0.packing = 4 }
    let again = try self.plan(plan.embedding.topology) { $0.packing = 4 }
    #expect(again.embedding == plan.embedding)
  }

  @Test func progressSpeaksOfThePassesTogether() throws {
    let fractions = Mutex<[Double]>([])
    let partitioner = Partitioner(
      options: PartitioningOptions(
        timeLimit: .seconds(60), progress: { progress in fractions.withLock { $0.append(progress.fraction) } }))
    let topology = try annotate(example6, options: PackingOptions()).topology
    _ = try partition(topology, options: PackingOptions(), with: partitioner)
    let reported = fractions.withLock { $0 }
    #expect(reported == reported.sorted() && reported.allSatisfy { (0...1).contains($0) })
  }

  @Test(arguments: 0..<40)
  func anyRandomTopologyIsPlannedRight(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let topology = Topology.random(
      computers: Int.random(in: 1...40, using: &random), substrates: Int.random(in: 0...50, using: &random), seed: seed)
    _ = try plan(topology) { $0.packing = Int.random(in: 1...8, using: &random) }
    _ = try plan(topology) { ($0.packing, $0.nodesOnly) = (Int.random(in: 1...8, using: &random), true) }
    _ = try plan(topology) { ($0.size, $0.passSize) = (Int.random(in: 2...6, using: &random), [2: 3]) }
    var pinned = topology
    for index in pinned.computers.indices where Int.random(in: 0..<4, using: &random) == 0 {
      pinned.updateComputer(index) { computer in
        let name = "\(computer.kind?.hostClassName ?? "o")\(computer.attributes["containers:PartitionPass"] ?? "x")"
        computer.attributes["containers:partition"] = name
      }
    }
    _ = try plan(pinned) { ($0.packing, $0.completePartition) = (40, true) }
    _ = try plan(pinned) { ($0.packing, $0.completePartition, $0.nodesOnly) = (40, true, true) }
  }
}

extension ContainerKind {
  /// A name that kinds have in common where they may share a host.
  fileprivate var hostClassName: String { self == .openvz ? "o" : "q" }
}
