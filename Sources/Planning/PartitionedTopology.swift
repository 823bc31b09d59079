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
  var answers: [Partition] = []
  var complaints: [String] = []
  var shares = EffortShares(stated.problems, of: partitioner)
  for problem in stated.problems {
    switch shares.solve(problem) {
    case .partition(let answer): answers.append(answer)
    case .infeasible(let reason): complaints.append(problem.complaint(reason, topology: topology))
    }
  }
  guard complaints.isEmpty else { throw PlanningError(complaints) }
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

extension PackingProblem {
  /// Says in the user's names why nothing satisfies the problem.
  func complaint(_ reason: Infeasibility, topology: Topology) -> String {
    func partition(_ block: Int) -> String {
      givenPartitions.indices.contains(block) ? "partition \(givenPartitions[block])" : "a host"
    }
    switch reason {
    case .vertexTooHeavy(let vertex, let weight, let capacity):
      return
        "pass \(pass): \(topology.computers[computers[vertex]].name) needs the room of \(weight) containers, and a "
        + "host holds \(capacity)"
    case .fixedTooHeavy(let block, let weight, let capacity):
      return "pass \(pass): \(partition(block)) holds \(weight) containers, and the packing is \(capacity)"
    case .fixedClassesMeet(let block, let vertices):
      let names = vertices.map { topology.computers[computers[$0]].name }
      return "pass \(pass): \(partition(block)) holds kinds that never share a host (\(listing(names)))"
    case .tooFewBlocks(let asked, let needed):
      return "pass \(pass) needs \(counted(needed, "host")), not \(asked)"
    case .tooManyBlocks(let asked, let vertices):
      return "pass \(pass) has \(counted(vertices, "container")), too few for \(asked) hosts"
    }
  }
}
