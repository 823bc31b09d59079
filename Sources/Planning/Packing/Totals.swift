internal import Partitioning
internal import TopologyModel

/// What a partitioned topology costs, and how good that is known to be.
public struct Totals: Sendable, Equatable {
  /// The number of hosts, embedded computers included.
  public var hosts: Int
  /// No plan that keeps what was asked has fewer hosts.
  public var fewestHosts: Int
  /// How much crosses between hosts: the sum over substrates of the hosts they touch, less one each.
  public var cost: Int
  /// No plan with as few hosts that keeps what was asked costs less.
  public var lowerBound: Int
  /// Whether the search was stopped early.
  public var isInterrupted: Bool

  /// Whether no plan is better.
  public var isOptimal: Bool { hosts == fewestHosts && cost == lowerBound }

  /// Counts a topology in which every container has a partition.
  ///
  /// Containers of different problems never share a host, nor does an embedded computer or a partition that was given
  /// and not added to. So a substrate costs what it costs within each of these independent groups, and one more for
  /// each group after the first, whatever the partitions.
  ///
  /// - Parameters:
  ///   - topology: The topology.
  ///   - problems: The problems that were solved.
  ///   - answers: An answer for each of them.
  init(_ topology: Topology, problems: [PackingProblem], answers: [Partition]) {
    var groups = [Int32](repeating: -1, count: topology.computers.count)
    for (index, problem) in problems.enumerated() {
      for computer in problem.computers { groups[computer] = Int32(index) }
    }
    let (hostOfComputer, hosts) = topology.hostNumbers()
    for computer in groups.indices where groups[computer] < 0 {
      groups[computer] = Int32(problems.count) + hostOfComputer[computer]
    }
    let solvedHosts = answers.reduce(0) { $0 + $1.blockCount }
    self.hosts = hosts
    fewestHosts = hosts - solvedHosts + answers.reduce(0) { $0 + $1.fewestBlocks }
    let incidence = Incidence(topology)
    let forced = incidence.connectivityCost(of: groups, substrates: topology.substrates.count)
    cost = incidence.connectivityCost(of: hostOfComputer, substrates: topology.substrates.count)
    lowerBound = forced + answers.reduce(0) { $0 + $1.lowerBound }
    isInterrupted = answers.contains(where: \.isInterrupted)
  }
}

extension Topology {
  /// Numbers the hosts, in no particular order.
  ///
  /// - Returns: The host of each computer, and how many hosts there are.
  fileprivate func hostNumbers() -> (hostOfComputer: [Int32], count: Int) {
    var numbers: [String: Int32] = [:]
    var count: Int32 = 0
    let hosts = computers.map { computer in
      if computer.kind != .embeddedPnode, let partition = computer.partition {
        if let number = numbers[partition] { return number }
        numbers[partition] = count
      }
      defer { count += 1 }
      return count
    }
    return (hosts, Int(count))
  }
}

extension Incidence {
  /// The sum over substrates of the values that they touch, less one each.
  ///
  /// - Parameters:
  ///   - values: One value from 0 a computer, such as its host.
  ///   - substrates: How many substrates there are.
  /// - Returns: The sum.
  /// - Complexity: O(interfaces + largest value).
  func connectivityCost(of values: [Int32], substrates: Int) -> Int {
    var lastSubstrate = [Int](repeating: -1, count: Int(values.max() ?? -1) + 1)
    var cost = 0
    for substrate in 0..<substrates {
      var touched = 0
      for interface in interfaces(on: substrate) {
        let value = Int(values[computer(of: interface)])
        guard lastSubstrate[value] != substrate else { continue }
        lastSubstrate[value] = substrate
        touched += 1
      }
      cost += max(0, touched - 1)
    }
    return cost
  }
}
