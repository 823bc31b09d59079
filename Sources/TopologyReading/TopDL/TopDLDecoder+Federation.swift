internal import TopologyModel

// What federation and running testbeds add, and the regions of version 2.0.

extension TopDLDecoder {
  mutating func annotations(of node: Int) -> Annotations {
    var services: [Service] = []
    var isEmpty = true
    for child in tree.children(of: node) {
      switch tree[child].element {
      case .service: services.append(service(child))
      case .localname, .status, .operation: isEmpty = false
      default: break
      }
    }
    guard !isEmpty || !services.isEmpty else { return Annotations() }
    return Annotations(
      localNames: strings(.localname, of: node), status: status(of: node), services: services,
      operations: strings(.operation, of: node))
  }

  private mutating func status(of node: Int) -> Status? {
    child(.status, of: node).map { word($0, or: .empty) }
  }

  private mutating func service(_ node: Int) -> Service {
    var service = Service(
      name: requiredString(.name, of: node), importers: strings(.importer, of: node),
      description: string(.description, of: node), status: status(of: node))
    for child in tree.children(of: node) where tree[child].element == .param {
      service.parameters.append(
        Service.Parameter(name: requiredString(.name, of: child), type: requiredString(.type, of: child)))
    }
    return service
  }

  /// Decodes an element that is not a computer.
  mutating func decodeOtherElement(_ node: Int) {
    let kind: OtherElement.Kind
    switch tree[node].element {
    case .testbed:
      kind = .testbed(Testbed(uri: requiredString(.uri, of: node), type: requiredString(.type, of: node)))
    case .segment:
      kind = .segment(
        Segment(
          identifier: requiredIdentifier(of: node), uri: requiredString(.uri, of: node),
          type: requiredString(.type, of: node)))
    case .region: kind = .region(region(node))
    default: kind = .other
    }
    var element = OtherElement(kind, precedingComputers: assembly.topology.computers.count)
    element.interfaces = interfaces(of: node)
    element.attributes = attributes(of: node)
    element.annotations = annotations(of: node)
    assembly.topology.otherElements.append(element)
  }

  private mutating func requiredIdentifier(of node: Int) -> Segment.Identifier {
    let standIn = Segment.Identifier(kind: .uri, value: "")
    guard let identifier = requiredChild(.id, of: node) else { return standIn }
    var children = tree.children(of: identifier)
    guard let name = children.next() else {
      report("empty <id>", line: tree[identifier].line)
      return standIn
    }
    if let second = children.next() { report("more than one name in <id>", line: tree[second].line) }
    // The grammar lets nothing else in.
    guard let kind = Segment.Identifier.Kind(rawValue: tree[name].element.tag) else { return standIn }
    return Segment.Identifier(kind: kind, value: string(name))
  }

  private mutating func region(_ node: Int) -> Region {
    let name = requiredName(of: node)
    if let name { assembly.claim(elementName: name, line: tree[node].line, &findings) }
    return Region(
      name: name ?? "", level: requiredChild(.level, of: node).map { integer($0) } ?? 0,
      fragmentName: requiredString(.fragname, of: node))
  }

  /// Decodes a fragment, whose substrates and elements have names of their own.
  mutating func decodeFragment(_ node: Int) {
    let name = requiredString(.name, of: node)
    var interfaceMaps: [NamePair] = []
    var whole = assembly
    assembly = TopologyAssembly()
    for child in tree.children(of: node) {
      if tree[child].element == .ifmap { interfaceMaps.append(pair(child)) } else { decodePart(child) }
    }
    whole.topology.fragments.append(
      Fragment(name: name, topology: assembly.finish(&findings), interfaceMaps: interfaceMaps))
    assembly = whole
  }

  mutating func decodeNameMap(_ node: Int) {
    var map = NameMap(pathName: requiredString(.pathname, of: node), pairs: [])
    for child in tree.children(of: node) where tree[child].element == .namemap { map.pairs.append(pair(child)) }
    assembly.topology.nameMaps.append(map)
  }

  private mutating func pair(_ node: Int) -> NamePair {
    NamePair(outer: requiredString(.outer, of: node), inner: requiredString(.inner, of: node))
  }
}
