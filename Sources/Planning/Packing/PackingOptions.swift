public import TopologyModel

/// How computers are packed onto hosts: the packing options of the command line, as values.
///
/// A pass is packed by a number of hosts where one is given for it, by a most number of containers a host otherwise.
/// What is said of one pass holds for it alone; the others take what is said of all.
public struct PackingOptions: Sendable, Equatable {
  /// The container kind of computers that name none (`--default-container`).
  public var defaultKind = ContainerKind.openvz
  /// Whether partitions that the topology gives are dropped (`--force-partition`).
  public var forcePartition = false
  /// Whether computers are placed beside partitions that the topology gives (`--complete-partition`).
  public var completePartition = false
  /// The most containers that a host holds (`--packing`).
  public var packing = 10
  /// How many hosts every pass has (`--size`); beats ``packing`` and ``passPacking``.
  public var size: Int?
  /// Whether containers are spread over the hosts as evenly as possible, before links are looked at (`--nodes-only`).
  public var nodesOnly = false
  /// The most containers that a host of a pass holds (`--pass-pack`).
  public var passPacking: [Int: Int] = [:]
  /// How many hosts a pass has (`--pass-size`); beats ``size`` and ``passPacking``.
  public var passSize: [Int: Int] = [:]
  /// The passes whose containers are spread evenly (`--pass-nodes-only`).
  public var passNodesOnly: Set<Int> = []
  /// The hardware types of hosts (`--pnode-types`); empty for those of the site.
  public var pnodeTypes: [String] = []
  /// The hardware types of a pass's hosts (`--pass-pnodes`).
  public var passPnodeTypes: [Int: [String]] = [:]
  /// The disk of openvz containers that name none (`--openvz-diskspace`).
  public var openvzDiskspace: String?
  /// The template of openvz containers that name none (`--openvz-template`).
  public var openvzTemplate: String?

  /// The documented defaults.
  public init() {}

  /// What is asked for the hosts of a pass.
  public enum Demand: Sendable, Equatable {
    /// As few as possible, each of at most so many containers.
    case packing(Int)
    /// So many.
    case hosts(Int)
  }

  /// What is asked for the hosts of a pass.
  public func demand(ofPass pass: Int) -> Demand {
    if let hosts = passSize[pass] ?? size { return .hosts(hosts) }
    return .packing(passPacking[pass] ?? packing)
  }

  /// Whether the containers of a pass are spread evenly.
  public func spreadsEvenly(pass: Int) -> Bool { nodesOnly || passNodesOnly.contains(pass) }

  /// The hardware types of a pass's hosts.
  public func hardwareTypes(ofPass pass: Int, site: SiteConfiguration) -> [String] {
    passPnodeTypes[pass] ?? (pnodeTypes.isEmpty ? site.hostHardware : pnodeTypes)
  }

  /// What is wrong with the options, whatever the topology; empty for good ones.
  public var problems: [String] {
    var problems: [String] = []
    if packing < 1 { problems.append("--packing is at least 1, not \(packing)") }
    if let size, size < 1 { problems.append("--size is at least 1, not \(size)") }
    for (pass, number) in passPacking.sorted(by: <) where number < 1 {
      problems.append("--pass-pack is at least 1, not \(number), which it is for pass \(pass)")
    }
    for (pass, number) in passSize.sorted(by: <) where number < 1 {
      problems.append("--pass-size is at least 1, not \(number), which it is for pass \(pass)")
    }
    if forcePartition, completePartition {
      problems.append("--force-partition drops the partitions that --complete-partition keeps: only one can hold")
    }
    if let openvzDiskspace, !Diskspace.isValid(openvzDiskspace) {
      problems.append("--openvz-diskspace: \(Diskspace.complaint(openvzDiskspace))")
    }
    return problems
  }

  /// A warning for each option that speaks of a pass that has no containers, which only `passes` have.
  func warnings(forPasses passes: Set<Int>) -> [String] {
    let spokenOf = [
      ("--pass-pack", Set(passPacking.keys)), ("--pass-size", Set(passSize.keys)), ("--pass-nodes-only", passNodesOnly),
      ("--pass-pnodes", Set(passPnodeTypes.keys)),
    ]
    return spokenOf.flatMap { option, named in
      named.subtracting(passes).sorted().map { "\(option) speaks of pass \($0), which has no containers" }
    }
  }
}
