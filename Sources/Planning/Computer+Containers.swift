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
    var firstOfClass: [String: (class: Int32, kind: ContainerKind, computer: String)] = [:]
    var reported: Set<String> = []
    var problems: [String] = []
    for computer in computers {
      guard let partition = computer.partition, let kind = computer.kind, let hostClass = kind.hostClass else {
        continue
      }
      guard let first = firstOfClass[partition] else {
        firstOfClass[partition] = (hostClass, kind, computer.name)
        continue
      }
      guard first.class != hostClass, reported.insert(partition).inserted else { continue }
      problems.append(
        "partition \(partition) holds \(first.computer) (\(first.kind.rawValue)) and \(computer.name) (\(kind.rawValue)): "
          + "these kinds never share a host")
    }
    return problems
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
