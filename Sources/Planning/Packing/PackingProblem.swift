public import Partitioning
public import TopologyModel

/// A partitioning problem with what its numbers stand for: the containers of a pass that are packed together.
public struct PackingProblem: Sendable, Equatable {
  /// The pass.
  public var pass: Int
  /// The computer of each vertex, ascending.
  public var computers: [Int]
  /// The names of the given partitions: block *i* is the *i*-th of them, and further blocks are new.
  public var givenPartitions: [String]
  /// What is asked of the partitioner.
  public var problem: PartitioningProblem
}

/// The partitioning problems that place what isn't placed yet, and what the user should know about them.
public struct PackingProblems: Sendable, Equatable {
  /// Independent of each other, in the order of their passes.
  public var problems: [PackingProblem] = []
  /// One sentence each.
  public var warnings: [String] = []

  /// States the problems of an annotated topology: one for each pass in which some container has no partition.
  ///
  /// A substrate is a net of the containers that it joins, whatever their number. A pass that is spread evenly falls
  /// apart into one problem for each class of kinds that may share hosts: each has sizes of its own.
  ///
  /// - Parameters:
  ///   - topology: An annotated topology. Containers that have a partition keep it.
  ///   - options: What is asked of the passes.
  /// - Throws: Everything that can't be met, whatever the links: too few hosts, given partitions that are too full or
  ///   shared between passes.
  /// - Complexity: O(*i* log *i*) where *i* is the number of interfaces.
  public init(_ topology: Topology, options: PackingOptions) throws(PlanningError) {
    var members: [Int: [Int]] = [:]
    for (index, computer) in topology.computers.enumerated() {
      if let pass = computer.pass { members[pass, default: []].append(index) }
    }
    var complaints = options.problems + topology.missingKinds + topology.mixedPartitions
    let open = members.filter { $0.value.contains { topology.computers[$0].partition == nil } }
    complaints += topology.partitionsAcrossPasses(packed: Set(open.keys))
    guard complaints.isEmpty else { throw PlanningError(complaints) }
    if !open.isEmpty { warnings = options.warnings(forPasses: Set(members.keys)) }
    for (pass, computers) in open.sorted(by: { $0.key < $1.key }) {
      var statement = PassStatement(topology, pass: pass, computers: computers)
      problems += statement.problems(options: options)
      complaints += statement.complaints
      warnings += statement.warnings
    }
    guard complaints.isEmpty else { throw PlanningError(complaints) }
    setNets(topology)
  }

  /// Makes every substrate a net of each problem in which it joins at least two containers.
  private mutating func setNets(_ topology: Topology) {
    var places = [(problem: Int32, vertex: Int32)?](repeating: nil, count: topology.computers.count)
    for (index, problem) in problems.enumerated() {
      for (vertex, computer) in problem.computers.enumerated() { places[computer] = (Int32(index), Int32(vertex)) }
    }
    let incidence = Incidence(topology)
    var nets = [[[Int32]]](repeating: [], count: problems.count)
    for substrate in topology.substrates.indices {
      var pins: [(problem: Int32, vertex: Int32)] = []
      for interface in incidence.interfaces(on: substrate) {
        guard let place = places[incidence.computer(of: interface)] else { continue }
        // A computer that meets a substrate twice is one pin; its interfaces follow each other.
        if let last = pins.last, last == place { continue }
        pins.append(place)
      }
      guard pins.count > 1 else { continue }
      if problems.count > 1 { pins.sort { $0 < $1 } }
      var rest = pins[...]
      while let first = rest.first {
        let run = rest.prefix { $0.problem == first.problem }
        if run.count > 1 { nets[Int(first.problem)].append(run.map(\.vertex)) }
        rest = rest.dropFirst(run.count)
      }
    }
    for index in problems.indices {
      let weights = problems[index].problem.hypergraph.vertexWeights
      problems[index].problem.hypergraph = Hypergraph(vertexWeights: weights, nets: nets[index])
    }
  }
}

extension Topology {
  /// What is wrong with a topology that isn't annotated.
  var missingKinds: [String] {
    let missing = computers.filter { $0.kind == nil }.map(\.name)
    return missing.isEmpty ? [] : ["annotate the topology first: no container kind is given to \(listing(missing))"]
  }

  /// What is wrong with given partitions when some passes are packed: a host can't belong to two of them.
  fileprivate func partitionsAcrossPasses(packed: Set<Int>) -> [String] {
    var firstOfPartition: [String: Computer] = [:]
    var reported: Set<String> = []
    var problems: [String] = []
    for computer in computers {
      guard let partition = computer.partition, let pass = computer.pass else { continue }
      guard let first = firstOfPartition[partition], let firstPass = first.pass else {
        firstOfPartition[partition] = computer
        continue
      }
      guard firstPass != pass, packed.contains(firstPass) || packed.contains(pass), reported.insert(partition).inserted
      else { continue }
      problems.append(
        "partition \(partition) holds \(first.name) of pass \(firstPass) and \(computer.name) of pass \(pass), which are "
          + "packed apart: give them one pass")
    }
    return problems
  }
}
