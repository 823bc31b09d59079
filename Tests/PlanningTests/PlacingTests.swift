import TestSupport
import Testing
import TopologyModel

@testable import Planning

/// How the partitioner's answers become partitions: the answers are given here.
@Suite struct PlacingTests {
  private func placed(_ topology: Topology, blocks: [[Int32]], options: PackingOptions) throws -> [String?] {
    let annotated = try annotate(topology, options: options).topology
    let problems = try PackingProblems(annotated, options: options).problems
    return annotated.placing(problems, in: blocks).computers.map(\.partition)
  }

  @Test func blocksAreNamedInTheOrderOfTheirFirstComputers() throws {
    let partitions = try placed(.alone(6), blocks: [[2, 0, 2, 1, 0, 1]], options: PackingOptions())
    #expect(partitions == ["0", "1", "0", "2", "1", "2"])
  }

  @Test func passesAreNumberedOneAfterTheOther() throws {
    var builder = TopologyBuilder()
    for (index, kind) in ["qemu", "openvz", "qemu", "embedded_pnode", "openvz"].enumerated() {
      builder.add("n-\(index)", ["containers:node_type": kind])
    }
    let partitions = try placed(builder.topology, blocks: [[1, 0], [0, 1]], options: PackingOptions())
    #expect(partitions == ["2", "0", "3", nil, "1"])
  }

  @Test func givenNamesStayAndNewOnesAreUnused() throws {
    var options = PackingOptions()
    options.completePartition = true
    var builder = TopologyBuilder()
    for partition in ["1", nil, "web", nil, nil, nil] {
      builder.add(
        "n-\(builder.topology.computers.count)", partition.map { ["containers:partition": $0] } ?? [:])
    }
    let partitions = try placed(builder.topology, blocks: [[0, 3, 1, 0, 2, 4]], options: options)
    #expect(partitions == ["1", "0", "web", "1", "2", "3"])
  }

  @Test func classesOfAnEvenPassAreNumberedTogether() throws {
    var options = PackingOptions()
    options.passNodesOnly = [0]
    var builder = TopologyBuilder()
    for kind in ["openvz", "qemu", "openvz", "qemu"] {
      builder.add(
        "n-\(builder.topology.computers.count)", ["containers:node_type": kind, "containers:PartitionPass": "0"])
    }
    #expect(try placed(builder.topology, blocks: [[0, 1], [1, 0]], options: options) == ["0", "1", "2", "3"])
  }
}
