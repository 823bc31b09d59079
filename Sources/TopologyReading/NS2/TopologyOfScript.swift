internal import TopologyModel

extension Topology {
  /// The experiment that a script has made so far, in the reference parser's order of nodes and links.
  init(_ simulation: Simulation) {
    self.init()
    attributes = Attributes([Attribute(AttributeName.routing, simulation.routing)])
    for type in simulation.hardwareTypes {
      attributes.entries.append(
        Attribute("vtype:\(type.name)", ([type.weight] + type.types).joined(separator: " ")))
    }
    for name in simulation.environmentNames {
      guard let value = try? simulation.interpreter.call(["::real_set", "::opt(\(name))"]) else { continue }
      attributes.entries.append(Attribute("opt:\(name)", value))
    }
    for setting in simulation.settings { attributes.entries.append(Attribute(setting.name, setting.value)) }

    let byName = { (names: [String]) in
      Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let substrateIndices = byName(simulation.substrates.map(\.name))
    let substrateOrder = simulation.substrateOrder.names.compactMap { substrateIndices[$0] }
    var position = [Int](repeating: 0, count: simulation.substrates.count)
    for (index, substrate) in substrateOrder.enumerated() {
      position[substrate] = index
      substrates.append(Substrate(simulation.substrates[substrate]))
    }
    var members = [Int](repeating: 0, count: simulation.substrates.count)
    var memberOfPort: [[Int]] = simulation.nodes.map { Array(repeating: -1, count: $0.ports.count) }
    for (index, substrate) in simulation.substrates.enumerated() {
      members[index] = substrate.members.count
      for (number, member) in substrate.members.enumerated() { memberOfPort[member.node][member.port] = number }
    }
    let nodeIndices = byName(simulation.nodes.map(\.name))
    reserveCapacity(computers: simulation.nodes.count, interfaces: members.reduce(0, +))
    for name in simulation.nodeOrder.names {
      guard let index = nodeIndices[name] else { continue }
      let node = simulation.nodes[index]
      append(
        Computer(node),
        interfaces: node.ports.enumerated().map { number, port in
          let substrate = simulation.substrates[port.substrate]
          return Interface(
            name: Interface.defaultName(at: number), substrate: position[port.substrate], port,
            substrate.members[memberOfPort[index][number]], of: substrate)
        })
    }
  }
}

extension Substrate {
  fileprivate init(_ substrate: ScriptSubstrate) {
    self.init(name: substrate.name)
    // Where a member has no limit the whole can't have one, for it would be the member's too.
    if substrate.kilobitsPerSecond > 0, substrate.members.allSatisfy({ $0.kilobitsPerSecond > 0 }) {
      capacity = Capacity(kilobitsPerSecond: Double(substrate.kilobitsPerSecond))
    }
    if substrate.milliseconds > 0 { latency = Latency(milliseconds: Double(substrate.milliseconds)) }
    if substrate.loss > 0 { attributes[AttributeName.loss] = String(substrate.loss) }
    for setting in substrate.settings { attributes.entries.append(Attribute(setting.name, setting.value)) }
  }
}

extension Computer {
  fileprivate init(_ node: ScriptNode) {
    self.init(name: node.name)
    if !node.operatingSystem.isEmpty {
      var system = OperatingSystem(attributes: [AttributeName.osid: node.operatingSystem])
      if !node.parentOperatingSystem.isEmpty { system.attributes["parent_osid"] = node.parentOperatingSystem }
      operatingSystems = [system]
    }
    software =
      node.packages.map { Software(location: $0) }
      + node.tarFiles.map { Software(location: $0.file, install: $0.directory) }
    attributes = [AttributeName.hardwareType: node.hardwareType, AttributeName.failureAction: node.failureAction]
    if let command = node.startCommand ?? (node.startup.isEmpty ? nil : node.startup) {
      attributes[AttributeName.startup] = command
    }
    if !node.commandLine.isEmpty { attributes["cmdline"] = node.commandLine }
    if !node.fixed.isEmpty { attributes["fixed"] = node.fixed }
    if node.isBridge { attributes["role"] = "bridge" }
    for attribute in node.attributes where attributes[attribute.name] == nil {
      attributes.entries.append(Attribute(attribute.name, attribute.value))
    }
    for desire in node.desires { attributes.entries.append(Attribute("desire:\(desire.name)", desire.weight)) }
    for route in node.routes {
      attributes.entries.append(Attribute(AttributeName.route, "\(route.destination) \(route.nextHop)"))
    }
  }
}

extension Interface {
  /// A port; only what differs from the whole link's share is written.
  fileprivate init(
    name: String, substrate index: Int, _ port: ScriptNode.Port, _ member: ScriptSubstrate.Member,
    of substrate: ScriptSubstrate
  ) {
    self.init(name: name, substrate: index)
    if let address = port.address { attributes[AttributeName.address] = address }
    if port.address != nil || substrate.netmask != nil {
      attributes[AttributeName.netmask] = substrate.netmask ?? Simulation.defaultNetmask
    }
    if member.kilobitsPerSecond > 0 {
      capacity = Capacity(kilobitsPerSecond: member.kilobitsPerSecond)
    }
    if member.milliseconds != Double(substrate.milliseconds) / 2 {
      latency = Latency(milliseconds: member.milliseconds)
    }
    if member.loss != MemberShaping.halfLoss(of: substrate.loss) {
      attributes[AttributeName.loss] = String(member.loss)
    }
    if member.reverseKilobitsPerSecond != member.kilobitsPerSecond {
      attributes[AttributeName.reverseCapacity] = String(member.reverseKilobitsPerSecond)
    }
    if member.reverseMilliseconds != member.milliseconds {
      attributes[AttributeName.reverseLatency] = String(member.reverseMilliseconds)
    }
    if member.reverseLoss != member.loss { attributes[AttributeName.reverseLoss] = String(member.reverseLoss) }
  }
}
