/// Commands for what containers don't have: their arguments are checked where the reference parser checks them, and
/// are otherwise ignored.
extension Simulation {
  /// Bandwidths that a testbed guesses with, which containers don't.
  func defineEstimates() {
    for name in ["tb-set-link-est-bandwidth", "tb-set-link-backfill"] {
      define(name, "link args") { [unowned self] arguments throws(ScriptError) in
        guard arguments.count > 1 else { throw ScriptError("wrong # args: should be \"\(name) link bandwidth\"") }
        let link: Int?
        if arguments.count == 3 {
          link = try linkBetween(arguments[0], arguments[1], command: name)
        } else if name == "tb-set-link-backfill" {
          link = try self.link(arguments[0], command: name)
        } else {
          link = try anySubstrate(arguments[0], command: name)
        }
        if link != nil { _ = try bandwidth(arguments.count == 3 ? arguments[2] : arguments[1]) }
        return ""
      }
    }
    for name in ["tb-set-lan-est-bandwidth", "tb-set-lan-backfill"] {
      define(name, "lan bw") { [unowned self] arguments throws(ScriptError) in
        if try lan(arguments[0], command: name) != nil { _ = try bandwidth(arguments[1]) }
        return ""
      }
    }
    define("tb-set-link-simplex-backfill", "link src bw") { [unowned self] arguments throws(ScriptError) in
      guard let link = try link(arguments[0], command: "tb-set-link-simplex-backfill"),
        let node = try plainNode(arguments[1], command: "tb-set-link-simplex-backfill")
      else { return "" }
      guard port(of: node, on: link) != nil else {
        fail("[tb-set-link-simplex-params] \(arguments[1]) is not in \(arguments[0]).")
        return ""
      }
      _ = try bandwidth(arguments[2])
      return ""
    }
    define("tb-set-lan-simplex-backfill", "lan node tobw frombw") { [unowned self] arguments throws(ScriptError) in
      guard try member(arguments[1], of: arguments[0], command: "tb-set-lan-simplex-params") != nil else { return "" }
      for rate in arguments[2...] { _ = try bandwidth(rate, atLeastTen: false) }
      return ""
    }
  }

  func defineIgnoredSettings() {
    for (name, parameters) in [
      ("tb-elab-in-elab", "onoff"), ("tb-elab-in-elab-topology", "topo"), ("tb-elabinelab-singlenet", "args"),
      ("tb-feedback-vlan", "vnode lan args"), ("tb-feedback-vlink", "link args"),
      ("tb-feedback-vnode", "vnode hardware args"), ("tb-set-delay-os", "os"),
      ("tb-set-elabinelab-attribute", "key value ?order?"), ("tb-set-elabinelab-cvstag", "cvstag"),
      ("tb-set-elabinelab-role-attribute", "role key value ?order?"), ("tb-set-inner-elab-eid", "eid"),
      ("tb-set-jail-os", "os"), ("tb-set-node-plab-plcnet", "node lanlink"), ("tb-set-node-service", "service args"),
      ("tb-add-node-service-hook", "service args"), ("tb-set-node-sharingmode", "node mode"),
      ("tb-set-oml-mp", "args"), ("tb-set-oml-server", "node"), ("tb-set-oml-use-control", "flag"),
      ("tb-set-use-oml", "args"), ("tb-unset-elabinelab-attribute", "key"),
      ("tb-unset-elabinelab-role-attribute", "role key"), ("tb-use-physnaming", "onoff"),
    ] {
      define(name, parameters) { [unowned self] _ throws(ScriptError) in ignore(name) }
    }
    for name in ["tb-set-dpdb", "tb-use-modelnet"] {
      define(name, "onoff") { [unowned self] arguments throws(ScriptError) in
        _ = try interpreter.call(["::tcl::mathop::!", arguments[0]])
        return ignore(name)
      }
    }
    for (name, roles) in [
      ("tb-set-node-inner-elab-role", ["boss", "boss+router", "router", "ops", "ops+fs", "fs", "node"]),
      ("tb-set-node-plab-role", ["plc", "node", "none"]),
    ] {
      define(name, "node role") { [unowned self] arguments throws(ScriptError) in
        guard try plainNode(arguments[0], command: name) != nil else { return "" }
        guard roles.contains(arguments[1]) else {
          fail("[\(name)] type must be one of \(roles.joined(separator: "|"))")
          return ""
        }
        return ignore(name)
      }
    }
    define("tb-set-node-id", "vnode id") { [unowned self] arguments throws(ScriptError) in
      try plainNode(arguments[0], command: "tb-set-node-id") == nil ? "" : ignore("tb-set-node-id")
    }
    define("tb-set-delay-capacity", "cap") { [unowned self] arguments throws(ScriptError) in
      guard let capacity = Double(arguments[0]), capacity > 0 else {
        fail("[tb-set-delay-capacity] \(arguments[0]) must be more than 0")
        return ""
      }
      return ignore("tb-set-delay-capacity")
    }
    define("tb-set-modelnet-physnodes", "cores edges") { [unowned self] arguments throws(ScriptError) in
      guard !arguments.contains(where: { Double($0) == 0 }) else {
        fail("[tb-set-modelnet-physnodes] cores and edges must be > 0")
        return ""
      }
      return ignore("tb-set-modelnet-physnodes")
    }
  }

  private func ignore(_ command: String) -> String {
    warnUnsupported("\(command) means nothing to containers")
    return ""
  }
}
