/// Why nothing satisfies a problem: statements of the problem that can't all hold.
public enum Infeasibility: Error, Sendable, Equatable {
  /// A vertex is heavier than any block may be.
  case vertexTooHeavy(vertex: Int, weight: Int, capacity: Int)
  /// The vertices fixed to a block are heavier than it may be.
  case fixedTooHeavy(block: Int, weight: Int, capacity: Int)
  /// Vertices of different classes are fixed to the same block.
  case fixedClassesMeet(block: Int, vertices: [Int])
  /// A vertex is fixed to a block beyond the last one asked for.
  case fixedOutside(vertex: Int, block: Int, asked: Int)
  /// More blocks are needed than asked for.
  case tooFewBlocks(asked: Int, needed: Int)
  /// No block may be empty, and with every free vertex in a block of its own there are still fewer blocks than asked
  /// for (or than fixed vertices name).
  case tooManyBlocks(asked: Int, possible: Int)
  /// All vertices together are heavier than what all blocks, filled as well as can be, may hold.
  case overCapacity(weight: Int, capacity: Int)
  /// No vertex that is free is light enough for a block, which may not stay empty.
  case blockStaysEmpty(block: Int, capacity: Int)
  /// Every way to pack the vertices into blocks of these capacities was tried.
  case noPacking
}

extension Infeasibility: CustomStringConvertible {
  /// The conflict in a sentence, with vertices and blocks counted from 0.
  public var description: String {
    switch self {
    case .vertexTooHeavy(let vertex, let weight, let capacity):
      "vertex \(vertex) weighs \(weight), more than the \(capacity) that a block may hold"
    case .fixedTooHeavy(let block, let weight, let capacity):
      "the vertices fixed to block \(block) weigh \(weight), more than its capacity of \(capacity)"
    case .fixedClassesMeet(let block, let vertices):
      "vertices \(vertices.map(String.init).joined(separator: " and ")) are of different classes, "
        + "but both fixed to block \(block)"
    case .fixedOutside(let vertex, let block, let asked):
      "vertex \(vertex) is fixed to block \(block), but there are to be only \(asked) blocks, numbered from 0"
    case .tooFewBlocks(let asked, let needed): "\(asked) blocks are asked for, but \(needed) are needed"
    case .tooManyBlocks(let asked, let possible):
      "\(asked) blocks are asked for and none may be empty, but the vertices can fill only \(possible)"
    case .overCapacity(let weight, let capacity):
      "the vertices weigh \(weight) together, more than the \(capacity) that the blocks can hold"
    case .blockStaysEmpty(let block, let capacity):
      "no vertex is left that fits into block \(block), whose capacity is \(capacity), and no block may be empty"
    case .noPacking: "there is no way to pack the vertices into blocks of these capacities"
    }
  }
}
