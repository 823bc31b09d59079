public import TopologyModel

/// Where the traffic of a container is shaped.
public enum ShapingMechanism: String, Sendable, CaseIterable {
  /// Between its port and the network, in a delay element of a VDE switch: its own half of the path, both ways.
  case vde
  /// In its own kernel, on what it sends: the whole way to each neighbour.
  case endNode = "end-node"
}

/// How each computer's traffic is shaped.
///
/// A `process` container has no kernel of its own, so it is shaped at the switch. A `qemu` container is where the site's
/// `switch_shaping` says so (which `--vde-switch-shaping` and `--end-node-shaping` set) and `switched_containers` names
/// it. `openvz` containers and embedded computers shape what they send themselves.
///
/// > Containers reference manual, "Traffic shaping".
public struct ShapingPlan: Sendable, Equatable {
  /// The mechanism of each computer.
  public let mechanisms: [ShapingMechanism]
  /// What the user should know, one sentence each.
  public let warnings: [String]

  /// Decides where traffic is shaped.
  ///
  /// - Parameters:
  ///   - topology: An annotated topology.
  ///   - incidence: Its interfaces by substrate.
  ///   - site: What the site says of switches.
  /// - Complexity: O(interfaces).
  public init(_ topology: Topology, incidence: Incidence, site: SiteConfiguration) {
    let mechanisms = topology.computers.map { site.shapingMechanism(of: $0.kind ?? .embeddedPnode) }
    self.mechanisms = mechanisms
    warnings = topology.substrates.indices.compactMap {
      topology.warning(of: $0, incidence: incidence, mechanisms: mechanisms)
    }
  }
}

extension SiteConfiguration {
  /// Where the traffic of a kind of container is shaped.
  func shapingMechanism(of kind: ContainerKind) -> ShapingMechanism {
    switch kind {
    case .process: .vde
    case .qemu: switchShaping && switchedContainers.contains(.qemu) ? .vde : .endNode
    case .openvz, .embeddedPnode: .endNode
    }
  }
}

extension Topology {
  /// What is to be said of a substrate on which both mechanisms delay or lose packets: between two such computers, one
  /// direction would have one and a half of the delay asked for, and the other direction half of it.
  fileprivate func warning(of substrate: Int, incidence: Incidence, mechanisms: [ShapingMechanism]) -> String? {
    // A rate alone does no harm: the lower one holds.
    let shaped = incidence.interfaces(on: substrate).filter {
      MemberShaping(interfaces[$0], on: substrates[substrate]).delaysOrLoses
    }
    func names(_ mechanism: ShapingMechanism) -> [String] {
      var names: [String] = []
      for interface in shaped where mechanisms[incidence.computer(of: interface)] == mechanism {
        let name = computers[incidence.computer(of: interface)].name
        if names.last != name { names.append(name) }
      }
      return names
    }
    let switched = names(.vde)
    let endNodes = names(.endNode)
    guard !switched.isEmpty, !endNodes.isEmpty else { return nil }
    let onlyQemu = shaped.allSatisfy { interface in
      let computer = incidence.computer(of: interface)
      return mechanisms[computer] == .endNode || computers[computer].kind == .qemu
    }
    let remedy =
      onlyQemu
      ? "use --end-node-shaping, or put a link without delay and loss between them"
      : "a process container can't shape its own traffic, so put a link without delay and loss between them"
    return "\(substrates[substrate].name) is shaped at the switch for \(listing(switched)) and in the node for "
      + "\(listing(endNodes)), so its delay and loss will be wrong: \(remedy)"
  }
}
