/// The methods of links and LANs.
extension Simulation {
  func callSubstrate(
    _ object: ScriptObject, _ substrate: Int, _ method: String, _ arguments: [String]
  ) throws(ScriptError) -> String {
    switch method {
    case "cost":
      try expect(arguments, 1, of: "\(object.name) cost c")
      substrates[substrate].set("cost", arguments[0])
      return ""
    case "Queue":
      try expect(arguments, 1, of: "\(object.name) Queue node")
      guard let node = objects[arguments[0]].flatMap(node), port(of: node, on: substrate) != nil else {
        fail("Queue: \(arguments[0]) is not a member of \(object.name)")
        return ""
      }
      return try queue(of: substrate)
    case "trace":
      guard arguments.count <= 2 else {
        throw ScriptError("wrong # args: should be \"\(object.name) trace ?type? ?expression?\"")
      }
      return ""
    case "trace_snaplen", "trace_endnode", "trace_mysql":
      try expect(arguments, 1, of: "\(object.name) \(method) value")
      return ""
    case "mustdelay", "SetTraceParams": return ""
    case "get_port":
      try expect(arguments, 1, of: "\(object.name) get_port node")
      return node(try self.object(arguments[0])).flatMap { port(of: $0, on: substrate) }.map(String.init) ?? ""
    default:
      warnUnsupported("\(object.className) \(method)")
      return ""
    }
  }

  /// A node and the LAN it is on, both by name.
  ///
  /// - Returns: Their indices; `nil` where the error was noted.
  func member(_ nodeName: String, of lanName: String, command: String) throws(ScriptError) -> (
    node: Int, substrate: Int
  )? {
    guard let node = try plainNode(nodeName, command: command) else { return nil }
    guard let substrate = try lan(lanName, command: command) else { return nil }
    guard port(of: node, on: substrate) != nil else {
      fail("[\(command)] \(nodeName) is not in \(lanName).")
      return nil
    }
    return (node, substrate)
  }

  /// A node that is no bridge, by name; `nil` where the error was noted.
  func plainNode(_ name: String, command: String) throws(ScriptError) -> Int? {
    let object = try object(name)
    guard object.className == "Node", let node = node(object) else {
      fail("[\(command)] \(name) is not a node.")
      return nil
    }
    return node
  }

  /// A node or bridge by name; `nil` where the error was noted.
  func anyNode(_ name: String, command: String) throws(ScriptError) -> Int? {
    guard let node = node(try object(name)) else {
      fail("[\(command)] \(name) is not a node.")
      return nil
    }
    return node
  }

  /// A node or bridge by name, for a command that changes nothing else: `nil` where the warning was noted.
  func nodeToSet(_ name: String, command: String) throws(ScriptError) -> Int? {
    let node = node(try object(name))
    if node == nil { warn("[\(command)] \(name) is not a node: nothing is changed") }
    return node
  }

  /// A LAN by name; `nil` where the error was noted.
  func lan(_ name: String, command: String) throws(ScriptError) -> Int? {
    guard let substrate = substrate(try object(name)), substrates[substrate].kind == .lan else {
      fail("[\(command)] \(name) is not a \(command == "tb-set-ip-lan" ? "LAN" : "lan").")
      return nil
    }
    return substrate
  }

  /// A link by name; `nil` where the error was noted.
  func link(_ name: String, command: String) throws(ScriptError) -> Int? {
    guard let substrate = substrate(try object(name)), substrates[substrate].kind == .link else {
      fail("[\(command)] \(name) is not a link.")
      return nil
    }
    return substrate
  }

  /// A link or LAN by name; `nil` where the error was noted.
  func anySubstrate(_ name: String, command: String) throws(ScriptError) -> Int? {
    guard let substrate = substrate(try object(name)) else {
      fail("[\(command)] \(name) is not a link or a lan.")
      return nil
    }
    return substrate
  }
}
