/// Agents, applications, programs, groups and events: read and checked, and kept out of the plan.
extension Simulation {
  /// The classes that `new` knows besides the simulator.
  static let eventClasses: Set<String> = [
    "Agent/Null", "Agent/TCP", "Agent/TCP/FullTcp", "Agent/TCP/FullTcp/Newreno", "Agent/TCP/FullTcp/Reno",
    "Agent/TCP/FullTcp/Sack", "Agent/TCP/FullTcp/Tahoe", "Agent/TCPSink", "Agent/UDP", "Application/FTP",
    "Application/Telnet", "Application/Traffic/CBR", "Console", "EventGroup", "Firewall", "Program", "Topography",
  ]

  /// Says, once, that events and agents don't run in containers.
  func warnOfEvents() {
    eventCount += 1
    if eventCount == 1 {
      warn("program agents, traffic agents and events are read, and left out: containers run start commands only")
    }
  }

  func makeEventObject(_ prefix: String, _ className: String) throws(ScriptError) -> String {
    if className != "Path" { warnOfEvents() }
    let object = try add("\(prefix)\(nextNumber())", .event, className: className)
    lastObject = object
    return object.name
  }

  func makeSequence(_ arguments: [String]) throws(ScriptError) -> String {
    // A sequence with a catch clause is three objects; the last one stands for the whole.
    if arguments.count > 1, !arguments[1].isEmpty {
      for _ in 0..<2 { _ = try makeEventObject("tbseq-seq", "EventSequence") }
    }
    return try makeEventObject("tbseq-seq", "EventSequence")
  }

  func makeGroup(_ arguments: [String]) throws(ScriptError) -> String {
    warnOfEvents()
    let group = try add("EventGroup\(nextNewNumber())", .event, className: "EventGroup")
    if let members = arguments.first { try addMembers(try interpreter.list(members), to: group) }
    lastObject = group
    return group.name
  }

  private func addMembers(_ names: [String], to group: ScriptObject) throws(ScriptError) {
    for name in names {
      let member = try object(name)
      let className = substrate(member) == nil ? member.className : "LanLink"
      let type = group.variables["mytype"] ?? className
      group.variables["mytype"] = type
      guard type == className else {
        fail("[\(group.name) add \(name)] All members must be of the same type!")
        return
      }
    }
  }

  func callEventObject(
    _ object: ScriptObject, _ method: String, _ arguments: [String]
  ) throws(ScriptError) -> String {
    switch (object.className, method) {
    case ("EventGroup", "add"):
      try addMembers(arguments, to: object)
      return ""
    case ("EventTimeline", "at"), ("EventSequence", "at"):
      try expect(arguments, 2, of: "\(object.name) at time eventstring")
      try schedule(arguments[1], at: arguments[0], allowsSwapout: false)
      return ""
    case (_, "attach-agent") where object.className.hasPrefix("Application/"):
      try expect(arguments, 1, of: "\(object.name) attach-agent agent")
      let agent = try self.object(arguments[0], for: "set_application \(object.name)")
      object.variables["agent"] = agent.name
      agent.variables["application"] = object.name
      return ""
    case ("EventSequence", "append"), (_, "listen"), ("Topography", _), ("Firewall", _), ("Console", _),
      ("Queue", "trace"), ("Program", "rename"):
      return ""
    default:
      warnUnsupported("\(object.className) \(method)")
      return ""
    }
  }

  func attach(agent agentName: String, to nodeName: String) throws(ScriptError) -> String {
    let agent = try object(agentName, for: "info class Agent")
    guard isKind(agent, of: "Agent") else {
      fail("[attach-agent] \(agentName) is not an Agent.")
      return ""
    }
    guard node(try object(nodeName, for: "info class Node")) != nil else {
      fail("[attach-agent] \(nodeName) is not a Node.")
      return ""
    }
    warnOfEvents()
    agent.variables["node"] = nodeName
    attachedAgents.append(agent)
    return ""
  }

  func connect(_ sourceName: String, _ targetName: String) throws(ScriptError) -> String {
    let source = try object(sourceName, for: "info class Node")
    let target = try object(targetName, for: "info class Console")
    let classes = [source, target].map { node($0) == nil ? $0.className : "Node" }
    if classes.sorted() == ["Console", "Node"] { return "" }
    var isSound = true
    for agent in [source, target] where !isKind(agent, of: "Agent") {
      fail("[connect] \(agent.name) is not an Agent.")
      isSound = false
    }
    guard isSound else { return "" }
    for (agent, other) in [(source, target), (target, source)] {
      if let destination = agent.variables["destination"] {
        fail("[connect] \(agent.name) already has a destination: \(destination).")
        continue
      }
      agent.variables["destination"] = other.name
      if agent.variables["node"] == nil { fail("[connect] \(agent.name) is not attached to a node.") }
      let isSink = agent.className == "Agent/Null" || agent.className == "Agent/TCPSink"
      if !isSink, agent.className == "Agent/UDP" || agent.className == "Agent/TCP",
        agent.variables["application"] == nil
      {
        fail("[connect] \(agent.name) does not have an attached application.")
      }
    }
    return ""
  }

  /// The most events a file may have.
  private static let greatestEventCount = 14_000

  /// Reads `$ns at time "object event; …"`.
  func schedule(_ events: String, at time: String, allowsSwapout: Bool = true) throws(ScriptError) {
    guard Self.isRelativeTime(time) || allowsSwapout && time == "swapout" else {
      fail("Invalid time spec: \(time)")
      return
    }
    for event in events.split(separator: ";") {
      guard eventCount <= Self.greatestEventCount else {
        throw ScriptError("Too many events in your NS file!")
      }
      let words = try interpreter.list(String(event))
      guard let name = words.first, !name.hasPrefix("#") else { continue }
      guard words.count > 1 else {
        fail("Missing event type for \(name)")
        continue
      }
      let object = try object(name)
      warnOfEvents()
      checkEvent(object, words, at: time)
    }
  }

  private func checkEvent(_ object: ScriptObject, _ words: [String], at time: String) {
    let text = "at \(time) \(words.joined(separator: " "))"
    guard substrate(object) != nil else { return }
    switch words[1] {
    case "create", "clear", "reset", "up", "down": break
    case "bandwidth":
      if words.count < 4 { fail("Wrong number of arguments: \(text)") }
    case "delay", "trace":
      if words.count < 3 { fail("Wrong number of arguments: \(text)") }
    case "plr":
      if words.count < 3 {
        fail("Wrong number of arguments: \(text)")
      } else if !(Double(words[2]).map { (0...1).contains($0) } ?? false) {
        fail("Improper argument: \(text)")
      }
    default: warnUnsupported(text)
    }
  }
}
