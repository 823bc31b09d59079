/// Traffic agents and the applications on them: read and checked, and kept out of the plan.
extension Simulation {
  /// `$ns attach-agent node agent`.
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

  /// `$application attach-agent agent`.
  func attach(application: ScriptObject, to agentName: String) throws(ScriptError) -> String {
    let agent = try object(agentName, for: "set_application \(application.name)")
    application.variables["agent"] = agent.name
    agent.variables["application"] = application.name
    agent.variables["role"] = "source"
    return ""
  }

  /// `$ns connect source target`, of two agents, or of a node and a console.
  func connect(_ sourceName: String, _ targetName: String) throws(ScriptError) -> String {
    let source = try object(sourceName, for: "info class Node")
    let target = try object(targetName, for: "info class Console")
    if let console = [source, target].first(where: { $0.className == "Console" }),
      [source, target].contains(where: { node($0) != nil })
    {
      if console.variables["connected"] != nil { fail("[connect] \(console.name) is already connected") }
      console.variables["connected"] = "1"
      return ""
    }
    var isSound = true
    for agent in [source, target] where !isKind(agent, of: "Agent") {
      fail("[connect] \(agent.name) is not an Agent.")
      isSound = false
    }
    guard isSound else { return "" }
    try connect(source, to: target)
    try connect(target, to: source)
    return ""
  }

  private func connect(_ agent: ScriptObject, to other: ScriptObject) throws(ScriptError) {
    agent.variables["destination"] = other.name
    switch agent.className {
    case "Agent/UDP", "Agent/TCP": agent.variables["role"] = "source"
    case "Agent/Null", "Agent/TCPSink": agent.variables["role"] = "sink"
    default:
      // Such traffic was made by a simulator, which ran on FreeBSD only.
      let nodeName = agent.variables["node"] ?? ""
      guard let node = node(try object(nodeName, for: "set osid FBSD-STD")) else { return }
      nodes[node].operatingSystem = "FBSD-STD"
    }
  }

  /// Checks, at the `run` statement, the agents that are attached to nodes.
  func checkAgents() {
    for agent in attachedAgents {
      let role = agent.variables["role"] ?? (isKind(agent, of: "Agent/TCP/FullTcp") ? "source" : "")
      if role.isEmpty {
        fail("[updatedb] \(agent.name) has no role.")
      } else if agent.variables["destination"] == nil {
        fail("[updatedb] \(agent.name) has no destination.")
      } else if role == "source", agent.variables["application"] == nil {
        fail("[updatedb] \(agent.name) does not have an attached application.")
      } else if agent.variables["destination"].flatMap({ try? object($0) })?.variables["node"] == nil {
        fail("[updatedb] the destination of \(agent.name) is not attached to a node")
      } else if let application = agent.variables["application"].flatMap({ try? object($0) }) {
        checkRate(of: application)
      }
    }
  }

  private func checkRate(of application: ScriptObject) {
    guard let rate = application.variables["rate_"], rate != "0", !rate.isEmpty else { return }
    do throws(ScriptError) { _ = try bandwidth(rate, atLeastTen: false) } catch { fail(error.message) }
  }
}
