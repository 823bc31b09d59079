public import TopologyModel

/// A topology in which every computer has its container kind.
public struct AnnotatedTopology: Sendable, Equatable {
  /// The topology; the documented name of each attribute is the only one left.
  public var topology: Topology
  /// What the user should know, one sentence each.
  public var warnings: [String]
}

/// Gives every computer its container kind and settles what its attributes mean.
///
/// Old spellings of attributes get their documented names. Where some container has a partition and
/// ``PackingOptions/completePartition`` isn't asked for, nothing will be partitioned, and computers without a partition
/// become embedded: physical machines of their own. Annotating an annotated topology changes nothing.
///
/// - Parameters:
///   - topology: A topology as it was read.
///   - options: The default kind, what becomes of given partitions, and openvz settings for computers that have none.
/// - Returns: The topology in which every computer has its kind.
/// - Throws: All of its problems: unknown kinds, values that can't be read, virtual machines with too many interfaces,
///   kinds that can't share a partition, names reserved for hosts, regions.
/// - Complexity: O(computers + attributes).
public func annotate(_ topology: Topology, options: PackingOptions) throws(PlanningError) -> AnnotatedTopology {
  var problems = options.problems + topology.regions + topology.reservedNames
  var topology = topology
  var spelling = AttributeSpelling()
  var checks = AttributeChecks()
  for index in topology.computers.indices {
    topology.updateComputer(index) { computer in
      spelling.correct(&computer.attributes, of: computer.name)
      if options.forcePartition { computer.attributes[AttributeName.partition] = nil }
    }
    checks.check(topology.computers[index])
  }
  problems += checks.problems
  // What follows needs kinds and partitions that can be read.
  guard problems.isEmpty else { throw PlanningError(problems) }
  var warnings = spelling.warnings + topology.embedUnplaced(options: options)
  topology.setDefaults(options: options)
  warnings += topology.releaseEmbedded()
  problems = AttributeChecks.interfaceProblems(topology) + topology.mixedPartitions
  guard problems.isEmpty else { throw PlanningError(problems) }
  if topology.computers.isEmpty { warnings.append("the topology has no computers") }
  return AnnotatedTopology(topology: topology, warnings: warnings)
}

extension Topology {
  /// What is wrong with a topology that isn't whole.
  fileprivate var regions: [String] {
    let regions = otherElements.compactMap { element in
      if case .region(let region) = element.kind { region.name } else { nil }
    }
    let names = regions + fragments.map(\.name)
    guard !names.isEmpty else { return [] }
    return ["regions and fragments stand for pieces that can't be packed (\(listing(names))): expand them first"]
  }

  /// Makes computers without a partition embedded where partitions are given and aren't to be completed.
  fileprivate mutating func embedUnplaced(options: PackingOptions) -> [String] {
    guard !options.completePartition, computers.contains(where: { $0.partition != nil }) else { return [] }
    var contradicted: [String] = []
    for index in computers.indices where computers[index].partition == nil {
      if let kind = computers[index].kind {
        guard kind != .embeddedPnode else { continue }
        contradicted.append("\(computers[index].name) (\(kind.rawValue))")
      }
      updateComputer(index) { $0.attributes[AttributeName.nodeType] = ContainerKind.embeddedPnode.rawValue }
    }
    guard !contradicted.isEmpty else { return [] }
    return [
      "the topology gives partitions, so computers without one become embedded_pnode, whatever kind they name "
        + "(\(listing(contradicted))): --complete-partition places them, --force-partition places all anew"
    ]
  }

  /// Fills in what computers don't say.
  fileprivate mutating func setDefaults(options: PackingOptions) {
    for index in computers.indices {
      updateComputer(index) { computer in
        if computer.kind == nil { computer.attributes[AttributeName.nodeType] = options.defaultKind.rawValue }
        guard computer.kind == .openvz else { return }
        if computer.attributes[AttributeName.openvzDiskspace] == nil, let diskspace = options.openvzDiskspace {
          computer.attributes[AttributeName.openvzDiskspace] = diskspace
        }
        if computer.attributes[AttributeName.openvzTemplate] == nil, let template = options.openvzTemplate {
          computer.attributes[AttributeName.openvzTemplate] = template
        }
      }
    }
  }

  /// Takes the partitions away from computers that are hosts of their own.
  fileprivate mutating func releaseEmbedded() -> [String] {
    var released: [String] = []
    for index in computers.indices where computers[index].kind == .embeddedPnode && computers[index].partition != nil {
      released.append(computers[index].name)
      updateComputer(index) { $0.attributes[AttributeName.partition] = nil }
    }
    guard !released.isEmpty else { return [] }
    return ["an embedded_pnode is a host of its own: the partition is ignored (\(listing(released)))"]
  }
}
