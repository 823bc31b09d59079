import TestSupport
import Testing

@testable import Partitioning

/// Graphs whose regions don't hold what is cut.
@Suite struct ExpanderTests {
  /// A ring with chords to anywhere, some LANs, vertices and links of different weights, and a few vertices fixed.
  private static func ringWithChords(_ count: Int, seed: UInt64) -> PartitioningProblem {
    var random = SplitMix64(seed: seed)
    func any() -> Int32 { Int32.random(in: 0..<Int32(count), using: &random) }
    let ring = (0..<count).map { [Int32($0), Int32(($0 + 1) % count)] }
    let chords = (0..<count).map { [Int32($0), any()] }
    let lans = (0..<count / 50).map { _ in (0..<5).map { _ in any() } }
    let nets = ring + chords + lans
    var problem = PartitioningProblem(
      Hypergraph(
        vertexWeights: (0..<count).map { $0 % 9 == 0 ? 2 : 1 }, nets: nets,
        netWeights: nets.indices.map { Int32($0 % 3 + 1) }),
      capacity: .uniform(12))
    problem.fixedBlocks = (0..<count).map { $0 % 400 == 7 ? Int32($0 / 400) : -1 }
    return problem
  }

  private func task(_ problem: PartitioningProblem) throws -> SearchTask {
    var task = try #require(SearchTask(problem))
    let start =
      task.isFixed.contains(true)
      ? GreedyGrowth.blocks(of: task) { false }
      : RecursiveBisection.blocks(of: task.graph, capacities: task.capacities, seed: 1) { false }
    task.blocks = try #require(Repair.feasible(start, task))
    return task
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func expandersAreToldFromOtherGraphs(seed: UInt64) throws {
    #expect(Expansion.isHigh(try task(Self.ringWithChords(1000, seed: seed)), seed: seed))
    let random = Graphs.random(vertexCount: 1000, links: 3000, lans: 0, seed: seed)
    #expect(Expansion.isHigh(try task(PartitioningProblem(random, capacity: .uniform(10))), seed: seed))
    for other in [Graphs.path(1000), Graphs.grid(30, 35)] {
      #expect(!Expansion.isHigh(try task(PartitioningProblem(other, capacity: .uniform(10))), seed: seed))
    }
    // Of so few blocks any region is a part worth speaking of.
    #expect(!Expansion.isHigh(try task(PartitioningProblem(random, capacity: .uniform(100))), seed: seed))
  }

  @Test(arguments: [1000, 6000])
  func whatIsOverfilledOnTheWayIsFeasibleInTheEnd(vertexCount: Int) throws {
    let problem = Self.ringWithChords(vertexCount, seed: 5)
    let start = try task(problem)
    let partitions = [1, 2, 8].map { threads in
      expectPartition(
        of: problem, options: PartitioningOptions(effort: .fast, threads: threads, usesIntegerPrograms: false))
    }
    let partition = try #require(partitions[0])
    #expect(partition.cost < start.cost)
    #expect(partitions.allSatisfy { $0 == partition })
  }

  @Test func stoppedInTheMiddleItAnswersWithTheBestSoFar() throws {
    let problem = Self.ringWithChords(6000, seed: 6)
    let start = try task(problem)
    let partition = try #require(
      expectPartition(
        of: problem,
        options: PartitioningOptions(effort: .balanced, usesIntegerPrograms: false, timeLimit: .seconds(2))))
    #expect(partition.isInterrupted && partition.cost <= start.cost)
  }
}
