/// `$object set name ?value?`: what scripts read and change of objects without a method.
///
/// A script may set any variable of any object. Those that the reference parser keeps its own data in are ours too, as
/// far as files are known to use them.
extension Simulation {
  func variable(of object: ScriptObject, _ arguments: [String]) throws(ScriptError) -> String {
    switch arguments.count {
    case 1:
      if let value = try builtInVariable(arguments[0], of: object) ?? object.variables[arguments[0]] { return value }
      throw ScriptError("can't read \"\(arguments[0])\": no such variable")
    case 2:
      switch object.kind {
      case .node(let node) where setVariable(arguments[0], arguments[1], ofNode: node): break
      case .substrate(let substrate) where setVariable(arguments[0], arguments[1], ofSubstrate: substrate): break
      default: object.variables[arguments[0]] = arguments[1]
      }
      return arguments[1]
    default: throw ScriptError("wrong # args: should be \"\(object.name) set varName ?newValue?\"")
    }
  }

  static let defaultNetmask = "255.255.255.0"

  private static func nodeVariable(_ name: String) -> WritableKeyPath<ScriptNode, String>? {
    switch name {
    case "type": \.hardwareType
    case "osid": \.operatingSystem
    case "failureaction": \.failureAction
    case "startup": \.startup
    case "cmdline": \.commandLine
    case "fixed": \.fixed
    default: nil
    }
  }

  private static func memberVariable(_ name: Substring) -> WritableKeyPath<ScriptSubstrate.Member, Double>? {
    switch name {
    case "delay": \.milliseconds
    case "rdelay": \.reverseMilliseconds
    case "bandwidth": \.kilobitsPerSecond
    case "rbandwidth": \.reverseKilobitsPerSecond
    case "loss": \.loss
    case "rloss": \.reverseLoss
    default: nil
    }
  }

  /// The defaults of a queue's variables.
  private static let queueDefaults = [
    "limit_": "50", "maxthresh_": "15", "thresh_": "5", "q_weight_": "0.002", "linterm_": "10", "queue-in-bytes_": "0",
    "bytes_": "0", "mean_pktsize_": "500", "wait_": "1", "setbit_": "0", "drop-tail_": "1", "gentle_": "0",
    "red_": "0",
  ]

  private func builtInVariable(_ name: String, of object: ScriptObject) throws(ScriptError) -> String? {
    switch (object.kind, name) {
    case (.node(let node), "portlist"): try list(of: nodes[node].ports.map { substrates[$0.substrate].name })
    case (.node(let node), _): Self.nodeVariable(name).map { nodes[node][keyPath: $0] }
    case (.substrate(let substrate), "netmask"): substrates[substrate].netmask ?? Self.defaultNetmask
    case (.substrate(let substrate), "nodelist"):
      try list(of: substrates[substrate].members.map { "\(nodes[$0.node].name) \($0.port)" })
    case (.substrate(let substrate), "src_node"): substrates[substrate].members.first.map { nodes[$0.node].name }
    case (.substrate(let substrate), "dst_node"): substrates[substrate].members.last.map { nodes[$0.node].name }
    case (.substrate(let substrate), "toqueue"), (.substrate(let substrate), "fromqueue"):
      try queue(of: substrate)
    case (.queue, _): object.variables[name] ?? Self.queueDefaults[name]
    default: nil
    }
  }

  private func list(of words: [String]) throws(ScriptError) -> String { try interpreter.call(["::list"] + words) }

  private func setVariable(_ name: String, _ value: String, ofNode node: Int) -> Bool {
    guard let variable = Self.nodeVariable(name) else { return false }
    nodes[node][keyPath: variable] = value
    return true
  }

  private func setVariable(_ name: String, _ value: String, ofSubstrate substrate: Int) -> Bool {
    if name == "netmask" {
      substrates[substrate].netmask = value
      substrates[substrate].line = currentLine()
      return true
    }
    // A figure of a member is `delay(NODE PORT)`.
    guard let open = name.firstIndex(of: "("), name.hasSuffix(")"), let figure = Self.memberVariable(name[..<open]),
      let value = Double(value), value >= 0, value.isFinite
    else { return false }
    let words = name[name.index(after: open)...].dropLast().split(separator: " ")
    guard words.count == 2,
      let member = substrates[substrate].members.firstIndex(where: {
        String($0.port) == words[1] && nodes[$0.node].name == words[0]
      })
    else { return false }
    substrates[substrate].members[member][keyPath: figure] = value
    return true
  }
}
