internal import HostManifests

extension HostManifest {
  /// Makes sure that what the manifest says can be brought up, and is what it seems: names become file names and
  /// arguments of programs that run as root.
  ///
  /// - Throws: All that is wrong with it.
  func check() throws(RunningError) {
    var problems: [String] = []
    if version != Self.currentVersion {
      throw RunningError("the manifest is of version \(version): this hypervisor reads version \(Self.currentVersion)")
    }
    var names: Set<String> = []
    for node in nodes {
      if !node.name.isName { problems.append("\"\(node.name)\" is no name of a node") }
      if !names.insert(node.name).inserted { problems.append("two nodes have the name \(node.name)") }
      problems += node.problems
    }
    for substrate in substrates where !substrate.name.isName {
      problems.append("\"\(substrate.name)\" is no name of a network")
    }
    let addresses = ([control.address] + nodes.map { $0.control?.address }).compactMap(\.self)
    for address in addresses where IPv4.number(address) == nil { problems.append("\"\(address)\" is no address") }
    if !control.network.isNetwork { problems.append("\"\(control.network)\" is no network") }
    for variable in environment ?? [] where !variable.name.isName || variable.value.utf8.contains(0) {
      problems.append("\"\(variable.name)\" is no variable of an environment")
    }
    guard problems.isEmpty else { throw RunningError(problems.joined(separator: "\n")) }
  }

}

extension ManifestNode {
  fileprivate var problems: [String] {
    var problems: [String] = []
    var names: Set = ["lo", NetworkPlan.controlInterface]
    func require(_ isRight: Bool, _ problem: @autoclosure () -> String) {
      if !isRight { problems.append("\(name): \(problem())") }
    }
    for interface in interfaces {
      require(
        interface.name.isInterfaceName,
        "\"\(interface.name)\" is no name of an interface: it has up to 15 letters, "
          + "digits, dots, hyphens and underscores")
      require(names.insert(interface.name).inserted, "the name of interface \(interface.name) is taken")
      require(IPv4.number(interface.address) != nil, "\"\(interface.address)\" is no address")
      require(interface.mac.isMAC, "\"\(interface.mac)\" is no MAC address")
      require((0...32).contains(interface.prefixLength), "\(interface.prefixLength) is no length of a prefix")
    }
    for route in routes {
      for destination in route.destinations {
        require(destination.isNetwork, "\"\(destination)\" is no network")
      }
      require(IPv4.number(route.gateway) != nil, "\"\(route.gateway)\" is no address")
      require(names.contains(route.interface), "a route leaves by \(route.interface), which isn't there")
    }
    if let mac = control?.mac { require(mac.isMAC, "\"\(mac)\" is no MAC address") }
    require(startCommand?.utf8.contains(0) != true, "the start command has a null byte")
    return problems
  }
}

extension String {
  fileprivate var isName: Bool {
    !isEmpty && utf8.count <= 64
      && utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }

  fileprivate var isInterfaceName: Bool {
    let others = [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")]
    return (1...15).contains(utf8.count) && self != "." && self != ".." && first != "-"
      && utf8.allSatisfy { $0.isLetterOrDigit || others.contains($0) }
  }

  fileprivate var isMAC: Bool {
    let parts = split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 6 && parts.allSatisfy { $0.utf8.count == 2 && UInt8($0, radix: 16) != nil }
  }

  fileprivate var isNetwork: Bool {
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && IPv4.number(parts[0]) != nil && (0...32).contains(Int(parts[1]) ?? -1)
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
