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
      try expect(arguments, 2, of: "\(object.name) add-desire desire weight")
      addDesire(to: node, arguments[0], arguments[1])
      return ""
    case "add-attribute":
      try expect(arguments, 2, of: "\(object.name) add-attribute key value")
      addAttribute(to: node, arguments[0], arguments[1])
      return ""
    case "attach-agent":
      try expect(arguments, 1, of: "\(object.name) attach-agent agent")
      return try attach(agent: arguments[0], to: object.name)
    case "topography":
      try expect(arguments, 1, of: "\(object.name) topography topo")
      try checkTopography(arguments[0])
      return ""
    case "console":
      let name = "\(object.name)-console"
      if objects[name] == nil { try add(name, .event, className: "Console") }
      return name
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
    let program = try addProgram(on: node, command, name: "\(nodes[node].name)_startcmd")
    let name = try assign(program.name, to: "\(nodes[node].name)_startcmd")
    nodes[node].startCommand = command
    return name
  }

  func addDesire(to node: Int, _ name: String, _ weight: String) {
    if nodes[node].desires.contains(where: { $0.name == name }) {
      fail("[add-desire] Desire \(name) on \(nodes[node].name) already exists!")
    } else {
      nodes[node].desires.append((name, weight))
    }
  }

  /// The first value of a name counts.
  func addAttribute(to node: Int, _ name: String, _ value: String) {
    if !nodes[node].attributes.contains(where: { $0.name == name }) { nodes[node].attributes.append((name, value)) }
  }

  private func makeProgram(on node: Int, _ arguments: [String]) throws(ScriptError) -> String {
    let options = try namedArguments(arguments, ["-command", "-dir", "-expected-exit-code", "-timeout"])
    guard checkTimeout(in: options) else { return "" }
    warnOfEvents()
    return try addProgram(on: node, options["-command"] ?? "").name
  }

  /// Makes a program object; `name` is what it is going to be called, where that is known.
  private func addProgram(on node: Int, _ command: String, name: String? = nil) throws(ScriptError) -> ScriptObject {
    let program = try add("Program\(nextNewNumber())", .event, className: "Program")
    program.variables = ["command": command, "node": nodes[node].name]
    programWasMade(program)
    checkCommand(command, of: name ?? program.name)
    return program
  }

  func programWasMade(_ program: ScriptObject) {
    // The first one is numbered together with the group of all programs.
    if !hasPrograms { skipNewNumbers(1) }
    hasPrograms = true
    lastObject = program
  }

  func checkCommand(_ command: String, of program: String) {
    guard command.contains("\n") else { return }
    fail("[updatedb] \(program) has disallowed newline in command: \(command.replacing("\n", with: " "))")
  }

  private func checkTopography(_ name: String) throws(ScriptError) {
    guard !name.isEmpty else { return }
    let topography = try object(name, for: "info class Topography")
    if topography.className != "Topography" {
      fail("[topography] \(name) is not a Topography.")
    } else if topography.variables["area"] == nil {
      fail("[topography] \(name) is not initialized.")
    }
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
