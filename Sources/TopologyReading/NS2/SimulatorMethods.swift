/// The methods of the simulator: `$ns node`, `$ns duplex-link`, ….
extension Simulation {
  func callSimulator(
    _ object: ScriptObject, _ method: String, _ arguments: [String]
  ) throws(ScriptError) -> String {
    guard object === simulator else {
      throw ScriptError("\(object.name) is a second Simulator: a file describes one experiment")
    }
    switch method {
    case "node", "bridge": return try makeNode(isBridge: method == "bridge", arguments)
    case "duplex-link":
      try expect(arguments, atLeast: 5, of: "\(object.name) \(method) n1 n2 bw delay type ?arg ...?")
      return try makeLink(arguments)
    case "make-lan":
      try expect(arguments, atLeast: 3, of: "\(object.name) \(method) nodelist bw delay ?arg ...?")
      return try makeLAN(arguments)
    case "make-cloud":
      try expect(arguments, atLeast: 3, of: "\(object.name) \(method) nodelist bw delay ?arg ...?")
      let name = try makeLAN(arguments)
      if let substrate = substrate(try self.object(name)) { substrates[substrate].set("cloud", "true") }
      return name
    case "make-path":
      try expect(arguments, atLeast: 1, of: "\(object.name) \(method) linklist ?arg ...?")
      let path = try makeEventObject("tbpath-path", "Path")
      paths.append((path, try interpreter.list(arguments[0])))
      return path.name
    case "event-timeline": return try makeEventObject("tbtl-tl", "EventTimeline").name
    case "event-sequence": return try makeSequence(arguments)
    case "event-group": return try makeGroup(arguments)
    case "node-config":
      _ = try namedArguments(arguments, ["-topography"])
      return ""
    case "find_link":
      try expect(arguments, 2, of: "\(object.name) find_link src dst")
      return lastLink(from: arguments[0], to: arguments[1]).map { substrates[$0].name } ?? ""
    case "cost":
      try expect(arguments, 3, of: "\(object.name) cost src dst c")
      guard lastLink(from: arguments[0], to: arguments[1]) != nil else {
        throw ScriptError("no link between \(arguments[0]) and \(arguments[1])")
      }
      return ""
    case "make-simulated": return try runSimulated(arguments)
    case "link":
      try expect(arguments, 2, of: "\(object.name) link src dst")
      return try direction(from: arguments[0], to: arguments[1])
    case "lanlink":
      try expect(arguments, 2, of: "\(object.name) lanlink lan node")
      return try lanEnd(arguments[0], arguments[1])
    case "rtproto":
      try expect(arguments, atLeast: 1, of: "\(object.name) rtproto type ?arg ...?")
      setRouting(arguments)
      return ""
    case "attach-agent":
      try expect(arguments, 2, of: "\(object.name) attach-agent node agent")
      return try attach(agent: arguments[1], to: arguments[0])
    case "connect":
      try expect(arguments, 2, of: "\(object.name) connect src dst")
      return try connect(arguments[0], arguments[1])
    case "at":
      try expect(arguments, 2, of: "\(object.name) at time eventstring")
      try schedule(arguments[1], at: arguments[0])
      return ""
    case "define-template-parameter":
      try expect(arguments, atLeast: 1, of: "\(object.name) define-template-parameter name value ?description?")
      return try defineParameter(arguments)
    case "run":
      try expect(arguments, 0, of: "\(object.name) run")
      finish()
      return ""
    default:
      warnUnsupported("Object \(method)")
      return try add("tbnull-null\(nextNumber())", .null, className: method).name
    }
  }

  private func makeNode(isBridge: Bool, _ arguments: [String]) throws(ScriptError) -> String {
    if !arguments.isEmpty { warnUnsupported("Arguments for node: \(arguments.joined(separator: " "))") }
    let name = "tbnode-n\(nextNumber())"
    let object = try add(name, .node(nodes.count), className: isBridge ? "Bridge" : "Node")
    var node = ScriptNode(name: name)
    node.isBridge = isBridge
    if isInsideSimulated { node.hardwareType = "sim" }
    nodes.append(node)
    nodeWasMade(name)
    lastObject = object
    return name
  }

  private func makeLink(_ arguments: [String]) throws(ScriptError) -> String {
    if arguments.count > 5 {
      warnUnsupported("Arguments for duplex-link: \(arguments[5...].joined(separator: " "))")
    }
    var ends: [Int] = []
    for name in arguments.prefix(2) {
      if let node = node(try object(name, for: "info class Node")) {
        ends.append(node)
      } else {
        fail("[duplex-link] \(name) is not a node.")
      }
    }
    guard ends.count == 2 else { return "" }
    let rate = try bandwidth(arguments[2])
    let delay = try delay(arguments[3])
    let name = try makeSubstrate(
      "tblink-l", .link, among: ends, kilobitsPerSecond: rate, milliseconds: delay, queueType: arguments[4])
    let substrate = substrates.count - 1
    lastLinks[NodePair(from: ends[0], to: ends[1])] = substrate
    lastLinks[NodePair(from: ends[1], to: ends[0])] = substrate
    return name
  }

  private func makeLAN(_ arguments: [String]) throws(ScriptError) -> String {
    if arguments.count > 3 { warnUnsupported("Arguments for make-lan: \(arguments[3...].joined(separator: " "))") }
    var members: [Int] = []
    var isWhole = true
    for name in try interpreter.list(arguments[0]) {
      if let node = node(try object(name, for: "set simulated")) {
        members.append(node)
      } else {
        fail("[make-lan] \(name) is not a node.")
        isWhole = false
      }
    }
    let rate = try bandwidth(arguments[1])
    let delay = try delay(arguments[2])
    guard isWhole else { return "" }
    return try makeSubstrate(
      "tblan-lan", .lan, among: members, kilobitsPerSecond: rate, milliseconds: delay, queueType: nil)
  }

  /// The fastest link, in kb/s.
  private static let greatestBandwidth = 1_000_000

  private func makeSubstrate(
    _ prefix: String, _ kind: ScriptSubstrate.Kind, among ends: [Int], kilobitsPerSecond: Int, milliseconds: Int,
    queueType: String?
  ) throws(ScriptError) -> String {
    let name = "\(prefix)\(nextNumber())"
    let index = substrates.count
    let object = try add(name, .substrate(index), className: kind == .link ? "Link" : "Lan")
    var substrate = ScriptSubstrate(
      name: name, kind: kind, milliseconds: milliseconds,
      kilobitsPerSecond: kilobitsPerSecond)
    if kilobitsPerSecond > Self.greatestBandwidth {
      fail(
        "Bandwidth requested (\(kilobitsPerSecond)) exceeds maximum of \(Self.greatestBandwidth) kbps!")
    } else {
      for node in ends {
        nodes[node].ports.append(ScriptNode.Port(substrate: index))
        substrate.members.append(
          ScriptSubstrate.Member(
            node: node, port: nodes[node].ports.count - 1, milliseconds: Double(milliseconds) / 2,
            reverseMilliseconds: Double(milliseconds) / 2, kilobitsPerSecond: Double(kilobitsPerSecond),
            reverseKilobitsPerSecond: Double(kilobitsPerSecond)))
      }
    }
    if substrate.members.count < 2 { substrate.line = currentLine() }
    // The queues: of each end, and of a link as a whole.
    skipNewNumbers(substrate.members.count + (kind == .link ? 1 : 0))
    switch queueType {
    case nil, "DropTail": break
    case "RED", "GRED": substrate.set("queue", queueType ?? "")
    case let type?: warnUnsupported("Link type \(type), using DropTail!")
    }
    substrates.append(substrate)
    substrateWasMade(name)
    lastObject = object
    return name
  }

  private func setRouting(_ arguments: [String]) {
    if arguments.count > 1 {
      warnUnsupported("rtproto: arguments ignored: \(arguments[1...].joined(separator: " "))")
    }
    switch arguments[0] {
    case "Session", "ospf": routing = "ospf"
    case "Manual": routing = "manual"
    case "Static": routing = "static"
    case "Static-ddijk": routing = "static-ddijk"
    case "Static-old": routing = "static-old"
    case let type: warnUnsupported("rtproto: unsupported routing protocol ignored: \(type)")
    }
  }

  private func direction(from source: String, to target: String) throws(ScriptError) -> String {
    guard let substrate = lastLink(from: source, to: target) else {
      throw ScriptError("no link between \(source) and \(target)")
    }
    return try add("sl\(nextNewNumber())", .direction(substrate: substrate), className: "SimplexLink").name
  }

  private func lanEnd(_ lan: String, _ node: String) throws(ScriptError) -> String {
    guard let (node, substrate) = try member(node, of: lan, command: "lanlink") else { return "" }
    _ = node
    return try add("ll\(nextNewNumber())", .direction(substrate: substrate), className: "LLink").name
  }

  private func defineParameter(_ arguments: [String]) throws(ScriptError) -> String {
    guard arguments.count > 1 else {
      fail("[define-template-parameter] not enough arguments!")
      return ""
    }
    guard arguments.count <= 3 else {
      fail("[define-template-parameter] too many arguments!")
      return ""
    }
    try interpreter.setVariable(arguments[0], arguments[1])
    return "0"
  }

  private func runSimulated(_ arguments: [String]) throws(ScriptError) -> String {
    isInsideSimulated = true
    defer { isInsideSimulated = false }
    return try interpreter.run(arguments.joined(separator: " "))
  }

  // MARK: Counting arguments

  func expect(_ arguments: [String], _ count: Int, of usage: String) throws(ScriptError) {
    guard arguments.count == count else { throw ScriptError("wrong # args: should be \"\(usage)\"") }
  }

  func expect(_ arguments: [String], atLeast count: Int, of usage: String) throws(ScriptError) {
    guard arguments.count >= count else { throw ScriptError("wrong # args: should be \"\(usage)\"") }
  }
}
