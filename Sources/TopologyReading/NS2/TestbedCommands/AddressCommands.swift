internal import TopologyModel

/// Addresses and netmasks.
extension Simulation {
  func defineAddressCommands() {
    define("tb-set-ip", "node ip") { [unowned self] arguments throws(ScriptError) in
      guard let node = try anyNode(arguments[0], command: "tb-set-ip") else { return "" }
      guard nodes[node].ports.count == 1 else {
        fail("[tb-set-ip] \(arguments[0]) does not have a single connection.")
        return ""
      }
      setAddress(of: node, on: nodes[node].ports[0].substrate, arguments[1], command: "tb-set-ip")
      return ""
    }
    define("tb-set-ip-interface", "src dst ip") { [unowned self] arguments throws(ScriptError) in
      guard let source = try anyNode(arguments[0], command: "tb-set-ip-interface") else { return "" }
      guard let substrate = lastLink(from: arguments[0], to: arguments[1]) else {
        fail("[tb-set-ip-interface] No connection between \(arguments[0]) and \(arguments[1]).")
        return ""
      }
      setAddress(of: source, on: substrate, arguments[2], command: "tb-set-ip-interface")
      return ""
    }
    define("tb-set-ip-lan", "src lan ip") { [unowned self] arguments throws(ScriptError) in
      guard let substrate = try lan(arguments[1], command: "tb-set-ip-lan") else { return "" }
      guard let node = try anyNode(arguments[0], command: "tb-set-ip-lan") else { return "" }
      setAddress(of: node, on: substrate, arguments[2], command: "tb-set-ip-lan")
      return ""
    }
    define("tb-set-ip-link", "src link ip") { [unowned self] arguments throws(ScriptError) in
      guard let substrate = try link(arguments[1], command: "tb-set-ip-link") else { return "" }
      guard let node = try anyNode(arguments[0], command: "tb-set-ip-link") else { return "" }
      setAddress(of: node, on: substrate, arguments[2], command: "tb-set-ip-link")
      return ""
    }
    define("tb-set-netmask", "lanlink netmask") { [unowned self] arguments throws(ScriptError) in
      guard let substrate = try anySubstrate(arguments[0], command: "tb-set-netmask") else { return "" }
      guard Self.looksLikeAddress(arguments[1]) else {
        fail("[tb-set-netmask] - \(arguments[1]) is not a valid IP mask")
        return ""
      }
      guard let mask = IPv4Address(arguments[1]), mask.value >> 16 == 0xFFFF else {
        fail("[tb-set-netmask] - \(arguments[1]) is too big")
        return ""
      }
      guard ~mask.value & (~mask.value &+ 1) == 0 else {
        fail("[tb-set-netmask] - \(arguments[1]) is not a valid IP mask: its ones must come before its zeros")
        return ""
      }
      substrates[substrate].netmask = arguments[1]
      substrates[substrate].line = currentLine()
      return ""
    }
    define("tb-use-ipassign", "onoff") { [unowned self] arguments throws(ScriptError) in
      // Any way to write a boolean is fine, as in the expressions of Tcl.
      assignsAddressesLater = try interpreter.call(["::tcl::mathop::!", arguments[0]]) == "0"
      return ""
    }
    define("tb-set-ipassign-args", "stuff") { _ throws(ScriptError) in "" }
    define("tb-set-ip-routing", "type") { [unowned self] arguments throws(ScriptError) in
      guard !arguments[0].isEmpty else {
        fail("[tb-set-ip-routing] No type given.")
        return ""
      }
      guard arguments[0] == "none" || arguments[0] == "ospf" else {
        fail("[tb-set-ip-routing] Type is not one of none|ospf")
        return ""
      }
      routing = arguments[0]
      return ""
    }
  }

  private func setAddress(of node: Int, on substrate: Int, _ address: String, command: String) {
    guard Self.looksLikeAddress(address) else {
      return fail("\(command) - \(address) is not a valid IP address.")
    }
    guard let port = port(of: node, on: substrate) else {
      return fail("\(command) - \(nodes[node].name) is not connected to \(substrates[substrate].name).")
    }
    nodes[node].ports[port].address = address
    substrates[substrate].line = currentLine()
  }

  /// Whether a text is four groups of one to three digits; their size isn't looked at here.
  private static func looksLikeAddress(_ text: String) -> Bool {
    let groups = text.split(separator: ".", omittingEmptySubsequences: false)
    return groups.count == 4
      && groups.allSatisfy { group in
        (1...3).contains(group.count)
          && group.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      }
  }
}
