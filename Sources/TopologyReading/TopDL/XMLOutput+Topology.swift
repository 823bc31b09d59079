internal import TopologyModel

// Substrates, elements and their parts, each with its children in the order of DETER's library.

extension XMLOutput {
  mutating func write(_ substrate: Substrate) {
    start(.substrates)
    name(substrate.name)
    write(substrate.capacity)
    write(substrate.latency)
    for attribute in substrate.attributes.entries { write(attribute) }
    write(substrate.annotations)
    end(.substrates)
  }

  mutating func write(
    _ computer: Computer, _ interfaces: ArraySlice<Interface>, _ substrates: [Substrate], depth: Int
  ) {
    beginLine(depth)
    start(.elements)
    start(.computer)
    name(computer.name)
    for processor in computer.processors {
      beginLine(depth + 1)
      write(processor)
    }
    for operatingSystem in computer.operatingSystems {
      beginLine(depth + 1)
      write(operatingSystem)
    }
    for software in computer.software {
      beginLine(depth + 1)
      write(software)
    }
    for storage in computer.storage {
      beginLine(depth + 1)
      write(storage)
    }
    writeTail(interfaces, computer.attributes, computer.annotations, substrates, depth: depth)
    end(.computer)
    end(.elements)
  }

  mutating func write(_ other: OtherElement, _ substrates: [Substrate], depth: Int) {
    beginLine(depth)
    start(.elements)
    let element: TopDLElement
    switch other.kind {
    case .testbed(let testbed):
      element = .testbed
      start(element)
      self.element(.uri, testbed.uri)
      self.element(.type, testbed.type)
    case .segment(let segment):
      element = .segment
      start(element)
      start(.id)
      self.element(Self.element(of: segment.identifier.kind), segment.identifier.value)
      end(.id)
      self.element(.uri, segment.uri)
      self.element(.type, segment.type)
    case .other:
      element = .other
      start(element)
    case .region(let region):
      element = .region
      start(element)
      name(region.name)
      self.element(.level, String(region.level))
      self.element(.fragname, region.fragmentName)
    }
    writeTail(other.interfaces[...], other.attributes, other.annotations, substrates, depth: depth)
    end(element)
    end(.elements)
  }

  private static func element(of kind: Segment.Identifier.Kind) -> TopDLElement {
    switch kind {
    case .uuid: .uuid
    case .fedid: .fedid
    case .uri: .uri
    case .localName: .localname
    case .kerberosUsername: .kerberosUsername
    }
  }

  /// The interfaces, attributes and annotations of an element.
  private mutating func writeTail(
    _ interfaces: ArraySlice<Interface>, _ attributes: Attributes, _ annotations: Annotations,
    _ substrates: [Substrate], depth: Int
  ) {
    for interface in interfaces {
      beginLine(depth + 1)
      write(interface, substrates)
    }
    for attribute in attributes.entries {
      beginLine(depth + 1)
      write(attribute)
    }
    if !annotations.isEmpty { beginLine(depth + 1) }
    write(annotations)
  }

  private mutating func write(_ interface: Interface, _ substrates: [Substrate]) {
    start(.interface)
    name(substrates[interface.substrate].name, in: .substrate)
    for further in interface.furtherSubstrates { name(substrates[further].name, in: .substrate) }
    element(.name, interface.name)
    write(interface.capacity)
    write(interface.latency)
    for attribute in interface.attributes.entries { write(attribute) }
    end(.interface)
  }

  private mutating func write(_ processor: Processor) {
    if processor.count == 1 {
      start(.cpu)
    } else {
      markup("<cpu count=\"")
      append(processor.count)
      markup("\">")
    }
    element(.type, processor.type)
    for attribute in processor.attributes.entries { write(attribute) }
    end(.cpu)
  }

  private mutating func write(_ operatingSystem: OperatingSystem) {
    start(.os)
    element(.name, operatingSystem.name)
    element(.version, operatingSystem.version)
    element(.distribution, operatingSystem.distribution)
    element(.distributionversion, operatingSystem.distributionVersion)
    for attribute in operatingSystem.attributes.entries { write(attribute) }
    end(.os)
  }

  private mutating func write(_ software: Software) {
    start(.software)
    element(.location, software.location)
    element(.install, software.install)
    for attribute in software.attributes.entries { write(attribute) }
    end(.software)
  }

  private mutating func write(_ storage: Storage) {
    start(.storage)
    element(.amount, storage.megabytes)
    element(.persistence, storage.persistence.rawValue)
    for attribute in storage.attributes.entries { write(attribute) }
    end(.storage)
  }

  private mutating func write(_ capacity: Capacity?) {
    guard let capacity else { return }
    start(.capacity)
    element(.rate, capacity.kilobitsPerSecond)
    element(.kind, capacity.kind.rawValue)
    end(.capacity)
  }

  private mutating func write(_ latency: Latency?) {
    guard let latency else { return }
    start(.latency)
    element(.time, latency.milliseconds)
    element(.kind, latency.kind.rawValue)
    end(.latency)
  }

  mutating func write(_ attribute: Attribute) {
    // Half of a large file are attributes.
    markup("<attribute><attribute>")
    text(attribute.name, in: .attributeKey)
    markup("</attribute><value>")
    text(attribute.value, in: .value)
    markup("</value></attribute>")
  }

  private mutating func write(_ annotations: Annotations) {
    guard !annotations.isEmpty else { return }
    for name in annotations.localNames { element(.localname, name) }
    element(.status, annotations.status?.rawValue)
    for service in annotations.services { write(service) }
    for operation in annotations.operations { element(.operation, operation) }
  }

  private mutating func write(_ service: Service) {
    start(.service)
    element(.name, service.name)
    for importer in service.importers { element(.importer, importer) }
    for parameter in service.parameters {
      start(.param)
      element(.name, parameter.name)
      element(.type, parameter.type)
      end(.param)
    }
    element(.description, service.description)
    element(.status, service.status?.rawValue)
    end(.service)
  }

  mutating func write(_ map: NameMap) {
    start(.namemaps)
    element(.pathname, map.pathName)
    for pair in map.pairs { write(pair, in: .namemap) }
    end(.namemaps)
  }

  mutating func write(_ pair: NamePair, in element: TopDLElement) {
    start(element)
    self.element(.outer, pair.outer)
    self.element(.inner, pair.inner)
    end(element)
  }
}
