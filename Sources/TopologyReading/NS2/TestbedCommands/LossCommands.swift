internal import TopologyModel

/// Loss on whole links and LANs.
extension Simulation {
  func defineLossCommands() {
    define("tb-set-link-loss", "srclink args") { [unowned self] arguments throws(ScriptError) in
      let command = "tb-set-link-loss"
      guard arguments.count > 1 else {
        throw ScriptError("wrong # args: should be \"tb-set-link-loss link loss\" or \"tb-set-link-loss src dst loss\"")
      }
      if arguments.count == 3 {
        if let link = try linkBetween(arguments[0], arguments[1], command: command) {
          setLoss(of: link, arguments[2], command: command)
        }
      } else if let link = substrate(try object(arguments[0])) {
        setLoss(of: link, arguments[1], command: command)
      } else if loss(arguments[1], command: command) != nil {
        warn("[\(command)] \(arguments[0]) is not a link or a lan: nothing is changed")
      }
      return ""
    }
    define("tb-set-lan-loss", "lan lossrate") { [unowned self] arguments throws(ScriptError) in
      guard let lan = try lan(arguments[0], command: "tb-set-lan-loss") else { return "" }
      setLoss(of: lan, arguments[1], command: "tb-set-lan-loss")
      return ""
    }
  }

  /// The last link made between two nodes; `nil` where the error was noted.
  func linkBetween(_ source: String, _ target: String, command: String) throws(ScriptError) -> Int? {
    guard let from = try anyNode(source, command: command), let to = try anyNode(target, command: command) else {
      return nil
    }
    guard let link = lastLinks[NodePair(from: from, to: to)] else {
      fail("[\(command)] No link between \(source) and \(target).")
      return nil
    }
    return link
  }

  private func setLoss(of substrate: Int, _ text: String, command: String) {
    guard let loss = loss(text, command: command) else { return }
    substrates[substrate].loss = loss
    let half = MemberShaping.halfLoss(of: loss)
    for member in substrates[substrate].members.indices {
      substrates[substrate].members[member].loss = half
      substrates[substrate].members[member].reverseLoss = half
    }
  }
}
