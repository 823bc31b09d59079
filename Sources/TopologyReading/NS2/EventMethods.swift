/// Events, timelines, sequences and groups: read and checked, and kept out of the plan.
extension Simulation {
  /// Says, once, that events and agents don't run in containers.
  func warnOfEvents() {
    guard !hasWarnedOfEvents else { return }
    hasWarnedOfEvents = true
    warn("program agents, traffic agents and events are read, and left out: containers run start commands only")
  }

  func makeEventObject(_ prefix: String, _ className: String) throws(ScriptError) -> ScriptObject {
    if className != "Path" { warnOfEvents() }
    let object = try add("\(prefix)\(nextNumber())", .event, className: className)
    lastObject = object
    return object
  }

  /// `$ns event-sequence lines ?catch lines?`.
  func makeSequence(_ arguments: [String]) throws(ScriptError) -> String {
    // A sequence with a catch clause is three objects; the last one stands for the whole.
    if arguments.count > 1, !arguments[1].isEmpty {
      for _ in 0..<2 { _ = try makeEventObject("tbseq-seq", "EventSequence") }
    } else {
      for line in (arguments.first ?? "").split(separator: "\n") {
        let words = try interpreter.list(try interpreter.run("::list \(line)"))
        if !words.isEmpty { try checkEvent(words) }
      }
    }
    return try makeEventObject("tbseq-seq", "EventSequence").name
  }

  func makeGroup(_ arguments: [String]) throws(ScriptError) -> String {
    warnOfEvents()
    let group = try add("EventGroup\(nextNewNumber())", .event, className: "EventGroup")
    if let members = arguments.first {
      for name in try interpreter.list(members) { try addMembers([name], to: group) }
    }
    lastObject = group
    return group.name
  }

  /// Adds members up to the first that is of another class.
  func addMembers(_ names: [String], to group: ScriptObject) throws(ScriptError) {
    for name in names {
      let member = try object(name)
      let className = substrate(member) == nil ? member.className : "LanLink"
      let type = group.variables["mytype"] ?? className
      group.variables["mytype"] = type
      guard type == className else {
        return fail("[\(group.name) add \(name)] All members must be of the same type!")
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
    case ("EventTimeline", "at"):
      try expect(arguments, 2, of: "\(object.name) at time eventstring")
      try schedule(arguments[1], at: arguments[0], allowsSwapout: false)
      return ""
    case ("EventSequence", "append"):
      try expect(arguments, 1, of: "\(object.name) append event")
      try checkEvent(try interpreter.list(arguments[0]))
      return ""
    case (_, "attach-agent") where isKind(object, of: "Application"):
      try expect(arguments, 1, of: "\(object.name) attach-agent agent")
      return try attach(application: object, to: arguments[0])
    case (_, "listen") where isKind(object, of: "Agent/TCP/FullTcp"):
      object.variables["role"] = "sink"
      return ""
    case ("Queue", "trace"), ("Firewall", "add-rule"): return ""
    case ("Firewall", "set-type"), ("Firewall", "set-style"):
      try expect(arguments, 1, of: "\(object.name) \(method) word")
      return setFirewall(method, arguments[0])
    case ("Topography", "load_area"):
      object.variables["area"] = arguments.first
      return ""
    // The reference parser knows of no way to ignore a method of these.
    case ("EventTimeline", _), ("EventSequence", _), ("Vtype", _):
      throw ScriptError("\(object.name): unable to dispatch method \(method)")
    default:
      warnUnsupported("\(object.className) \(method)")
      return ""
    }
  }

  private func setFirewall(_ method: String, _ word: String) -> String {
    switch (method, word) {
    case ("set-type", "ipfw"), ("set-type", "ipfw2-vlan"): break
    case ("set-type", _): fail("[set-type] unknown firewall type: \(word)")
    case (_, "open"), (_, "closed"), (_, "basic"), (_, "emulab"): break
    default: fail("[set-style] unsupported firewall style: \(word)")
    }
    return ""
  }

  /// The most events a file may have.
  private static let greatestEventCount = 14_000

  /// Reads `$ns at time "object event; …"`.
  func schedule(_ events: String, at time: String, allowsSwapout: Bool = true) throws(ScriptError) {
    guard !isInsideSimulated else { return }
    guard Self.isRelativeTime(time) || allowsSwapout && time == "swapout" else {
      return fail("Invalid time spec: \(time)")
    }
    guard !events.isEmpty else { return }
    for event in events.split(separator: ";", omittingEmptySubsequences: false) {
      guard eventCount <= Self.greatestEventCount else { throw ScriptError("Too many events in your NS file!") }
      eventCount += 1
      try checkEvent(try interpreter.list(String(event)))
    }
  }
}
