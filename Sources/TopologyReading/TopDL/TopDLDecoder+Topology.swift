internal import TopologyModel

// Substrates, computers and their parts.

extension TopDLDecoder {
  mutating func decodeSubstrate(_ node: Int) {
    guard let name = requiredName(of: node) else { return }
    var substrate = Substrate(
      name: name, capacity: capacity(of: node), latency: latency(of: node), attributes: attributes(of: node))
    substrate.annotations = annotations(of: node)
    assembly.append(substrate, line: tree[node].line, &findings)
  }

  /// Decodes an `elements`, which wraps one element.
  mutating func decodeElement(_ node: Int) {
    var children = tree.children(of: node)
    guard let element = children.next() else {
      report("empty <elements>", line: tree[node].line)
      return
    }
    if let second = children.next() {
      report("more than one element in <elements>", line: tree[second].line)
    }
    if tree[element].element == .computer { decodeComputer(element) } else { decodeOtherElement(element) }
  }

  private mutating func decodeComputer(_ node: Int) {
    let name = requiredName(of: node)
    if let name { assembly.claim(elementName: name, line: tree[node].line, &findings) }
    var computer = Computer(name: name ?? "", attributes: attributes(of: node))
    for child in tree.children(of: node) {
      switch tree[child].element {
      case .cpu: computer.processors.append(processor(child))
      case .os: computer.operatingSystems.append(operatingSystem(child))
      case .software: computer.software.append(software(child))
      case .storage: computer.storage.append(storage(child))
      default: break
      }
    }
    computer.annotations = annotations(of: node)
    assembly.topology.append(computer, interfaces: interfaces(of: node, owner: name))
  }

  private mutating func processor(_ node: Int) -> Processor {
    var processor = Processor(type: requiredString(.type, of: node), attributes: attributes(of: node))
    if let count = child(.count, of: node) { processor.count = integer(count) }
    return processor
  }

  private mutating func operatingSystem(_ node: Int) -> OperatingSystem {
    OperatingSystem(
      name: string(.name, of: node), version: string(.version, of: node),
      distribution: string(.distribution, of: node), distributionVersion: string(.distributionversion, of: node),
      attributes: attributes(of: node))
  }

  private mutating func software(_ node: Int) -> Software {
    Software(
      location: requiredString(.location, of: node), install: string(.install, of: node),
      attributes: attributes(of: node))
  }

  private mutating func storage(_ node: Int) -> Storage {
    Storage(
      megabytes: requiredQuantity(.amount, of: node),
      persistence: requiredChild(.persistence, of: node).map { word($0, or: .temporary) } ?? .temporary,
      attributes: attributes(of: node))
  }
}

// MARK: Interfaces

extension TopDLDecoder {
  /// The interfaces of an element, all named; `owner` is the computer's name, for messages.
  mutating func interfaces(of node: Int, owner: String? = nil) -> [Interface] {
    var interfaces: [Interface] = []
    var lines: [Int] = []
    for child in tree.children(of: node) where tree[child].element == .interface {
      interfaces.append(interface(child, owner: owner))
      lines.append(tree[child].line)
    }
    nameInterfaces(&interfaces, lines: lines)
    return interfaces
  }

  private mutating func interface(_ node: Int, owner: String?) -> Interface {
    var interface = Interface(
      name: string(.name, of: node) ?? "", substrate: 0, capacity: capacity(of: node), latency: latency(of: node),
      attributes: attributes(of: node))
    var count = 0
    for child in tree.children(of: node) where tree[child].element == .substrate {
      count += 1
      guard let name = name(child) else { continue }
      let symbol = assembly.reference(name, by: owner, line: tree[child].line)
      if count == 1 { interface.substrate = symbol } else { interface.furtherSubstrates.append(symbol) }
    }
    if count == 0 { report("<interface> without <substrate>", line: tree[node].line) }
    return interface
  }

  /// Names the unnamed interfaces of an element `inf000`, `inf001`, … and skips names that others have.
  private mutating func nameInterfaces(_ interfaces: inout [Interface], lines: [Int]) {
    var used: Set<String> = []
    for (interface, line) in zip(interfaces, lines) where !interface.name.isEmpty {
      if !used.insert(interface.name).inserted {
        report("duplicate interface name \(interface.name)", line: line)
      }
    }
    guard used.count < interfaces.count else { return }
    var next = 0
    for index in interfaces.indices where interfaces[index].name.isEmpty {
      while used.contains(Interface.defaultName(at: next)) { next += 1 }
      guard next < Self.generatedNameLimit else {
        report("no name left for an interface: inf000 to inf999 are all used", line: lines[index])
        return
      }
      interfaces[index].name = Interface.defaultName(at: next)
      next += 1
    }
  }

  /// How many names topdl generates for the interfaces of one element.
  private static let generatedNameLimit = 1000
}

// MARK: Measures and attributes

extension TopDLDecoder {
  mutating func capacity(of node: Int) -> Capacity? {
    guard let child = child(.capacity, of: node) else { return nil }
    return Capacity(kilobitsPerSecond: requiredQuantity(.rate, of: child), kind: requiredKind(of: child))
  }

  mutating func latency(of node: Int) -> Latency? {
    guard let child = child(.latency, of: node) else { return nil }
    return Latency(milliseconds: requiredQuantity(.time, of: child), kind: requiredKind(of: child))
  }

  /// The kind of a capacity or a latency; case doesn't count, and files have `avg`.
  private mutating func requiredKind(of node: Int) -> MeasureKind {
    guard let child = requiredChild(.kind, of: node) else { return .max }
    let text = string(child)
    if let kind = MeasureKind(rawValue: text) { return kind }
    let lowercased = text.lowercased()
    return lowercased == "avg" ? .average : word(child, lowercased, or: .max)
  }

  mutating func attributes(of node: Int) -> Attributes {
    var count = 0
    for child in tree.children(of: node) where tree[child].element == .attribute { count += 1 }
    var attributes = Attributes()
    guard count > 0 else { return attributes }
    attributes.entries.reserveCapacity(count)
    for child in tree.children(of: node) where tree[child].element == .attribute {
      attributes.entries.append(attribute(child))
    }
    return attributes
  }

  mutating func attribute(_ node: Int) -> Attribute {
    Attribute(requiredString(.attributeKey, of: node), requiredString(.value, of: node))
  }
}
