/// Settings that are checked and remembered.
extension Simulation {
  func defineSettingCommands() {
    defineSubstrateSettings()
    defineEstimates()
    defineExperimentSettings()
    defineIgnoredSettings()
  }

  /// Of the experiment as a whole.
  private func defineExperimentSettings() {
    for (name, setting) in [
      ("tb-use-endnodeshaping", "endnodeshaping"), ("tb-force-endnodeshaping", "forceendnodeshaping"),
      ("tb-set-uselatestwadata", "uselatestwadata"), ("tb-set-usewatunnels", "usewatunnels"),
      ("tb-fix-current-resources", "fixcurrentresources"), ("tb-set-encapsulate", "encapsulate"),
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
      guard !arguments.contains(where: { $0.isEmpty || $0.hasPrefix("-") }) else {
        fail("[tb-set-wasolver-weights] Weights must be postive integers.")
        return ""
      }
      return ""
    }
  }
}
