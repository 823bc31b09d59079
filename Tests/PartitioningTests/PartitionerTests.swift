import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Partitioning

@Suite struct PartitionerTests {
  private func fast(seed: UInt64 = 1) -> PartitioningOptions { PartitioningOptions(effort: .fast, seed: seed) }

  @Test func partitionsTheEmptyHypergraphIntoNoBlocks() {
    let partition = expectPartition(of: PartitioningProblem(Graphs.path(0), capacity: .uniform(10)))
    #expect(partition?.blockCount == 0 && partition?.isOptimal == true)
  }

  @Test func aSingleVertexHasABlock() {
    let partition = expectPartition(of: PartitioningProblem(Graphs.path(1), capacity: .uniform(10)))
    #expect(partition?.blocks == [0] && partition?.isOptimal == true)
  }

  @Test func whatFitsOneBlockCostsNothing() {
    let partition = expectPartition(of: PartitioningProblem(Graphs.grid(3, 3), capacity: .uniform(9)))
    #expect(partition?.blockCount == 1 && partition?.cost == 0 && partition?.isOptimal == true)
  }

  @Test func withCapacityOneEveryNetIsCutApart() {
    let hypergraph = Hypergraph(vertexWeights: [1, 1, 1, 1], nets: [[0, 1, 2, 3], [0, 1]])
    let partition = expectPartition(of: PartitioningProblem(hypergraph, capacity: .uniform(1)))
    #expect(partition?.cost == 4 && partition?.isOptimal == true)
  }

  @Test func aStarKeepsAsManyLeavesAsFitAndKnowsIt() {
    let partition = expectPartition(of: PartitioningProblem(Graphs.star(leaves: 100), capacity: .uniform(10)))
    #expect(partition?.blockCount == 11)
    #expect(partition?.cost == 91 && partition?.isOptimal == true)
  }

  @Test func aPathIsCutIntoAsFewPiecesAsFit() {
    let partition = expectPartition(of: PartitioningProblem(Graphs.path(100), capacity: .uniform(10)))
    #expect(partition?.cost == 9 && partition?.isOptimal == true)
  }

  @Test func aNetOverEverythingTouchesEveryBlock() {
    let hypergraph = Hypergraph(vertexWeights: [Int32](repeating: 1, count: 300), nets: [(0..<300).map { $0 }])
    let partition = expectPartition(of: PartitioningProblem(hypergraph, capacity: .uniform(10)))
    #expect(partition?.cost == 29 && partition?.isOptimal == true)
  }

  @Test func verticesWithoutWeightTakeNoRoom() {
    let hypergraph = Graphs.graph(
      vertexCount: 30, edges: (1..<30).map { [0, $0] }, weights: [1] + [Int32](repeating: 0, count: 29))
    let partition = expectPartition(of: PartitioningProblem(hypergraph, capacity: .uniform(1)))
    #expect(partition?.blockCount == 1)
    let spread = expectPartition(
      of: PartitioningProblem(hypergraph, capacity: .uniform(1), blockCount: .exactly(20)))
    #expect(spread?.cost == 19)
  }

  @Test func componentsStayWholeWhereTheyPack() {
    // Twelve rings of five: two a block.
    let edges = (0..<60).map { [$0, $0 / 5 * 5 + ($0 + 1) % 5] }
    let partition = expectPartition(
      of: PartitioningProblem(Graphs.graph(vertexCount: 60, edges: edges), capacity: .uniform(10)))
    #expect(partition?.blockCount == 6 && partition?.cost == 0)
  }

  @Test func edgelessHypergraphsAreJustPacked() {
    let hypergraph = Hypergraph(vertexWeights: [Int32](repeating: 1, count: 55), nets: [[3], []])
    let partition = expectPartition(of: PartitioningProblem(hypergraph, capacity: .uniform(10)))
    #expect(partition?.blockCount == 6 && partition?.cost == 0 && partition?.isOptimal == true)
  }

  @Test func fixedVerticesStayWhereTheyAre() {
    let fixed = (0..<100).map { $0 % 7 == 0 ? Int32($0 / 7 % 10) : -1 }
    let partition = expectPartition(
      of: PartitioningProblem(Graphs.grid(10, 10), capacity: .uniform(10), fixedBlocks: fixed))
    #expect(partition?.blockCount == 10)
  }

  @Test func netsOverSeveralClassesAreCutInAnyCase() {
    let hypergraph = Hypergraph(
      vertexWeights: [1, 1, 1, 1], nets: [[0, 1, 2, 3], [0, 1], [2, 3]], netWeights: [5, 1, 1])
    let partition = expectPartition(
      of: PartitioningProblem(hypergraph, capacity: .uniform(10), classes: [1, 1, 0, 0]))
    #expect(partition?.cost == 5 && partition?.isOptimal == true && partition?.boundSource == .structure)
  }

  @Test(arguments: [(10, 0.0), (7, 0.0), (10, 0.3)])
  func gridsAreFeasibleAtZeroSlackAndGood(capacity: Int, fixedShare: Double) {
    var random = SplitMix64(seed: 5)
    let vertexCount = 140
    // Fixed by a feasible partition, so that it can be met.
    let fixed = (0..<vertexCount).map {
      Double.random(in: 0..<1, using: &random) < fixedShare ? Int32($0 / capacity) : -1
    }
    let problem = PartitioningProblem(Graphs.grid(14, 10), capacity: .uniform(capacity), fixedBlocks: fixed)
    let partition = expectPartition(of: problem)
    #expect(partition?.blockCount == vertexCount / capacity)
    // Blocks that are rows cost 130 at capacity 10; anything that searches finds less than that, or close to it.
    #expect((partition?.cost ?? .max) < (capacity == 10 ? 131 : 150))
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func randomHypergraphsArePartitionedFeasibly(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let heaviest: Int32 = [1, 1, 5][Int(seed % 3)]
    let hypergraph = Graphs.random(vertexCount: 90, links: 120, lans: 12, heaviest: heaviest, seed: seed)
    let classes: [Int32] = seed % 2 == 0 ? [] : (0..<90).map { _ in Int32.random(in: 0...2, using: &random) }
    let fixed: [Int32] =
      seed < 3 ? [] : (0..<90).map { classes.isEmpty && $0 < 5 ? Int32($0) : -1 }
    expectPartition(
      of: PartitioningProblem(hypergraph, capacity: .uniform(12), classes: classes, fixedBlocks: fixed),
      "seed \(seed)")
  }

  @Test func manyClassesOfOneVertexAreQuick() {
    let hypergraph = Graphs.grid(30, 30)
    let partition = expectPartition(
      of: PartitioningProblem(hypergraph, capacity: .uniform(10), classes: (0..<900).map { $0 }))
    #expect(partition?.blockCount == 900 && partition?.isOptimal == true)
  }

  @Test func weightsAtTheLimitOfTheirTypeAreCounted() {
    let hypergraph = Hypergraph(
      vertexWeights: [.max, .max, .max, 1], nets: [[0, 1], [1, 2], [2, 3], [0, 1, 2, 3], [0, 1]],
      netWeights: [.max, .max, .max, .max, .max])
    let partition = expectPartition(
      of: PartitioningProblem(hypergraph, capacity: .uniform(2 * Int(Int32.max))))
    #expect(partition?.blockCount == 2)
    #expect(partition?.cost == 2 * Int(Int32.max))
  }

  // MARK: Determinism, ends and progress

  @Test func parallelLinksThatAreTooHeavyToAddUpBindOnlyOnce() throws {
    let heavy = [Int32](repeating: .max, count: 2)
    let hypergraph = Hypergraph(
      vertexWeights: [Int32](repeating: 1, count: 20),
      nets: [[0, 1], [0, 1]] + (0..<18).map { [$0, $0 + 2] },
      netWeights: heavy + [Int32](repeating: 1, count: 18))
    let partition = try #require(
      expectPartition(of: PartitioningProblem(hypergraph, capacity: .uniform(2)), options: fast()))
    #expect(partition.blocks[0] == partition.blocks[1] && partition.lowerBound <= partition.cost)
    #expect(partition.cost < 20)
  }

  @Test func theSameSeedGivesTheSameAnswerAlsoAtTheSameTime() async {
    let problem = PartitioningProblem(
      Graphs.random(vertexCount: 120, links: 200, lans: 6, seed: 9), capacity: .uniform(10))
    let options = fast(seed: 4)
    let expected = Partitioner(options: options).solve(problem)
    await withTaskGroup { group in
      for _ in 0..<4 { group.addTask { Partitioner(options: options).solve(problem) } }
      for await outcome in group { #expect(outcome == expected) }
    }
  }

  @Test(arguments: Effort.allCases)
  func theAnswerIsTheSameWithAnyNumberOfThreads(effort: Effort) throws {
    let classes: [Int32] = (0..<40).map { $0 % 2 }
    var problems = [
      PartitioningProblem(
        Graphs.random(vertexCount: 40, links: 60, lans: 5, heaviest: 3, seed: 1), capacity: .uniform(12),
        classes: classes),
      PartitioningProblem(Graphs.grid(9, 10), capacity: .uniform(10)),
    ]
    // Large enough for pieces and regions.
    if effort == .fast { problems.append(PartitioningProblem(Graphs.grid(90, 90), capacity: .uniform(10))) }
    for problem in problems {
      let answers = [1, 2, 8].map { threads in
        expectPartition(of: problem, options: PartitioningOptions(effort: effort, threads: threads))
      }
      #expect(answers[0] != nil && answers[0] == answers[1] && answers[0] == answers[2])
    }
  }

  @Test func whoeverCannotWaitGetsTheBestSoFar() throws {
    // A step that looks at no clock: the answer doesn't wait for it.
    let flag = Flag()
    let begin = ContinuousClock.now
    let answer = stoppable(when: { ContinuousClock.now - begin > .milliseconds(20) }) {
      while ContinuousClock.now - begin < .seconds(20), !flag.isSet.load(ordering: .relaxed) { sched_yield() }
      return "late"
    } substitute: {
      "in time"
    }
    flag.isSet.store(true, ordering: .relaxed)
    #expect(answer == "in time")
    #expect(stoppable(when: { true }, { "done" }, substitute: { nil }) == "done")
  }

  @Test func largeGraphsAreSearchedByRegionAndDeterministic() throws {
    let problem = PartitioningProblem(Graphs.grid(80, 80), capacity: .uniform(10))
    let options = PartitioningOptions(effort: .fast, timeLimit: nil)
    let partition = try #require(expectPartition(of: problem, options: options))
    #expect(partition.blockCount == 640 && !partition.isInterrupted)
    #expect(Partitioner(options: options).solve(problem) == .partition(partition))
  }

  @Test func aCancelledSearchAnswersWithAFeasiblePartition() throws {
    let problem = PartitioningProblem(Graphs.grid(20, 20), capacity: .uniform(10))
    let partition = try #require(
      expectPartition(of: problem, options: PartitioningOptions(isCancelled: { true })))
    #expect(partition.isInterrupted && partition.blockCount == 40)
  }

  @Test func aTimeLimitIsKept() throws {
    let problem = PartitioningProblem(Graphs.grid(40, 40), capacity: .uniform(10))
    let begin = ContinuousClock.now
    let partition = try #require(
      expectPartition(
        of: problem, options: PartitioningOptions(effort: .thorough, timeLimit: .milliseconds(300))))
    // Without a limit it would take minutes; a busy machine may take its time to stop.
    #expect(ContinuousClock.now - begin < .seconds(30))
    #expect(partition.isInterrupted && partition.blockCount == 160)
  }

  @Test func progressIsToldWithTheCostSoFar() {
    let told = Mutex<[PartitioningProgress]>([])
    // What has been told once with a cost need not go on; the limit is for what never gets there.
    let options = PartitioningOptions(
      effort: .balanced, timeLimit: .seconds(60),
      isCancelled: { told.withLock { $0.contains { $0.cost != nil } } },
      progress: { news in told.withLock { $0.append(news) } })
    expectPartition(of: PartitioningProblem(Graphs.grid(25, 25), capacity: .uniform(10)), options: options)
    told.withLock { told in
      #expect(!told.isEmpty)
      #expect(told.allSatisfy { (0...1).contains($0.fraction) && ($0.cost ?? 0) >= 0 })
      #expect(told.last?.cost != nil)
    }
  }
}

/// Tells a thread to end.
private final class Flag: Sendable {
  let isSet = Atomic(false)
}
