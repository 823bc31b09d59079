import TestSupport
import Testing

@testable import Partitioning

/// Bounds that add up from regions.
@Suite struct RegionBoundTests {
  private let clock = SearchClock(PartitioningOptions())

  private func certificate(_ bound: (value: Int, regions: [BoundCertificate.Region]), blocks: Int) -> BoundCertificate {
    let part = BoundCertificate.ClassBound(
      vertex: 0, blocks: blocks, lowerBound: bound.value, by: .regions, prices: nil, regions: bound.regions)
    return BoundCertificate(blocks: blocks, fewestBlocks: blocks, lowerBound: bound.value, classes: [part])
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func noPartitionCostsLessThanItsRegions(seed: UInt64) throws {
    var problems = RandomProblem(seed: 6000 + seed)
    for number in 0..<20 {
      var problem = problems.next(vertexCount: 4...8)
      problem.classes = []
      guard let solution = Oracle.solution(problem), let task = SearchTask(problem), task.capacities.count > 1 else {
        continue
      }
      let bound = RegionBound(task, size: 3, workLimit: 10_000_000, clock: clock).bound()
      let comment: Comment = "problem \(number) of seed \(seed): \(problem)"
      #expect(bound.value <= solution.cost, comment)
      #expect(Set(bound.regions.flatMap(\.vertices)).count == task.blocks.count, comment)
      // Whether the blocks are the fewest isn't asked here.
      problem.blockCount = .exactly(solution.blockCount)
      let verdict = BoundVerifier(problem).verdict(on: certificate(bound, blocks: solution.blockCount))
      #expect(verdict == .holds, comment)
    }
  }

  @Test func regionsBoundGridsBetterThanTheirStructure() throws {
    let problem = PartitioningProblem(Graphs.grid(8, 12), capacity: .uniform(6))
    var task = try #require(SearchTask(problem))
    // Blocks of two by three.
    task.blocks = (0..<96).map { (vertex: Int) -> Int32 in Int32(vertex / 24 * 4 + vertex % 12 / 3) }
    let bound = RegionBound(task, size: 24, workLimit: 20_000_000, clock: clock).bound()
    let cost = PartitionVerifier(problem).report(task.blocks).cost
    #expect(cost == 60 && bound.value > 20 && bound.value <= cost)
    #expect(BoundVerifier(problem).verdict(on: certificate(bound, blocks: 16)) == .holds)
    for index in bound.regions.indices {
      var damaged = bound
      damaged.regions[index].lowerBound += 1
      damaged.value += 1
      guard case .refused = BoundVerifier(problem).verdict(on: certificate(damaged, blocks: 16)) else {
        Issue.record("the bound of region \(index) isn't proven")
        continue
      }
      damaged = bound
      damaged.regions[index].vertices[0] = damaged.regions[(index + 1) % damaged.regions.count].vertices[0]
      guard case .refused = BoundVerifier(problem).verdict(on: certificate(damaged, blocks: 16)) else {
        Issue.record("a vertex is in two regions")
        continue
      }
    }
  }
}
