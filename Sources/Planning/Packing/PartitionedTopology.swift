public import Partitioning
public import TopologyModel

/// A topology in which every container has a partition.
public struct PartitionedTopology: Sendable, Equatable {
  /// The topology, with partitions.
  public var topology: Topology
  /// What the partitions cost, and how good that is known to be.
  public var totals: Totals
  /// What the user should know, one sentence each.
  public var warnings: [String]
}

/// Gives every container a partition.
///
/// Containers that have one keep it. New partitions are called 0, 1, 2, … in the order of the passes and, within a
/// pass, of the first computer that each holds; numbers that given partitions have are left out.
///
/// - Parameters:
///   - topology: An annotated topology.
///   - options: How containers are packed.
///   - partitioner: What finds the partitions. A time limit is shared by the passes.
/// - Returns: The topology with all its partitions, and what they cost.
/// - Throws: Everything that can't be met.
public func partition(
  _ topology: Topology, options: PackingOptions, with partitioner: Partitioner = Partitioner()
) throws(PlanningError) -> PartitionedTopology {
  let stated = try PackingProblems(topology, options: options)
  var shares = EffortShares(stated.problems, of: partitioner)
  let answers = stated.problems.map { problem in
    // What can't be met has been refused when the problems were stated: containers weigh one each.
    guard case .partition(let answer) = shares.solve(problem) else {
      preconditionFailure("pass \(problem.pass) was found to be feasible")
    }
    return answer
  }
  let placed = topology.placing(stated.problems, in: answers.map(\.blocks))
  return PartitionedTopology(
    topology: placed, totals: Totals(placed, problems: stated.problems, answers: answers), warnings: stated.warnings)
}

extension Topology {
  /// Names the blocks of problems and gives containers their partitions.
  ///
  /// - Parameters:
  ///   - problems: The problems, in the order of their passes.
  ///   - blocks: The block of each vertex of each problem.
  /// - Returns: The topology with all its partitions.
  func placing(_ problems: [PackingProblem], in blocks: [[Int32]]) -> Topology {
    var names = problems.map { problem in problem.givenPartitions.map { String?.some($0) } }
    var used = Set(computers.compactMap(\.partition))
    var next = 0
    var new: [(pass: Int, computer: Int, problem: Int, block: Int)] = []
    for (index, problem) in problems.enumerated() {
      let count = blocks[index].reduce(problem.givenPartitions.count) { max($0, Int($1) + 1) }
      names[index] += Array(repeating: nil, count: count - names[index].count)
      var isSeen = [Bool](repeating: false, count: count)
      for (vertex, block) in blocks[index].enumerated() where !isSeen[Int(block)] {
        isSeen[Int(block)] = true
        if block >= problem.givenPartitions.count {
          new.append((problem.pass, problem.computers[vertex], index, Int(block)))
        }
      }
    }
    for (_, _, problem, block) in new.sorted(by: { ($0.pass, $0.computer) < ($1.pass, $1.computer) }) {
      while used.contains(String(next)) { next += 1 }
      names[problem][block] = String(next)
      used.insert(String(next))
    }
    var result = self
    for (index, problem) in problems.enumerated() {
      for (vertex, computer) in problem.computers.enumerated() {
        guard let name = names[index][Int(blocks[index][vertex])], computers[computer].partition == nil else {
          continue
        }
        result.updateComputer(computer) { $0.attributes[AttributeName.partition] = name }
      }
    }
    return result
  }
}
