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
    guard arguments.count > 1 else { return object.kind == .null ? "NullClass" : object.className }
    return isKind(object, of: arguments[1]) ? "1" : "0"
  }

  /// Whether an object is of a class or of one derived from it.
  func isKind(_ object: ScriptObject, of className: String) -> Bool {
    if object.kind == .null { return className == "NullClass" }
    if object.className == className { return true }
    switch className {
    case "Node": return object.className == "Bridge"
    case "LanLink": return object.className == "Link" || object.className == "Lan"
    case "Agent", "Application", "Agent/TCP/FullTcp": return object.className.hasPrefix(className + "/")
    default: return false
    }
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
