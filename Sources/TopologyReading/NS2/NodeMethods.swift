/// The methods of nodes.
extension Simulation {
  func callNode(
    _ object: ScriptObject, _ node: Int, _ method: String, _ arguments: [String]
  ) throws(ScriptError) -> String {
    switch method {
    case "add-route":
      try expect(arguments, 2, of: "\(object.name) add-route dst nexthop")
      addRoute(from: node, to: arguments[0], through: arguments[1])
      return ""
    case "start-command":
      try expect(arguments, 1, of: "\(object.name) start-command command")
      return try setStartCommand(of: node, arguments[0])
    case "program-agent": return try makeProgram(on: node, arguments)
    case "add-desire":
      try expect(arguments, atLeast: 2, of: "\(object.name) add-desire desire weight ?override?")
      addDesire(to: node, arguments)
      return ""
    case "add-attribute":
      try expect(arguments, 2, of: "\(object.name) add-attribute key value")
      addAttribute(to: node, arguments[0], arguments[1])
      return ""
    case "topography", "add-rule", "set-fw-style": return ""
    case "console":
      return try add("\(object.name)-console\(nextNewNumber())", .event, className: "Console").name
    default:
      warnUnsupported("\(object.className) \(method)")
      return ""
    }
  }

  private func addRoute(from node: Int, to destination: String, through nextHop: String) {
    if nodes[node].routes.contains(where: { $0.destination == destination }) {
      fail("[add-route] route from \(nodes[node].name) to \(destination) already exists!")
    } else {
      nodes[node].routes.append((destination, nextHop, currentLine()))
    }
  }

  /// Sets a start command, and makes the program object `NODE_startcmd` that scripts may refer to.
  func setStartCommand(of node: Int, _ command: String) throws(ScriptError) -> String {
    nodes[node].startCommand = command
    if command.contains("\n") { fail("the start command of \(nodes[node].name) has more than one line") }
    let program = try add("Program\(nextNewNumber())", .event, className: "Program")
    program.variables["command"] = command
    lastObject = program
    return try assign(program.name, to: "\(nodes[node].name)_startcmd")
  }

  private func addDesire(to node: Int, _ arguments: [String]) {
    if let index = nodes[node].desires.firstIndex(where: { $0.name == arguments[0] }) {
      if arguments.count < 3 || arguments[2] == "0" {
        fail("[add-desire] Desire \(arguments[0]) on \(nodes[node].name) already exists!")
      }
      nodes[node].desires[index].weight = arguments[1]
    } else {
      nodes[node].desires.append((arguments[0], arguments[1]))
    }
  }

  /// The first value of a name counts.
  func addAttribute(to node: Int, _ name: String, _ value: String) {
    if !nodes[node].attributes.contains(where: { $0.name == name }) { nodes[node].attributes.append((name, value)) }
  }

  private func makeProgram(on node: Int, _ arguments: [String]) throws(ScriptError) -> String {
    let options = try namedArguments(arguments, ["-command", "-dir", "-expected-exit-code", "-timeout"])
    if let timeout = options["-timeout"], !timeout.isEmpty, !Self.isRelativeTime(timeout) {
      fail("-timeout value is not a relative time: \(timeout)")
      return ""
    }
    warnOfEvents()
    let program = try add("Program\(nextNewNumber())", .event, className: "Program")
    program.variables["command"] = options["-command"] ?? ""
    program.variables["node"] = nodes[node].name
    lastObject = program
    return program.name
  }

  /// Reads `-name value` pairs.
  func namedArguments(_ arguments: [String], _ names: [String]) throws(ScriptError) -> [String: String] {
    var values: [String: String] = [:]
    for index in stride(from: 0, to: arguments.count, by: 2) {
      guard names.contains(arguments[index]) else {
        throw ScriptError("bad option '\(arguments[index])', should be one of: \(names.joined(separator: " "))")
      }
      values[arguments[index]] = index + 1 < arguments.count ? arguments[index + 1] : ""
    }
    return values
  }
}
