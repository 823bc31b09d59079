import Planning
import TestSupport
import Testing
import TopologyModel

@Suite struct EmbeddingTests {
  /// Computers in the given partitions, or embedded where there is none, and a LAN of them all.
  private func partitioned(_ partitions: [String?], kinds: [String] = []) -> Topology {
    var builder = TopologyBuilder()
    for (index, partition) in partitions.enumerated() {
      let kind = kinds.isEmpty ? (partition == nil ? "embedded_pnode" : "openvz") : kinds[index]
      var attributes: Attributes = ["containers:node_type": kind]
      attributes["containers:partition"] = partition
      builder.add("n-\(index)", attributes)
    }
    builder.join("lan0", partitions.indices.map { "n-\($0)" })
    return builder.topology
  }

  private func embedding(_ topology: Topology, options: PackingOptions = PackingOptions()) throws -> Embedding {
    let embedding = try embed(topology, options: options, site: SiteConfiguration())
    #expect(PlanChecker(topology, options: options).problems(of: embedding) == [])
    return embedding
  }

  private func problems(_ topology: Topology) -> [String] {
    do throws(PlanningError) {
      _ = try embed(topology, options: PackingOptions(), site: SiteConfiguration())
      return []
    } catch {
      return error.problems
    }
  }

  @Test func hostsFollowTheOrderOfPartitionsAndEmbeddedComputersComeLast() throws {
    let embedding = try embedding(partitioned(["web", "10", nil, "9", "a", "10", "010"]))
    #expect(
      embedding.hosts.map(\.name) == ["pnode-0000", "pnode-0001", "pnode-0002", "pnode-0003", "pnode-0004", "n-2"])
    #expect(
      embedding.hosts.map(\.role) == [
        .shared(partition: "9"), .shared(partition: "010"), .shared(partition: "10"), .shared(partition: "a"),
        .shared(partition: "web"), .embedded,
      ])
    #expect(embedding.hosts.map(\.computers) == [[3], [6], [1, 5], [4], [0], [2]])
    #expect(embedding.hostOfComputer == [4, 2, 5, 0, 3, 2, 1])
  }

  @Test func numbersLongerThanAnyIntegerAreOrderedByValue() throws {
    let long = String(repeating: "9", count: 30)
    let embedding = try embedding(partitioned(["1" + long, long, "0"]))
    #expect(embedding.hostOfComputer == [2, 1, 0])
  }

  @Test func namesGrowBeyondFourDigits() {
    #expect(Host.name(at: 7) == "pnode-0007")
    #expect(Host.name(at: 12_345) == "pnode-12345")
  }

  @Test func hostsTakeHardwareAndSystemFromTheirPassAndKind() throws {
    var options = PackingOptions()
    options.pnodeTypes = ["pc"]
    options.passPnodeTypes = [1: ["MicroCloud", "bpc"]]
    var topology = partitioned(
      ["0", "1", "1", "2", nil], kinds: ["openvz", "qemu", "process", "process", "embedded_pnode"])
    topology.updateComputer(4) { computer in
      computer.attributes["type"] = "pc3000"
      computer.operatingSystems = [OperatingSystem(attributes: ["osid": "FBSD10-STD"])]
    }
    let hosts = try embedding(topology, options: options).hosts
    #expect(hosts.map(\.hardwareTypes) == [["pc"], ["MicroCloud", "bpc"], ["MicroCloud", "bpc"], ["pc3000"]])
    #expect(hosts.map(\.operatingSystem) == ["CentOS6-64-openvz", "Ubuntu1604-STD", "Ubuntu1604-STD", "FBSD10-STD"])
    #expect(hosts.map(\.kinds) == [[.openvz], [.qemu, .process], [.process], [.embeddedPnode]])
    #expect(hosts.map(\.pass) == [0, 1, 1, nil])
  }

  @Test func onlySubstratesOnSeveralHostsCross() throws {
    var builder = TopologyBuilder()
    for (name, partition) in [("a", "1"), ("b", "0"), ("c", "1"), ("d", "2")] {
      builder.add(name, ["containers:node_type": "openvz", "containers:partition": partition])
    }
    builder.join("inside", ["a", "c"])
    builder.join("across", ["a", "b"])
    builder.join("lan", ["d", "a", "c", "b", "a"])
    builder.join("stub", ["d"])
    builder.join("empty", [])
    let embedding = try embedding(builder.topology)
    #expect(embedding.crossings.map(\.substrate) == [1, 2])
    #expect(embedding.crossings.map(\.hosts) == [[0, 1], [0, 1, 2]])
    #expect(embedding.cost == 3)
  }

  @Test func whatIsNotReadyIsRefusedWithAllReasons() {
    var builder = TopologyBuilder()
    builder.add("pnode-0000")
    builder.add("a", ["containers:node_type": "openvz"])
    builder.add("b", ["containers:node_type": "openvz", "containers:partition": "0"])
    builder.add("c", ["containers:node_type": "qemu", "containers:partition": "0"])
    builder.join("s", ["a", "b"], addresses: ["a": "10.0.0.300"])
    #expect(
      problems(builder.topology) == [
        "the names pnode-0000, pnode-0001, … are those of hosts: give another name to pnode-0000",
        "annotate the topology first: no container kind is given to pnode-0000",
        "partition the topology first: no partition is given to a",
        "partition 0 holds b (openvz) and c (qemu): these kinds never share a host; give another partition to c",
        "`10.0.0.300`, the address of a on s, is none: one such as 10.0.0.1 is",
      ])
  }

  @Test func noComputersNeedNoHosts() throws {
    #expect(try embedding(Topology()).hosts == [])
  }

  @Test(arguments: 0..<20)
  func anyPartitionOfARandomTopologyIsEmbeddedRight(seed: UInt64) throws {
    var options = PackingOptions()
    options.completePartition = true
    var topology = try annotate(.random(computers: 30, substrates: 40, seed: seed), options: options).topology
    var random = SplitMix64(seed: seed)
    for index in topology.computers.indices where topology.computers[index].kind != .embeddedPnode {
      let partition =
        (topology.computers[index].kind == .openvz ? "o" : "q") + String(Int.random(in: 0..<3, using: &random))
      topology.updateComputer(index) { $0.attributes["containers:partition"] = partition }
    }
    let embedding = try embedding(topology, options: options)
    let totals = try partition(topology, options: options).totals
    #expect(PlanChecker(topology, options: options).problems(of: embedding, totals: totals) == [])
    #expect(totals.isOptimal, "where all is given, nothing is better")
  }
}
