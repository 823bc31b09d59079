internal import Partitioning
internal import TopologyModel

/// States what is asked for one pass: its containers, the partitions they are in already, and the sizes of hosts.
struct PassStatement {
  /// What can't be met.
  private(set) var complaints: [String] = []
  /// What the user should know.
  private(set) var warnings: [String] = []
  private let pass: Int
  private let classes: [Class]

  /// The containers that may share hosts.
  private struct Class {
    let number: Int32
    var computers: [Int] = []
    /// The given partition of each, an index in ``givenPartitions``; −1 for none.
    var fixedBlocks: [Int32] = []
    var givenPartitions: [String] = []
    /// Who is in each given partition.
    var members: [[String]] = []
    /// The first container and its kind.
    var example = ""
    var group = ContainerGroup()
  }

  /// Sorts the containers of a pass, given in ascending order, into those that may share hosts.
  init(_ topology: Topology, pass: Int, computers: [Int]) {
    self.pass = pass
    var classes = [Class(number: 0), Class(number: 1)]
    var blocks: [String: Int32] = [:]
    for index in computers {
      let computer = topology.computers[index]
      guard let number = computer.kind?.hostClass else { continue }
      var block: Int32 = -1
      if let partition = computer.partition {
        // Kinds of different classes have been found to share no partition.
        block = blocks[partition, default: Int32(classes[Int(number)].givenPartitions.count)]
        if blocks.updateValue(block, forKey: partition) == nil {
          classes[Int(number)].givenPartitions.append(partition)
          classes[Int(number)].group.pinnedLoads.append(0)
          classes[Int(number)].members.append([])
        }
        classes[Int(number)].members[Int(block)].append(computer.name)
        classes[Int(number)].group.pinnedLoads[Int(block)] += 1
      } else {
        classes[Int(number)].group.free += 1
      }
      if classes[Int(number)].computers.isEmpty {
        classes[Int(number)].example = "\(computer.name) (\(computer.kind?.rawValue ?? ""))"
      }
      classes[Int(number)].computers.append(index)
      classes[Int(number)].fixedBlocks.append(block)
    }
    self.classes = classes.filter { !$0.computers.isEmpty }
  }

  /// The problems of the pass, without nets; none where something can't be met.
  mutating func problems(options: PackingOptions) -> [PackingProblem] {
    let isEven = options.spreadsEvenly(pass: pass)
    switch options.demand(ofPass: pass) {
    case .packing(let packing):
      guard !complainOfFull(packing: packing, options) else { return [] }
      guard isEven else { return [problem(classes, capacity: .uniform(packing), blockCount: .fewest)] }
      return classes.compactMap { part in
        part.group.fewestHosts(packing: packing).map { evenProblem(part, hosts: $0) }
      }
    case .hosts(let asked):
      let hosts = possible(asked)
      let count = HostCount(groups: classes.map(\.group))
      guard let packing = count.packing(hosts: hosts), let division = count.division(hosts: hosts) else {
        complainOfTooFew(asked, options)
        return []
      }
      warnOfOverruledPacking(packing, options)
      guard isEven else { return [problem(classes, capacity: .uniform(packing), blockCount: .exactly(hosts))] }
      return zip(classes, division).map { evenProblem($0, hosts: $1) }
    }
  }

  private func evenProblem(_ part: Class, hosts: Int) -> PackingProblem {
    problem([part], capacity: .perBlock(part.group.evenSizes(hosts: hosts)), blockCount: .exactly(hosts))
  }

  private func problem(
    _ parts: [Class], capacity: PartitioningProblem.Capacity, blockCount: PartitioningProblem.BlockCount
  ) -> PackingProblem {
    var vertices: [(computer: Int, class: Int32, block: Int32)] = []
    var givenPartitions: [String] = []
    for part in parts {
      let shift = Int32(givenPartitions.count)
      for (computer, block) in zip(part.computers, part.fixedBlocks) {
        vertices.append((computer, part.number, block < 0 ? block : block + shift))
      }
      givenPartitions += part.givenPartitions
    }
    if parts.count > 1 { vertices.sort { $0.computer < $1.computer } }
    return PackingProblem(
      pass: pass, computers: vertices.map(\.computer), givenPartitions: givenPartitions,
      problem: PartitioningProblem(
        Hypergraph(vertexWeights: Array(repeating: 1, count: vertices.count), nets: [[Int32]]()), capacity: capacity,
        blockCount: blockCount, classes: parts.count > 1 ? vertices.map(\.class) : [],
        fixedBlocks: givenPartitions.isEmpty ? [] : vertices.map(\.block)))
  }

  /// As many hosts as asked for, or as many as can hold something.
  private mutating func possible(_ asked: Int) -> Int {
    let most = classes.reduce(0) { $0 + $1.group.mostHosts }
    guard asked > most else { return asked }
    warnings.append("pass \(pass) uses \(counted(most, "host")), not \(asked): its containers fill no more")
    return most
  }

  private mutating func complainOfFull(packing: Int, _ options: PackingOptions) -> Bool {
    let before = complaints.count
    for part in classes {
      for (name, members) in zip(part.givenPartitions, part.members) where members.count > packing {
        let change =
          options.passPacking[pass] == nil ? "--packing \(members.count)" : "--pass-pack \(pass):\(members.count)"
        complaints.append(
          "partition \(name) holds \(counted(members.count, "computer")) (\(listing(members))), and a host of pass "
            + "\(pass) may hold \(packing) (\(options.demandText(ofPass: pass))): \(change) would do, or leave "
            + "\(members.count - packing) of them without a partition")
      }
    }
    return complaints.count > before
  }

  /// Names one more thing than hosts that each need a host of their own: that is a smallest conflict.
  private mutating func complainOfTooFew(_ asked: Int, _ options: PackingOptions) {
    let alone = classes.flatMap { part in
      part.givenPartitions.isEmpty ? [part.example] : part.givenPartitions.map { "partition \($0)" }
    }
    let needed = alone.count
    let named = alone.prefix(asked + 1)
    let kinds = classes.count > 1 && asked < classes.count ? "openvz shares none with qemu or process; " : ""
    let isOfPass = options.passSize[pass] != nil
    complaints.append(
      "\(counted(asked, "host")) for pass \(pass) (\(options.demandText(ofPass: pass))) "
        + "\(asked == 1 ? "is" : "are") too few: \(listing(named)) each need a host of their own; \(kinds)"
        + (isOfPass
          ? "--pass-size \(pass):\(needed) would do" : "--size \(needed) or --pass-size \(pass):\(needed) would do"))
  }

  /// A number of hosts beats a packing; where it breaks it, the user may have wanted something else.
  private mutating func warnOfOverruledPacking(_ packing: Int, _ options: PackingOptions) {
    guard let wanted = options.passPacking[pass], packing > wanted else { return }
    let hosts = classes.reduce(0) { $0 + ($1.group.fewestHosts(packing: wanted) ?? 0) }
    let change =
      classes.allSatisfy { $0.group.fewestHosts(packing: wanted) != nil }
      ? ": --pass-size \(pass):\(hosts) would keep to it" : ""
    warnings.append(
      "\(options.demandText(ofPass: pass)) beats --pass-pack \(pass):\(wanted), so that hosts hold up to \(packing) "
        + "containers\(change)")
  }
}

extension PackingOptions {
  /// The option that says what is asked for the hosts of a pass, as it would be written.
  fileprivate func demandText(ofPass pass: Int) -> String {
    if let hosts = passSize[pass] { return "--pass-size \(pass):\(hosts)" }
    if let size { return "--size \(size)" }
    if let packing = passPacking[pass] { return "--pass-pack \(pass):\(packing)" }
    return "--packing \(packing)"
  }
}
