public import TopologyModel

/// What an annotated computer says of its container.
extension Computer {
  /// What realises it; `nil` where the topology isn't annotated.
  public var kind: ContainerKind? { attributes[AttributeName.nodeType].flatMap { ContainerKind(name: $0) } }

  /// The name of its partition; `nil` where it has none.
  public var partition: String? { attributes[AttributeName.partition] }

  /// The pass it is packed in: the one it names, else 0 for openvz and 1 for the kinds that need another host.
  ///
  /// `nil` for an embedded computer, which is never packed.
  public var pass: Int? {
    switch kind {
    case nil, .embeddedPnode: nil
    case .openvz: statedPass ?? 0
    case .qemu, .process: statedPass ?? 1
    }
  }

  /// Whether its resources are made without starting it.
  public var isGhost: Bool { attributes[AttributeName.ghost].flatMap(truthValue) ?? false }

  /// How much memory it asks for, in MB.
  public var memoryMegabytes: Int? { attributes[AttributeName.memory].flatMap(naturalNumber) }

  /// The hardware type it asks for.
  var hardwareType: String? { attributes[AttributeName.hardwareType] }

  /// The testbed's name of the operating system it asks for.
  public var osid: String? { operatingSystems.first?.attributes[AttributeName.osid] }

  private var statedPass: Int? { attributes[AttributeName.partitionPass].flatMap(naturalNumber) }
}

extension ContainerKind {
  /// The kinds that may share a host have the same class: `process` runs beside `qemu`, and `openvz` beside neither.
  var hostClass: Int32? {
    switch self {
    case .openvz: 0
    case .qemu, .process: 1
    case .embeddedPnode: nil
    }
  }
}

extension Topology {
  /// What is wrong with given partitions: containers of kinds that never share a host.
  var mixedPartitions: [String] {
    var members: [String: [Int]] = [:]
    var order: [String] = []
    for (index, computer) in computers.enumerated() {
      guard let partition = computer.partition, computer.kind?.hostClass != nil else { continue }
      if members[partition] == nil { order.append(partition) }
      members[partition, default: []].append(index)
    }
    return order.compactMap { partition in
      let all = members[partition] ?? []
      let first = computers[all[0]]
      let firsts = all.filter { computers[$0].kind?.hostClass == first.kind?.hostClass }
      let others = all.filter { computers[$0].kind?.hostClass != first.kind?.hostClass }
      guard let other = others.first.map({ computers[$0] }) else { return nil }
      // Fewest changes: the ones that are fewer leave.
      let leaving = (others.count <= firsts.count ? others : firsts).map { computers[$0].name }
      return "partition \(partition) holds \(first.name) (\(first.kind?.rawValue ?? "")) and \(other.name) "
        + "(\(other.kind?.rawValue ?? "")): these kinds never share a host; give another partition to \(listing(leaving))"
    }
  }

  /// What is wrong with names: computers named as hosts will be.
  var reservedNames: [String] {
    let reserved = computers.map(\.name).filter { name in
      guard name.utf8.starts(with: Host.namePrefix.utf8) else { return false }
      let number = name.dropFirst(Host.namePrefix.count)
      return number.utf8.count >= 4 && naturalNumber(number) != nil
    }
    guard !reserved.isEmpty else { return [] }
    return [
      "the names \(Host.name(at: 0)), \(Host.name(at: 1)), … are those of hosts: give another name to \(listing(reserved))"
    ]
  }
}
