internal import TopologyModel

/// What a script has made so far, and what was wrong with it.
///
/// One counter numbers nodes, links, LANs, paths, timelines, sequences and unknown objects together, from 1; objects
/// made with `new` have another. An object is a Tcl command; assigning it to a global variable names it.
final class Simulation {
  let interpreter: Interpreter
  let limits: NS2Limits

  private(set) var objects: [String: ScriptObject] = [:]
  var nodes: [ScriptNode] = []
  var substrates: [ScriptSubstrate] = []
  private(set) var nodeOrder = TclArrayOrder()
  private(set) var substrateOrder = TclArrayOrder()
  /// The last link made between two nodes, in either direction.
  var lastLinks: [NodePair: Int] = [:]

  /// The object made last, until it is assigned to a variable or something else is assigned to a global one.
  var lastObject: ScriptObject?
  private var counter = 0
  private var newCounter = 0

  var simulator: ScriptObject?
  var hasRun = false
  var hasSourcedTestbedCommands = false
  /// Inside `make-simulated` nodes are simulated ones, and errors are those of another program.
  var isInsideSimulated = false
  var routing = "none"
  var hardwareTypes: [(name: String, weight: String, types: [String])] = []
  /// The names of the `opt` array, in the order of first mention.
  var environmentNames: [String] = []
  /// What is said of the experiment as a whole, in the order of first mention.
  var settings: [(name: String, value: String)] = []
  var eventCount = 0
  var hasWarnedOfEvents = false
  var assignsAddressesLater = false
  var hasPrograms = false
  /// The programs made with `new`, of which the node and the command are said later.
  var programs: [ScriptObject] = []
  /// The paths, and the names of what they lead along.
  var paths: [(object: ScriptObject, links: [String])] = []
  var firewall: ScriptObject?
  /// The agents that are attached to nodes.
  var attachedAgents: [ScriptObject] = []
  /// What the script said to `exit`.
  var exitStatus: String?
  /// The experiment at the moment of its `run` statement.
  var topology: Topology?

  private(set) var diagnostics: [Diagnostic] = []
  private let file: String
  private var lines: CommandLines
  private var printedBytes = 0

  /// Two nodes, in order.
  struct NodePair: Hashable {
    var from: Int
    var to: Int
  }

  init(interpreter: Interpreter, file: String, script: [UInt8], limits: NS2Limits) {
    self.interpreter = interpreter
    self.file = file
    self.limits = limits
    lines = CommandLines(script)
  }

  // MARK: What is wrong

  /// Notes what is wrong with the script, which goes on.
  func fail(_ message: String, line: Int? = nil) {
    guard !isInsideSimulated else { return }
    report(.error, message, line: line)
  }

  /// Notes a statement that is read and ignored.
  func warnUnsupported(_ message: String) {
    guard !isInsideSimulated else { return }
    report(.warning, "unsupported NS statement: \(message)", line: nil)
  }

  /// Notes something the author should know.
  func warn(_ message: String, line: Int? = nil) { report(.warning, message, line: line) }

  private func report(_ severity: Diagnostic.Severity, _ message: String, line: Int?) {
    // A loop can repeat a mistake a million times; the first thousand tell enough.
    guard diagnostics.count < 1000 || severity == .error && !hasErrors else { return }
    diagnostics.append(
      Diagnostic(file: file, line: line ?? currentLine(), severity: severity, message: message))
  }

  /// The line of the script that is running; `nil` where it can't be told.
  func currentLine() -> Int? {
    let frames = interpreter.frames
    guard let innermost = frames.first else { return nil }
    if let line = innermost.line {
      lines.passed(line: line)
      return line
    }
    let enclosing = frames.lazy.compactMap(\.line).first
    return lines.line(of: innermost.command, enclosing: enclosing) ?? enclosing
  }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  // MARK: Objects

  /// The next number of the experiment's own objects.
  func nextNumber() -> Int {
    counter += 1
    return counter
  }

  /// The next number of objects made with `new`.
  func nextNewNumber() -> Int {
    newCounter += 1
    return newCounter
  }

  /// Skips numbers that the reference parser gives to objects which we don't need.
  func skipNewNumbers(_ count: Int) { newCounter += count }

  /// Makes an object and the command of its name.
  ///
  /// - Throws: If the script has made more objects than it may.
  @discardableResult
  func add(_ name: String, _ kind: ScriptObject.Kind, className: String) throws(ScriptError) -> ScriptObject {
    guard objects.count < limits.objects else {
      throw ScriptError("the script makes more than \(limits.objects) nodes, links and other objects")
    }
    let object = ScriptObject(name, kind, className: className)
    objects[name] = object
    interpreter.define(name) { [unowned self] arguments throws(ScriptError) in
      try call(object, Array(arguments.dropFirst()))
    }
    return object
  }

  /// The object of a name, for a command that is about to call its method.
  func object(_ name: String, for method: String = "info class") throws(ScriptError) -> ScriptObject {
    if let object = objects[name] { return object }
    throw ScriptError("Unknown: \(name.isEmpty ? "{}" : name) \(method)")
  }

  func nodeWasMade(_ name: String) { nodeOrder.insert(name) }
  func substrateWasMade(_ name: String) { substrateOrder.insert(name) }

  /// Names an object by the variable it was assigned to.
  ///
  /// - Throws: If there is a command of the new name.
  func rename(_ object: ScriptObject, to name: String) throws(ScriptError) {
    let old = object.name
    guard !ReservedNames.all.contains(name) else {
      throw ScriptError("can't rename to \"\(name)\": command already exists")
    }
    guard !NS2Names.isLevel(name) else {
      throw ScriptError("\"\(name)\" can't be an object's name: Tcl takes it for a level of the stack")
    }
    try interpreter.call(["::rename", old, name])
    objects[old] = nil
    objects[name] = object
    object.name = name
    switch object.kind {
    case .node(let node):
      nodeOrder.remove(old)
      nodeOrder.insert(name)
      nodes[node].name = name
      if !Self.isHostName(name) || name == "ops" { nodes[node].line = currentLine() }
    case .substrate(let substrate):
      substrateOrder.remove(old)
      substrateOrder.insert(name)
      substrates[substrate].name = name
      if !Self.isHostName(name) { substrates[substrate].line = currentLine() }
      if substrates[substrate].kind == .link, substrates[substrate].members.count == 2 {
        let (from, to) = (substrates[substrate].members[0].node, substrates[substrate].members[1].node)
        lastLinks[NodePair(from: from, to: to)] = substrate
        lastLinks[NodePair(from: to, to: from)] = substrate
      }
    case .simulator, .direction, .queue, .event, .null: break
    }
  }

  /// The node an object stands for.
  func node(_ object: ScriptObject) -> Int? {
    if case .node(let node) = object.kind { node } else { nil }
  }

  /// The link or LAN an object stands for.
  func substrate(_ object: ScriptObject) -> Int? {
    if case .substrate(let substrate) = object.kind { substrate } else { nil }
  }

  /// The last link made between two nodes, by name.
  func lastLink(from source: String, to target: String) -> Int? {
    guard let from = objects[source].flatMap(node), let to = objects[target].flatMap(node) else { return nil }
    return lastLinks[NodePair(from: from, to: to)]
  }

  /// The port of a node that is on a link or LAN: the first, where there are several.
  func port(of node: Int, on substrate: Int) -> Int? {
    nodes[node].ports.firstIndex { $0.substrate == substrate }
  }

  // MARK: Output

  /// Lets the script print, within its limit.
  func print(_ text: String) throws(ScriptError) {
    printedBytes += text.utf8.count
    guard printedBytes <= limits.outputBytes else {
      throw ScriptError("the script prints more than \(limits.outputBytes) bytes")
    }
    output += text
  }

  /// What the script has printed.
  private(set) var output = ""
}
