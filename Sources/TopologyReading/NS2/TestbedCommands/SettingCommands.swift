/// Settings that are checked and remembered, and settings that mean nothing to containers and are only checked.
extension Simulation {
  func defineSettingCommands() {
    defineSubstrateSettings()
    defineExperimentSettings()
    defineIgnoredSettings()
  }

  /// Of one link or LAN.
  private func defineSubstrateSettings() {
    for (name, setting) in [
      ("tb-set-endnodeshaping", "endnodeshaping"), ("tb-set-noshaping", "noshaping"),
      ("tb-set-multiplexed", "multiplexed"), ("tb-set-useveth", "veth"), ("tb-set-allowcolocate", "allowcolocate"),
    ] {
      defineSwitch(name, "lanlink onoff") { [unowned self] arguments throws(ScriptError) in
        if let substrate = try anySubstrate(arguments[0], command: name) {
          substrates[substrate].set(setting, arguments[1])
        }
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
      if let (node, lan) = try member(arguments[1], of: arguments[0], command: "tb-set-lan-accesspoint") {
        substrates[lan].set("accesspoint", nodes[node].name)
      }
      return ""
    }
    define("tb-set-lan-setting", "lan key value") { [unowned self] arguments throws(ScriptError) in
      if let lan = try lan(arguments[0], command: "tb-set-lan-setting") {
        substrates[lan].set("setting:\(arguments[1])", arguments[2])
      }
      return ""
    }
    define("tb-set-node-lan-setting", "lan node key value") { [unowned self] arguments throws(ScriptError) in
      if let (node, lan) = try member(arguments[1], of: arguments[0], command: "tb-set-node-lan-setting") {
        substrates[lan].set("setting:\(nodes[node].name):\(arguments[2])", arguments[3])
      }
      return ""
    }
    for name in [
      "tb-set-link-est-bandwidth", "tb-set-link-backfill", "tb-set-lan-est-bandwidth", "tb-set-lan-backfill",
    ] {
      define(name, "lanlink args") { [unowned self] arguments throws(ScriptError) in
        guard (2...3).contains(arguments.count) else {
          throw ScriptError("wrong # args: should be \"\(name) lanlink bandwidth\"")
        }
        let found =
          arguments.count == 3
          ? try linkBetween(arguments[0], arguments[1], command: name)
          : try anySubstrate(arguments[0], command: name)
        if found != nil { _ = try bandwidth(arguments[arguments.count - 1], atLeastTen: false) }
        return ""
      }
    }
  }

  private static let encapsulations = ["alias", "gre", "egre", "vtun", "veth", "veth-ne", "vlan"]

  /// Of the experiment as a whole.
  private func defineExperimentSettings() {
    for (name, setting) in [
      ("tb-use-endnodeshaping", "endnodeshaping"), ("tb-force-endnodeshaping", "forceendnodeshaping"),
      ("tb-set-uselatestwadata", "uselatestwadata"), ("tb-set-usewatunnels", "usewatunnels"),
      ("tb-fix-current-resources", "fixcurrentresources"), ("tb-set-encapsulate", "encapsulate"),
      ("tb-use-physnaming", "physnaming"), ("tb-set-dpdb", "dpdb"),
    ] {
      defineSwitch(name, "onoff") { [unowned self] arguments throws(ScriptError) in
        set(setting, arguments[0])
        return ""
      }
    }
    for (name, setting, range) in [
      ("tb-set-colocate-factor", "colocatefactor", 1...100), ("tb-set-cpu-usage", "cpuusage", 1...5),
      ("tb-set-mem-usage", "memusage", 1...5),
    ] {
      define(name, "value") { [unowned self] arguments throws(ScriptError) in
        guard let value = Double(arguments[0]),
          (Double(range.lowerBound)...Double(range.upperBound)).contains(value)
        else {
          let noun = name == "tb-set-colocate-factor" ? "factor" : "usage"
          fail("[\(name)] \(noun) must be \(range.lowerBound) <= factor <= \(range.upperBound)")
          return ""
        }
        set(setting, arguments[0])
        return ""
      }
    }
    define("tb-set-vlink-emulation", "style") { [unowned self] arguments throws(ScriptError) in
      guard Self.encapsulations.contains(arguments[0]) else {
        fail("[tb-set-vlink-emulation] \(arguments[0]) is not one of \(Self.encapsulations.joined(separator: "|"))")
        return ""
      }
      set("vlinkemulation", arguments[0])
      return ""
    }
    define("tb-set-sync-server", "node") { [unowned self] arguments throws(ScriptError) in
      if let node = try plainNode(arguments[0], command: "tb-set-sync-server") {
        set("syncserver", nodes[node].name)
      }
      return ""
    }
    define("tb-set-security-level", "level") { [unowned self] arguments throws(ScriptError) in
      switch arguments[0] {
      case "Green", "Blue", "Yellow", "Orange": set("securitylevel", arguments[0])
      case "Red": fail("[tb-set-security-level] Red security not implemented yet")
      default: fail("[tb-set-security-level] \(arguments[0]) is not a valid level")
      }
      return ""
    }
    define("tb-set-wasolver-weights", "delay bw plr") { [unowned self] arguments throws(ScriptError) in
      guard arguments.allSatisfy({ (Double($0) ?? -1) >= 0 }) else {
        fail("[tb-set-wasolver-weights] Weights must be postive integers.")
        return ""
      }
      return ""
    }
  }

  /// Of things that containers don't have; their arguments are counted and otherwise ignored.
  private func defineIgnoredSettings() {
    for (name, parameters) in [
      ("tb-elab-in-elab", "onoff"), ("tb-elab-in-elab-topology", "topo"), ("tb-elabinelab-singlenet", "args"),
      ("tb-feedback-vlan", "vnode lan args"), ("tb-feedback-vlink", "link args"),
      ("tb-feedback-vnode", "vnode hardware args"), ("tb-set-delay-capacity", "cap"), ("tb-set-delay-os", "os"),
      ("tb-set-elabinelab-attribute", "key value ?order?"), ("tb-set-elabinelab-cvstag", "cvstag"),
      ("tb-set-elabinelab-role-attribute", "role key value ?order?"), ("tb-set-inner-elab-eid", "eid"),
      ("tb-set-jail-os", "os"), ("tb-set-lan-simplex-backfill", "lan node tobw frombw"),
      ("tb-set-link-simplex-backfill", "link src bw"), ("tb-set-modelnet-physnodes", "cores edges"),
      ("tb-set-node-id", "vnode id"), ("tb-set-node-inner-elab-role", "node role"),
      ("tb-set-node-plab-plcnet", "node lanlink"), ("tb-set-node-plab-role", "node role"),
      ("tb-set-node-service", "service args"), ("tb-add-node-service-hook", "service args"),
      ("tb-set-node-sharingmode", "node mode"), ("tb-set-node-usesharednode", "node weight"),
      ("tb-set-oml-mp", "args"), ("tb-set-oml-server", "node"), ("tb-set-oml-use-control", "flag"),
      ("tb-set-use-oml", "args"), ("tb-unset-elabinelab-attribute", "key"),
      ("tb-unset-elabinelab-role-attribute", "role key"), ("tb-use-modelnet", "onoff"),
    ] {
      define(name, parameters) { [unowned self] _ throws(ScriptError) in
        warnUnsupported("\(name) means nothing to containers")
        return ""
      }
    }
  }
}
