/// Hardware types and physical machines.
extension Simulation {
  func defineHardwareCommands() {
    // Which types exist is a testbed's own data: any name is taken here, and the testbed says if it has none.
    define("tb-set-hardware", "node type args") { [unowned self] arguments throws(ScriptError) in
      guard let node = try nodeToSet(arguments[0], command: "tb-set-hardware") else { return "" }
      nodes[node].hardwareType = arguments[1]
      return ""
    }
    define("tb-make-soft-vtype", "name types") { [unowned self] arguments throws(ScriptError) in
      try makeHardwareType(arguments[0], weight: "0.5", arguments[1], command: "tb-make-soft-vtype")
    }
    define("tb-make-hard-vtype", "name types") { [unowned self] arguments throws(ScriptError) in
      try makeHardwareType(arguments[0], weight: "1.0", arguments[1], command: "tb-make-hard-vtype")
    }
    define("tb-make-weighted-vtype", "name weight types") { [unowned self] arguments throws(ScriptError) in
      guard Self.isPlainNumber(arguments[1]), let weight = Double("0" + arguments[1]), weight > 0, weight < 1 else {
        fail("[tb-make-weighted-vtype] \(arguments[1]) is not a valid weight. (0 < weight < 1).")
        return ""
      }
      return try makeHardwareType(
        arguments[0], weight: arguments[1], arguments[2], command: "tb-make-weighted-vtype")
    }
    for name in ["tb-fix-node", "tb-bind-parent"] {
      define(name, "vnode pnode") { [unowned self] arguments throws(ScriptError) in
        guard let node = try plainNode(arguments[0], command: "tb-fix-node") else { return "" }
        if let object = try? object(arguments[1]), self.node(object) != nil {
          fail("[set-fixed] Improper fix-node \(arguments[0]) to \(arguments[1])!")
          return ""
        }
        nodes[node].fixed = arguments[1]
        return ""
      }
    }
    define("tb-fix-interface", "vnode lanlink iface") { [unowned self] arguments throws(ScriptError) in
      guard let node = try plainNode(arguments[0], command: "tb-fix-interface") else { return "" }
      guard let substrate = substrate(try object(arguments[1])) else {
        fail("[tb-fix-interface] \(arguments[1]) must be a link or lan!")
        return ""
      }
      if port(of: node, on: substrate) == nil {
        fail("[set_fixed_iface] \(arguments[0]) is not the specified link/lan!")
      }
      return ""
    }
    define("tb-set-link-failure-action", "lanlink type") { [unowned self] arguments throws(ScriptError) in
      guard let substrate = try anySubstrate(arguments[0], command: "tb-set-link-failure-action") else { return "" }
      guard ["fatal", "nonfatal"].contains(arguments[1]) else {
        fail("[tb-set-link-failure-action] must be one of fatal|nonfatal")
        return ""
      }
      substrates[substrate].set("failureaction", arguments[1])
      return ""
    }
  }

  private func makeHardwareType(
    _ name: String, weight: String, _ types: String, command: String
  ) throws(ScriptError) -> String {
    let types = try interpreter.list(types)
    if objects[name]?.className != "Vtype" {
      guard !interpreter.isCommand(name), !ReservedNames.all.contains(name) else {
        throw ScriptError("[\(command)] a hardware type can't be named \(name): command already exists")
      }
      _ = try add(name, .event, className: "Vtype")
    }
    hardwareTypes.removeAll { $0.name == name }
    hardwareTypes.append((name, weight, types))
    return name
  }
}
