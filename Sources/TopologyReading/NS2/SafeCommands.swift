/// The commands that reach outside in an ordinary Tcl: defined anew, or refused.
extension Simulation {
  func defineSafeCommands() throws(ScriptError) {
    for name in Self.refusedCommands {
      interpreter.define(name) { _ throws(ScriptError) in
        throw ScriptError("\(name) is not allowed: an experiment file can't reach files, processes, networks or clocks")
      }
    }
    interpreter.define("puts") { [unowned self] arguments throws(ScriptError) in try print(arguments) }
    interpreter.define("flush") { _ throws(ScriptError) in "" }
    interpreter.define("source") { [unowned self] arguments throws(ScriptError) in try source(arguments) }
    interpreter.define("exit") { [unowned self] arguments throws(ScriptError) in
      exitStatus = arguments.count > 1 ? arguments[1] : "0"
      throw ScriptError("the script exits")
    }
    // The same file must always give the same topology: time stands still and random numbers repeat.
    interpreter.define("clock") { _ throws(ScriptError) in "0" }
    interpreter.define("time") { [unowned self] arguments throws(ScriptError) in
      for _ in 0..<max(0, arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1) {
        _ = try interpreter.call(["::uplevel", "0", arguments.count > 1 ? arguments[1] : ""])
      }
      return "0 microseconds per iteration"
    }
    try interpreter.run(
      "namespace ensemble configure ::info -map [dict remove [namespace ensemble configure ::info -map] "
        + "hostname library loaded nameofexecutable sharedlibextension]")
    try interpreter.run("set argc 0; set argv {}; set argv0 ns; expr {srand(1)}")
    // What these say differs from run to run.
    try interpreter.run("namespace delete ::tcl::unsupported")
    try interpreter.run("proc unknown args {error \"Unknown: $args\"}")
    interpreter.define("new") { [unowned self] arguments throws(ScriptError) in try make(arguments) }
  }

  private static let refusedCommands = [
    "after", "cd", "chan", "close", "encoding", "eof", "exec", "fblocked", "fconfigure", "fcopy", "file", "fileevent",
    "gets", "glob", "interp", "load", "open", "pid", "pwd", "read", "seek", "socket", "tell", "unload", "update",
    "vwait", "zlib",
  ]

  private func print(_ arguments: [String]) throws(ScriptError) -> String {
    var words = arguments.dropFirst()
    let endsLine = words.first != "-nonewline"
    if !endsLine { words = words.dropFirst() }
    if words.count == 2 {
      guard let channel = words.first, channel == "stdout" || channel == "stderr" else {
        throw ScriptError("can not find channel named \"\(words.first ?? "")\"")
      }
      words = words.dropFirst()
    }
    guard let text = words.first, words.count == 1 else {
      throw ScriptError("wrong # args: should be \"puts ?-nonewline? ?channelId? string\"")
    }
    try print(endsLine ? text + "\n" : text)
    return ""
  }

  private func source(_ arguments: [String]) throws(ScriptError) -> String {
    guard arguments.count == 2 else { throw ScriptError("wrong # args: should be \"source fileName\"") }
    let name = arguments[1].split(separator: "/").last.map(String.init) ?? ""
    guard name == "tb_compat.tcl" || name == "nstb_compat.tcl" else {
      throw ScriptError(
        "source \(arguments[1]) is not allowed: only tb_compat.tcl can be sourced; put everything in one file")
    }
    defineTestbedCommands()
    return ""
  }

  /// `new Class ?argument?`.
  private func make(_ arguments: [String]) throws(ScriptError) -> String {
    guard arguments.count > 1 else { throw ScriptError("wrong # args: should be \"new class ?arg ...?\"") }
    let className = arguments[1]
    let number = nextNewNumber()
    guard let parameterCount = Self.parameterCounts[className] else {
      warnUnsupported("Object: \(className)")
      return try add("null\(number)", .null, className: className).name
    }
    guard arguments.count <= 3 else {
      warnUnsupported("arguments for \(className), which isn't made")
      return "\(className)\(number)"
    }
    guard className == "Simulator" || arguments.count - 2 == parameterCount else {
      throw ScriptError("wrong # args: should be \"new \(className)\(parameterCount > 0 ? " simulator" : "")\"")
    }
    return try make(className, number).name
  }

  private func make(_ className: String, _ number: Int) throws(ScriptError) -> ScriptObject {
    let object = try add(
      "\(className)\(number)", className == "Simulator" ? .simulator : .event, className: className)
    switch className {
    case "Simulator": simulator = simulator ?? object
    case "Program":
      programWasMade(object)
      programs.append(object)
    case "Firewall" where firewall != nil:
      fail("[add_firewall]: only one firewall per experiment right now")
      return object
    case "Firewall": firewall = object
    default: break
    }
    if className != "Simulator" { warnOfEvents() }
    lastObject = object
    return object
  }

  /// The classes that `new` knows, and how many arguments they take.
  private static let parameterCounts: [String: Int] = [
    "Agent/Null": 0, "Agent/TCP": 0, "Agent/TCP/FullTcp": 0, "Agent/TCP/FullTcp/Newreno": 0,
    "Agent/TCP/FullTcp/Reno": 0, "Agent/TCP/FullTcp/Sack": 0, "Agent/TCP/FullTcp/Tahoe": 0, "Agent/TCPSink": 0,
    "Agent/UDP": 0, "Application/FTP": 0, "Application/Telnet": 0, "Application/Traffic/CBR": 0, "EventGroup": 1,
    "Firewall": 1, "Program": 1, "Simulator": 0, "Topography": 0,
  ]
}
