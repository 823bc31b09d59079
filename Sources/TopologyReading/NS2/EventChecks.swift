/// Whether an event is one that its object can have.
extension Simulation {
  /// What can happen to an object of a class, and how many words that takes at least.
  private static let events: [String: [String: Int]] = {
    let links = [
      "create": 2, "clear": 2, "reset": 2, "up": 2, "down": 2, "bandwidth": 4, "delay": 3, "plr": 3, "trace": 3,
    ]
    let series = ["start": 2, "run": 2, "reset": 2]
    return [
      "Application/Traffic/CBR": ["start": 2, "stop": 2, "reset": 2, "set": 4],
      "Console": ["start": 2, "stop": 3], "EventSequence": series, "EventTimeline": series, "Lan": links,
      "Link": links, "Node": ["reboot": 2, "snapshot-to": 3, "reload": 2, "setdest": 2],
      "Program": ["set": 2, "run": 2, "start": 2, "stop": 2, "kill": 3], "Queue": ["set": 4, "trace": 3],
      "Simulator": [
        "bandwidth": 2, "halt": 2, "terminate": 2, "swapout": 2, "stoprun": 2, "trace-for": 3, "stabilize": 2,
        "msg": 2, "message": 2, "log": 2, "report": 2, "snapshot": 2, "cleanlogs": 2, "linktest": 2, "reset-lans": 2,
      ],
    ]
  }()

  /// The options of the events that have any.
  private static let eventOptions: [String: [String]] = {
    let program = ["-command", "-dir", "-expected-exit-code", "-tag", "-timeout"]
    return [
      "Node reload": ["-image"], "Program set": program, "Program run": program, "Program start": program,
      "Simulator report": ["-archive", "-digester"], "Simulator linktest": ["-bw", "-stopat"],
    ]
  }()

  /// Checks `object event argument …`; a comment is no event.
  func checkEvent(_ words: [String]) throws(ScriptError) {
    let name = words.first ?? ""
    guard !name.hasPrefix("#") else { return }
    guard words.count > 1, !words[1].isEmpty else { return fail("Missing event type for \(name)") }
    let object = try object(name)
    warnOfEvents()
    let isGroup = object.className == "EventGroup"
    let className = isGroup ? object.variables["mytype"] ?? "" : object.className
    // What these do is for ns to say.
    if className.hasPrefix("Agent/TCP/FullTcp") || className == "Application/FTP" || className == "Application/Telnet" {
      return checkAttachment(of: object)
    }
    guard let least = Self.events[className]?[words[1]] else {
      return fail("\(name) has no event \"\(words[1])\": \(isGroup ? "a group of " : "")\(className)")
    }
    guard words.count >= least else { return fail("Wrong number of arguments: \(words.joined(separator: " "))") }
    if className == "Application/Traffic/CBR", !isGroup { checkAttachment(of: object) }
    try checkArguments(of: words, className)
  }

  private func checkAttachment(of object: ScriptObject) {
    if isKind(object, of: "Application"), object.variables["agent"] == nil {
      fail("[Application get_node] \(object.name) is not attached to an agent.")
    }
  }

  private func checkArguments(of words: [String], _ className: String) throws(ScriptError) {
    switch (className, words[1]) {
    case ("Link", "bandwidth"), ("Lan", "bandwidth"): _ = try bandwidth(words[2])
    case ("Link", "plr"), ("Lan", "plr"):
      let rate = Double(try interpreter.call(["::scan", words[2], "%f"])) ?? -1
      if !(0...1).contains(rate) { fail("Improper argument: \(words.joined(separator: " "))") }
    case (_, "trace"):
      if !["start", "stop", "kill", "snapshot"].contains(words[2]) {
        fail("Improper argument: \(words.joined(separator: " "))")
      }
    case ("Application/Traffic/CBR", "set") where words[2] == "rate_": _ = try bandwidth(words[3])
    case ("Node", "setdest"): fail("\(words[0]) is not located on a topography")
    default:
      guard let names = Self.eventOptions["\(className) \(words[1])"] else { return }
      checkTimeout(in: try namedArguments(Array(words.dropFirst(2)), names))
    }
  }

  /// Checks the option `-timeout` of programs.
  ///
  /// - Returns: Whether it is missing or sound.
  @discardableResult
  func checkTimeout(in options: [String: String]) -> Bool {
    guard let timeout = options["-timeout"], !timeout.isEmpty, !Self.isRelativeTime(timeout) else { return true }
    fail("-timeout value is not a relative time: \(timeout)")
    return false
  }
}
