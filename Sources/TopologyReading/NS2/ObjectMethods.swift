/// What scripts can ask of any object, and the way from a method call to the code for its class.
extension Simulation {
  /// Calls a method: `$object method argument …`.
  func call(_ object: ScriptObject, _ words: [String]) throws(ScriptError) -> String {
    guard let method = words.first else {
      throw ScriptError("wrong # args: should be \"\(object.name) method ?arg ...?\"")
    }
    let arguments = Array(words.dropFirst())
    switch method {
    case "info": return try answer(about: object, arguments)
    case "set": return try variable(of: object, arguments)
    default: break
    }
    switch object.kind {
    case .simulator: return try callSimulator(object, method, arguments)
    case .node(let node): return try callNode(object, node, method, arguments)
    case .substrate(let substrate): return try callSubstrate(object, substrate, method, arguments)
    case .direction(let substrate): return try callDirection(object, substrate, method)
    case .queue, .event: return try callEventObject(object, method, arguments)
    case .null:
      warnUnsupported("\(object.className) \(method)")
      return ""
    }
  }

  /// `$object info class ?name?`.
  private func answer(about object: ScriptObject, _ arguments: [String]) throws(ScriptError) -> String {
    guard arguments.first == "class" else { return "" }
    guard arguments.count > 1 else { return object.className }
    return isKind(object, of: arguments[1]) ? "1" : "0"
  }

  /// Whether an object is of a class or of one derived from it.
  func isKind(_ object: ScriptObject, of className: String) -> Bool {
    if object.className == className { return true }
    switch className {
    case "Node": return object.className == "Bridge"
    case "LanLink": return object.className == "Link" || object.className == "Lan"
    case "Agent", "Application", "Agent/TCP/FullTcp": return object.className.hasPrefix(className + "/")
    default: return false
    }
  }

  /// `$object set name ?value?`.
  private func variable(of object: ScriptObject, _ arguments: [String]) throws(ScriptError) -> String {
    switch arguments.count {
    case 1:
      if let value = object.variables[arguments[0]] ?? builtInVariable(arguments[0], of: object) { return value }
      throw ScriptError("can't read \"\(arguments[0])\": no such variable")
    case 2:
      object.variables[arguments[0]] = arguments[1]
      if case .substrate(let substrate) = object.kind { note(arguments[0], arguments[1], on: substrate) }
      return arguments[1]
    default: throw ScriptError("wrong # args: should be \"\(object.name) set varName ?newValue?\"")
    }
  }

  /// What the reference parser keeps in an object's own variables, as far as scripts are known to read it.
  private func builtInVariable(_ name: String, of object: ScriptObject) -> String? {
    switch (object.kind, name) {
    case (.node(let node), "type"): nodes[node].hardwareType
    case (.node(let node), "osid"): nodes[node].operatingSystem
    case (.node(let node), "failureaction"): nodes[node].failureAction
    case (.substrate(let substrate), "netmask"): substrates[substrate].netmask ?? Self.defaultNetmask
    case (.substrate(let substrate), "src_node"): substrates[substrate].members.first.map { nodes[$0.node].name }
    case (.substrate(let substrate), "dst_node"): substrates[substrate].members.last.map { nodes[$0.node].name }
    case (.substrate(let substrate), "toqueue"), (.substrate(let substrate), "fromqueue"):
      try? queue(of: substrate)
    case (.queue, _): Self.queueDefaults[name]
    default: nil
    }
  }

  /// The defaults of a queue's variables.
  private static let queueDefaults = [
    "limit_": "50", "maxthresh_": "15", "thresh_": "5", "q_weight_": "0.002", "linterm_": "10", "queue-in-bytes_": "0",
    "bytes_": "0", "mean_pktsize_": "500", "wait_": "1", "setbit_": "0", "drop-tail_": "1", "gentle_": "0",
    "red_": "0",
  ]

  static let defaultNetmask = "255.255.255.0"

  private func note(_ name: String, _ value: String, on substrate: Int) {
    if name == "netmask" { substrates[substrate].netmask = value }
  }

  /// A queue object of a link or LAN; each call makes one.
  func queue(of substrate: Int) throws(ScriptError) -> String {
    try add("q\(nextNewNumber())", .queue(substrate: substrate), className: "Queue").name
  }

  /// `[$ns link a b] queue` and `[$ns lanlink lan node] queue`.
  private func callDirection(
    _ object: ScriptObject, _ substrate: Int, _ method: String
  ) throws(ScriptError) -> String {
    if method == "queue" { return try queue(of: substrate) }
    warnUnsupported("\(object.className) \(method)")
    return ""
  }
}
