/// Settings of one link or LAN, which are checked and remembered.
extension Simulation {
  /// Of one link or LAN.
  func defineSubstrateSettings() {
    for (name, setting) in [
      ("tb-set-endnodeshaping", "endnodeshaping"), ("tb-set-noshaping", "noshaping"),
      ("tb-set-multiplexed", "multiplexed"), ("tb-set-useveth", "veth"), ("tb-set-allowcolocate", "allowcolocate"),
    ] {
      define(name, "lanlink onoff") { [unowned self] arguments throws(ScriptError) in
        guard let substrate = try anySubstrate(arguments[0], command: name) else { return "" }
        // The reference parser takes anything here.
        if !Self.isSwitch(arguments[1]) { warn("[\(name)] \(arguments[1]) should be 0 or 1") }
        substrates[substrate].set(setting, arguments[1])
        return ""
      }
    }
    define("tb-set-link-encap", "lanlink style") { [unowned self] arguments throws(ScriptError) in
      guard let substrate = try anySubstrate(arguments[0], command: "tb-set-link-encap") else { return "" }
      guard Self.encapsulations.contains(arguments[1]) else {
        fail("[tb-set-link-encap] \(arguments[1]) is not one of \(Self.encapsulations.joined(separator: "|"))")
        return ""
      }
      substrates[substrate].set("encap", arguments[1])
      return ""
    }
    define("tb-set-lan-protocol", "lanlink protocol") { [unowned self] arguments throws(ScriptError) in
      if let lan = try lan(arguments[0], command: "tb-set-lan-protocol") {
        substrates[lan].set("protocol", arguments[1])
      }
      return ""
    }
    define("tb-set-link-protocol", "lanlink protocol") { [unowned self] arguments throws(ScriptError) in
      if let link = try link(arguments[0], command: "tb-set-lan-protocol") {
        substrates[link].set("protocol", arguments[1])
      }
      return ""
    }
    define("tb-set-link-layer", "link layer") { [unowned self] arguments throws(ScriptError) in
      if let link = try link(arguments[0], command: "tb-set-link-layer") { substrates[link].set("layer", arguments[1]) }
      return ""
    }
    define("tb-set-lan-accesspoint", "lan node") { [unowned self] arguments throws(ScriptError) in
      guard let lan = try lan(arguments[0], command: "tb-set-lan-accesspoint"),
        let node = try plainNode(arguments[1], command: "tb-set-lan-accesspoint")
      else { return "" }
      guard port(of: node, on: lan) != nil else {
        fail("set_accesspoint: No such node \(arguments[1]) in lan \(arguments[0]).")
        return ""
      }
      substrates[lan].set("accesspoint", nodes[node].name)
      return ""
    }
    define("tb-set-lan-setting", "lan key value") { [unowned self] arguments throws(ScriptError) in
      if let lan = try lan(arguments[0], command: "tb-set-lan-setting") {
        substrates[lan].set("setting:\(arguments[1])", arguments[2])
      }
      return ""
    }
    define("tb-set-node-lan-setting", "lan node key value") { [unowned self] arguments throws(ScriptError) in
      guard let lan = try lan(arguments[0], command: "tb-set-node-lan-setting"),
        let node = try plainNode(arguments[1], command: "tb-set-node-lan-setting")
      else { return "" }
      guard port(of: node, on: lan) != nil else {
        fail("set_member_setting: No such node \(arguments[1]) in lan \(arguments[0]).")
        return ""
      }
      substrates[lan].set("setting:\(nodes[node].name):\(arguments[2])", arguments[3])
      return ""
    }
  }

  static let encapsulations = ["alias", "gre", "egre", "vtun", "veth", "veth-ne", "vlan"]
}
