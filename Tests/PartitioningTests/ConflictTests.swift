import Partitioning
import TestSupport
import Testing

@Suite struct ConflictTests {
  private func problem(
    _ weights: [Int32], _ capacity: Int, exactly count: Int? = nil, classes: [Int32] = [], fixed: [Int32] = []
  ) -> PartitioningProblem {
    PartitioningProblem(
      Hypergraph(vertexWeights: weights, nets: []), capacity: .uniform(capacity),
      blockCount: count.map { .exactly($0) } ?? .fewest, classes: classes, fixedBlocks: fixed)
  }

  private func conflict(_ problem: PartitioningProblem) -> Conflict? {
    guard case .infeasible(let reason) = Partitioner(options: .init(effort: .fast)).solve(problem) else { return nil }
    return problem.conflict(behind: reason)
  }

  @Test func aVertexThatFitsNowhereNeedsACapacityOfItsWeight() {
    #expect(
      conflict(problem([1, 6], 5)) == Conflict(statements: [.weight(vertex: 1), .capacity], changes: [.capacity(6)]))
  }

  @Test func asFewFixedVerticesAsAreTooHeavyAreNamed() {
    #expect(
      conflict(problem([1, 4, 1, 3], 5, fixed: [0, 0, 0, 0]))
        == Conflict(
          statements: [.fixed(vertices: [1, 3], block: 0), .capacity], changes: [.free(vertices: [1]), .capacity(9)]))
  }

  @Test func theLeastFrequentClassIsFreed() {
    #expect(
      conflict(problem([1, 1, 1, 1], 5, classes: [3, 4, 4, 4], fixed: [0, 0, 0, 0]))
        == Conflict(
          statements: [.fixed(vertices: [0, 1], block: 0), .classes], changes: [.free(vertices: [0])]))
  }

  @Test func aBlockBeyondTheLastIsFreedOrCounted() {
    #expect(
      conflict(problem([1, 1, 1, 1], 5, exactly: 2, fixed: [-1, 2, -1, -1]))
        == Conflict(
          statements: [.fixed(vertices: [1], block: 2), .blockCount],
          changes: [.free(vertices: [1]), .blockCount(3)]))
  }

  @Test func tooFewBlocksAreBlamedOnWhatMakesThemTooFew() {
    #expect(
      conflict(problem([3, 3, 3], 5, exactly: 2))
        == Conflict(statements: [.blockCount, .capacity], changes: [.blockCount(3), .capacity(6)]))
    #expect(
      conflict(problem([3, 3, 3], 5, exactly: 2, classes: [0, 0, 1], fixed: [0, -1, -1]))?.statements
        == [.blockCount, .capacity], "neither classes nor fixed vertices matter")
    #expect(
      conflict(problem([1, 1, 1], 5, exactly: 2, classes: [0, 1, 2]))
        == Conflict(statements: [.blockCount, .capacity, .classes], changes: [.blockCount(3)]),
      "no capacity would do")
    #expect(
      conflict(problem([2, 2, 1, 1], 3, exactly: 2, fixed: [-1, -1, 0, 0]))
        == Conflict(
          statements: [.blockCount, .capacity, .fixed(vertices: [2, 3], block: 0)],
          changes: [.blockCount(3), .capacity(4)]))
  }

  @Test func tooManyBlocksAreAsManyAsCanBeFilled() {
    #expect(
      conflict(problem([1, 1, 1], 5, exactly: 4)) == Conflict(statements: [.blockCount], changes: [.blockCount(3)]))
    #expect(
      conflict(problem([1, 1, 1], 5, exactly: 3, fixed: [0, 0, -1]))
        == Conflict(
          statements: [.blockCount, .fixed(vertices: [0, 1], block: 0)], changes: [.blockCount(2)]))
    #expect(
      conflict(problem([1, 1], 5, fixed: [9, -1]))
        == Conflict(statements: [.fixed(vertices: [0], block: 9)], changes: [.free(vertices: [0])]))
  }

  @Test(arguments: 0..<300)
  func whatIsLeftOutOfAConflictDoesNotMatterAndChangesHelp(seed: UInt64) {
    var random = RandomProblem(seed: seed)
    for _ in 0..<10 {
      let problem = random.next()
      guard case .infeasible(let reason) = Partitioner(options: .init(effort: .fast)).solve(problem) else { continue }
      let conflict = problem.conflict(behind: reason)
      #expect(Oracle.solution(reduced(problem, to: conflict)) == nil, "\(problem) \(reason) \(conflict)")
      if case .tooFewBlocks = reason, case .uniform = problem.capacity {
        for change in conflict.changes {
          #expect(Oracle.solution(changed(problem, change)) != nil, "\(problem) \(reason) \(change)")
        }
      }
    }
  }

  /// The problem without the classes and fixed vertices that aren't in the conflict.
  private func reduced(_ problem: PartitioningProblem, to conflict: Conflict) -> PartitioningProblem {
    var reduced = problem
    if !conflict.statements.contains(.classes) { reduced.classes = [] }
    reduced.fixedBlocks = []
    for case .fixed(let vertices, let block) in conflict.statements {
      if reduced.fixedBlocks.isEmpty {
        reduced.fixedBlocks = Array(repeating: -1, count: problem.hypergraph.vertexCount)
      }
      for vertex in vertices { reduced.fixedBlocks[vertex] = Int32(block) }
    }
    return reduced
  }

  private func changed(_ problem: PartitioningProblem, _ change: Conflict.Change) -> PartitioningProblem {
    var changed = problem
    switch change {
    case .capacity(let capacity): changed.capacity = .uniform(capacity)
    case .blockCount(let count): changed.blockCount = .exactly(count)
    case .free(let vertices): for vertex in vertices { changed.fixedBlocks[vertex] = -1 }
    case .blockCapacity: break
    }
    return changed
  }
}
