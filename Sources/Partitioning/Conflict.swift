/// Statements of a problem that can't all hold, and changes that would make it feasible.
///
/// Where the statements are few, they are a smallest set: without any one of them, the others could hold.
public struct Conflict: Sendable, Equatable {
  /// What a problem says.
  public enum Statement: Sendable, Equatable {
    /// What blocks may hold.
    case capacity
    /// How many blocks there are.
    case blockCount
    /// Vertices of different classes never share a block.
    case classes
    /// These vertices are fixed to a block.
    case fixed(vertices: [Int], block: Int)
    /// A vertex's weight.
    case weight(vertex: Int)
  }

  /// A change of a problem.
  public enum Change: Sendable, Equatable {
    /// Let each block hold so much.
    case capacity(Int)
    /// Let one block hold so much.
    case blockCapacity(block: Int, Int)
    /// Use so many blocks.
    case blockCount(Int)
    /// Don't fix these vertices.
    case free(vertices: [Int])
  }

  /// Statements that can't all hold.
  public var statements: [Statement]
  /// Each of these alone makes the problem feasible, or at least resolves this conflict; the smallest come first.
  public var changes: [Change]

  /// A conflict.
  public init(statements: [Statement], changes: [Change]) {
    self.statements = statements
    self.changes = changes
  }
}

extension PartitioningProblem {
  /// Which of the problem's statements contradict each other.
  ///
  /// - Parameters:
  ///   - infeasibility: What the partitioner answered to this problem.
  ///   - effort: How many steps each search for a packing may take.
  /// - Returns: The conflict.
  /// - Complexity: A few times that of finding the infeasibility; where fixed vertices are involved, as many times as
  ///   there are blocks that they name.
  public func conflict(behind infeasibility: Infeasibility, effort: Int = 200_000) -> Conflict {
    let search = ConflictSearch(problem: withUsefulCapacities, effort: effort)
    switch infeasibility {
    case .vertexTooHeavy(let vertex, let weight, _):
      return Conflict(statements: [.weight(vertex: vertex), .capacity], changes: [.capacity(weight)])
    case .fixedTooHeavy(let block, let weight, let capacity):
      return search.fixedTooHeavy(block: block, weight: weight, capacity: capacity)
    case .fixedClassesMeet(let block, let vertices):
      return search.fixedClassesMeet(block: block, vertices: vertices)
    case .fixedOutside(let vertex, let block, let asked):
      return search.fixedOutside(vertex: vertex, block: block, asked: asked)
    case .tooFewBlocks(_, let needed): return search.tooFewBlocks(needed: needed)
    case .tooManyBlocks(_, let possible): return search.tooManyBlocks(possible: possible)
    case .overCapacity, .blockStaysEmpty, .noPacking: return search.remaining()
    }
  }
}
