/// Finds smallest conflicts: by counting where that is enough, else by leaving statements out one after the other.
///
/// > J. W. Chinneck. *Feasibility and Infeasibility in Optimization*, section 6.2 (the deletion filter). Springer, 2008.
/// > doi:10.1007/978-0-387-74932-7
struct ConflictSearch {
  let problem: PartitioningProblem
  let effort: Int

  private var weights: [Int32] { problem.hypergraph.vertexWeights }

  /// The vertices fixed to a block, the heaviest first.
  private func fixed(to block: Int) -> [Int] {
    problem.fixedBlocks.indices.filter { problem.fixedBlocks[$0] == block }
      .sorted { (weights[$1], $0) < (weights[$0], $1) }
  }

  /// As few of a block's vertices as are too heavy for it; the fewest to free are the heaviest, too.
  func fixedTooHeavy(block: Int, weight: Int, capacity: Int) -> Conflict {
    var (together, left) = (0, weight)
    var conflicting: [Int] = []
    var freed: [Int] = []
    for vertex in fixed(to: block) {
      if together <= capacity { conflicting.append(vertex) }
      together += Int(weights[vertex])
      if left > capacity { freed.append(vertex) }
      left -= Int(weights[vertex])
    }
    let change: Conflict.Change =
      switch problem.capacity {
      case .uniform: .capacity(weight)
      case .perBlock: .blockCapacity(block: block, weight)
      }
    return Conflict(
      statements: [.fixed(vertices: conflicting.sorted(), block: block), .capacity],
      changes: [.free(vertices: freed.sorted()), change])
  }

  /// Two vertices meet; to be freed are those of all classes but the most frequent.
  func fixedClassesMeet(block: Int, vertices: [Int]) -> Conflict {
    let all = fixed(to: block).sorted()
    var counts: [Int32: Int] = [:]
    for vertex in all { counts[problem.classes[vertex], default: 0] += 1 }
    let most = all.max { first, second in
      (counts[problem.classes[first], default: 0], second) < (counts[problem.classes[second], default: 0], first)
    }
    return Conflict(
      statements: [.fixed(vertices: vertices, block: block), .classes],
      changes: [
        .free(vertices: all.filter { vertex in most.map { problem.classes[$0] != problem.classes[vertex] } ?? true })
      ])
  }

  func fixedOutside(vertex: Int, block: Int, asked: Int) -> Conflict {
    let outside = problem.fixedBlocks.indices.filter { problem.fixedBlocks[$0] >= asked }
    var changes: [Conflict.Change] = [.free(vertices: outside)]
    let named = Int(problem.fixedBlocks.max() ?? -1) + 1
    if case .uniform = problem.capacity, named <= weights.count { changes.append(.blockCount(named)) }
    return Conflict(statements: [.fixed(vertices: [vertex], block: block), .blockCount], changes: changes)
  }

  func tooFewBlocks(needed: Int) -> Conflict {
    var changes: [Conflict.Change] = [.blockCount(needed)]
    if let capacity = leastCapacity() { changes.append(.capacity(capacity)) }
    let needless = statements(among: problem)
    return Conflict(statements: [.blockCount, .capacity] + needless, changes: changes)
  }

  func tooManyBlocks(possible: Int) -> Conflict {
    if case .perBlock = problem.capacity {
      return Conflict(statements: [.blockCount] + statements(among: problem), changes: [])
    }
    guard case .exactly(let asked) = problem.blockCount, asked > possible else {
      // Fixed vertices name more blocks than the vertices can fill.
      let last = Int(problem.fixedBlocks.max() ?? 0)
      let beyond = problem.fixedBlocks.indices.filter { Int(problem.fixedBlocks[$0]) >= possible }
      let isAlone = last >= weights.count
      return Conflict(
        statements: isAlone
          ? [.fixed(vertices: [fixed(to: last)[0]], block: last)] : statements(among: problem),
        changes: [.free(vertices: beyond)])
    }
    // Freeing vertices that share a block gives more blocks something to hold.
    let fixed = possible < weights.count ? statements(among: problem) : []
    // Of a hypergraph without vertices, no number of blocks can be asked for.
    return Conflict(statements: [.blockCount] + fixed, changes: possible == 0 ? [] : [.blockCount(possible)])
  }

  /// A conflict of weights with the capacities of single blocks.
  func remaining() -> Conflict {
    let rest = statements(among: problem)
    let vertices = rest.flatMap { statement -> [Int] in
      if case .fixed(let vertices, _) = statement { vertices } else { [] }
    }
    var freed = problem
    for vertex in vertices { freed.fixedBlocks[vertex] = -1 }
    let changes: [Conflict.Change] = vertices.isEmpty || isInfeasible(freed) ? [] : [.free(vertices: vertices)]
    return Conflict(statements: [.capacity] + rest, changes: changes)
  }

  /// The classes and fixed vertices without which the problem would be feasible: all that can be left out while it
  /// stays infeasible are.
  private func statements(among problem: PartitioningProblem) -> [Conflict.Statement] {
    var problem = problem
    var statements: [Conflict.Statement] = []
    func leavesConflict(_ change: (inout PartitioningProblem) -> Void) -> Bool {
      var changed = problem
      change(&changed)
      guard isInfeasible(changed) else { return false }
      problem = changed
      return true
    }
    if !problem.classes.isEmpty, !leavesConflict({ $0.classes = [] }) { statements.append(.classes) }
    guard problem.fixedBlocks.contains(where: { $0 >= 0 }), !leavesConflict({ $0.fixedBlocks = [] }) else {
      return statements
    }
    for block in Set(problem.fixedBlocks).sorted() where block >= 0 {
      let vertices = problem.fixedBlocks.indices.filter { problem.fixedBlocks[$0] == block }
      func free(_ problem: inout PartitioningProblem, _ vertices: some Sequence<Int>) {
        for vertex in vertices { problem.fixedBlocks[vertex] = -1 }
      }
      if leavesConflict({ free(&$0, vertices) }) { continue }
      // One by one only where that is soon done.
      guard vertices.count <= 32 else {
        statements.append(.fixed(vertices: vertices, block: Int(block)))
        continue
      }
      let needed = vertices.filter { vertex in !leavesConflict { free(&$0, [vertex]) } }
      statements.append(.fixed(vertices: needed, block: Int(block)))
    }
    return statements
  }

  /// The least capacity with which as many blocks as asked for are known to do; `nil` where none does.
  private func leastCapacity() -> Int? {
    guard case .uniform(let capacity) = problem.capacity else { return nil }
    var (tooLittle, enough) = (capacity, problem.hypergraph.totalWeight)
    guard enough > capacity, isFeasible(capacity: enough) else { return nil }
    while enough - tooLittle > 1 {
      let middle = (tooLittle + enough) / 2
      if isFeasible(capacity: middle) { enough = middle } else { tooLittle = middle }
    }
    return enough
  }

  private func isFeasible(capacity: Int) -> Bool {
    var problem = problem
    problem.capacity = .uniform(capacity)
    do throws(Infeasibility) {
      return try BlockPlan.make(PackingRequest(problem), effort: effort) != nil
    } catch {
      return false
    }
  }

  private func isInfeasible(_ problem: PartitioningProblem) -> Bool {
    do throws(Infeasibility) {
      _ = try BlockPlan.make(PackingRequest(problem), effort: effort)
      return false
    } catch {
      return true
    }
  }
}
