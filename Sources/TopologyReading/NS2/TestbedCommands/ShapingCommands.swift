internal import TopologyModel

/// Delay, bandwidth and loss of single members and directions.
extension Simulation {
  func defineShapingCommands() {
    define("tb-set-node-lan-delay", "node lan delay") { [unowned self] arguments throws(ScriptError) in
      try setMemberDelay(arguments[0], arguments[1], arguments[2])
      return ""
    }
    define("tb-set-node-lan-bandwidth", "node lan bw") { [unowned self] arguments throws(ScriptError) in
      try setMemberBandwidth(arguments[0], arguments[1], arguments[2])
      return ""
    }
    define("tb-set-node-lan-loss", "node lan loss") { [unowned self] arguments throws(ScriptError) in
      try setMemberLoss(arguments[0], arguments[1], arguments[2])
      return ""
    }
    define("tb-set-node-lan-params", "node lan delay bw loss") { [unowned self] arguments throws(ScriptError) in
      try setMemberDelay(arguments[0], arguments[1], arguments[2])
      try setMemberBandwidth(arguments[0], arguments[1], arguments[3])
      try setMemberLoss(arguments[0], arguments[1], arguments[4])
      return ""
    }
    define("tb-set-link-simplex-params", "link src delay bw loss") { [unowned self] arguments throws(ScriptError) in
      try setDirection(arguments)
      return ""
    }
    define("tb-set-lan-simplex-params", "lan node todelay tobw toloss fromdelay frombw fromloss") {
      [unowned self] arguments throws(ScriptError) in
      try setBothDirections(arguments)
      return ""
    }
    for (name, parameters) in [
      ("tb-set-node-lan-est-bandwidth", "node lan bw"), ("tb-set-node-lan-backfill", "node lan bw"),
    ] {
      define(name, parameters) { [unowned self] arguments throws(ScriptError) in
        guard try member(arguments[0], of: arguments[1], command: name) != nil else { return "" }
        _ = try bandwidth(arguments[2])
        return ""
      }
    }
  }

  /// Changes a node's own end of a LAN.
  private func updateMember(
    _ node: String, _ lan: String, command: String, _ change: (inout ScriptSubstrate.Member) -> Void
  ) throws(ScriptError) {
    guard let (node, substrate) = try member(node, of: lan, command: command),
      let index = substrates[substrate].members.firstIndex(where: { $0.node == node })
    else { return }
    change(&substrates[substrate].members[index])
  }

  private func setMemberDelay(_ node: String, _ lan: String, _ text: String) throws(ScriptError) {
    guard try member(node, of: lan, command: "tb-set-node-lan-delay") != nil else { return }
    let delay = Double(try delay(text))
    try updateMember(node, lan, command: "tb-set-node-lan-delay") { member in
      member.milliseconds = delay
      member.reverseMilliseconds = delay
    }
  }

  private func setMemberBandwidth(_ node: String, _ lan: String, _ text: String) throws(ScriptError) {
    guard try member(node, of: lan, command: "tb-set-node-lan-bandwidth") != nil else { return }
    let rate = Double(try bandwidth(text))
    try updateMember(node, lan, command: "tb-set-node-lan-bandwidth") { member in
      member.kilobitsPerSecond = rate
      member.reverseKilobitsPerSecond = rate
    }
  }

  private func setMemberLoss(_ node: String, _ lan: String, _ text: String) throws(ScriptError) {
    guard try member(node, of: lan, command: "tb-set-node-lan-loss") != nil,
      let loss = loss(text, command: "tb-set-link-loss")
    else { return }
    try updateMember(node, lan, command: "tb-set-node-lan-loss") { member in
      member.loss = loss
      member.reverseLoss = loss
    }
  }

  /// `tb-set-link-simplex-params link src delay bw loss`: what leaves `src`, on both halves of its way.
  private func setDirection(_ arguments: [String]) throws(ScriptError) {
    let command = "tb-set-link-simplex-params"
    guard let link = try link(arguments[0], command: command) else { return }
    guard let node = try plainNode(arguments[1], command: command) else { return }
    guard let near = substrates[link].members.firstIndex(where: { $0.node == node }) else {
      return fail("[\(command)] \(arguments[1]) is not in \(arguments[0]).")
    }
    guard let loss = loss(arguments[4], command: command) else { return }
    let delay = try delay(arguments[2])
    let rate = Double(try bandwidth(arguments[3]))
    let far = 1 - near
    guard substrates[link].members.indices.contains(far) else { return }
    substrates[link].members[near].milliseconds = Double(delay) / 2
    substrates[link].members[far].reverseMilliseconds = Double(delay) / 2
    substrates[link].members[near].kilobitsPerSecond = rate
    substrates[link].members[far].reverseKilobitsPerSecond = rate
    substrates[link].members[near].loss = MemberShaping.halfLoss(of: loss)
    substrates[link].members[far].reverseLoss = MemberShaping.halfLoss(of: loss)
  }

  /// `tb-set-lan-simplex-params lan node todelay tobw toloss fromdelay frombw fromloss`: the figures as they are.
  private func setBothDirections(_ arguments: [String]) throws(ScriptError) {
    let command = "tb-set-lan-simplex-params"
    guard try member(arguments[1], of: arguments[0], command: command) != nil else { return }
    let toLoss = loss(arguments[4], command: "tb-set-link-loss")
    let fromLoss = loss(arguments[7], command: "tb-set-link-loss")
    let toDelay = Double(try delay(arguments[2]))
    let fromDelay = Double(try delay(arguments[5]))
    let toRate = Double(try bandwidth(arguments[3]))
    let fromRate = Double(try bandwidth(arguments[6]))
    guard let toLoss, let fromLoss else { return }
    try updateMember(arguments[1], arguments[0], command: command) { member in
      member.milliseconds = toDelay
      member.reverseMilliseconds = fromDelay
      member.loss = toLoss
      member.reverseLoss = fromLoss
      member.kilobitsPerSecond = toRate
      member.reverseKilobitsPerSecond = fromRate
    }
  }
}
