internal import Planning
internal import TopologyModel

extension HostExperiment {
  /// The NS-2 file of the experiment, in the form that the Containers guide shows.
  ///
  /// Links between hosts carry the rate of the substrate and no delay: shaping is for the containers.
  ///
  /// - Returns: The file.
  /// - Throws: What NS-2 can't say.
  func script() throws(EmittingError) -> String {
    let problems = topology.computers.flatMap(\.scriptProblems)
    guard problems.isEmpty else { throw EmittingError(problems: problems) }
    var lines = ["set ns [new Simulator]", "source tb_compat.tcl", ""]
    lines += topology.attributes.entries.compactMap(\.scriptLine)
    let variables = topology.computers.map(\.scriptVariable)
    for (computer, variable) in zip(topology.computers, variables) { lines += computer.scriptLines(variable: variable) }
    if !topology.substrates.isEmpty { lines.append("") }
    let incidence = Incidence(topology)
    for (index, substrate) in topology.substrates.enumerated() {
      let members = incidence.interfaces(on: index).map { TclText.reference(variables[incidence.computer(of: $0)]) }
      // A link has a port on each of two hosts; anything larger is a LAN.
      let making =
        members.count == 2
        ? "duplex-link \(members[0]) \(members[1]) \(substrate.scriptRate) 0ms DropTail"
        : "make-lan \"\(members.joined(separator: " "))\" \(substrate.scriptRate) 0ms"
      lines.append("set \(TclText.word(substrate.name)) [$ns \(making)]")
    }
    lines += ["", "$ns rtproto Static", "$ns run"]
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Attribute {
  /// The statement that defines a virtual hardware type; `nil` if this is none.
  fileprivate var scriptLine: String? {
    guard name.hasPrefix(HardwareTypes.prefix) else { return nil }
    let words = value.split(separator: " ").map(String.init)
    guard words.count > 1, let weight = Double(words[0]) else { return nil }
    let type = TclText.word(String(name.dropFirst(HardwareTypes.prefix.count)))
    let command =
      switch weight {
      case 0.5: "tb-make-soft-vtype \(type)"
      case 1: "tb-make-hard-vtype \(type)"
      default: "tb-make-weighted-vtype \(type) \(TclText.word(words[0]))"
      }
    return "\(command) {\(words.dropFirst().map(TclText.word).joined(separator: " "))}"
  }
}

/// The slowest and the fastest link that a testbed makes, in kb/s, and the one it makes where nothing is asked for.
private enum TestbedRate {
  static let slowest = 10.0
  static let fastest = 1_000_000.0
  static let usual = 100_000.0
}

extension Substrate {
  fileprivate var scriptRate: String {
    "\(Int(min(max(capacity?.kilobitsPerSecond ?? TestbedRate.usual, TestbedRate.slowest), TestbedRate.fastest)))kb"
  }
}

extension HostExperiment {
  /// What the user should know of the links between hosts, which are slower than asked where no testbed makes any so
  /// fast. (One that is faster than asked does no harm: containers are shaped.)
  static func rateWarnings(of embedding: Embedding) -> [String] {
    let slower = embedding.crossings.compactMap { crossing -> String? in
      guard let rate = embedding.greatestCapacity(ofSubstrate: crossing.substrate), rate > TestbedRate.fastest else {
        return nil
      }
      return embedding.topology.substrates[crossing.substrate].name
    }
    return slower.isEmpty
      ? []
      : ["a testbed's links carry 1 Gb/s at most, so between hosts these are slower than asked: \(listing(slower))"]
  }
}

extension Computer {
  /// The variable whose name becomes the computer's: for hosts the documented form, an array element, of which the
  /// parser makes a name with a hyphen.
  fileprivate var scriptVariable: String {
    guard attributes[AttributeName.nodeType] == FinalTopology.hostKind, let hyphen = name.lastIndex(of: "-") else {
      return name
    }
    return "\(name[..<hyphen])(\(name[name.index(after: hyphen)...]))"
  }

  /// The statements that make the computer, in the order of the documentation.
  fileprivate func scriptLines(variable: String) -> [String] {
    let node = TclText.reference(variable)
    let system = operatingSystems.first?.attributes
    let parent = stated(system?["parent_osid"]).map { [$0] } ?? []
    let tarFiles = software.flatMap { package in package.install.map { [$0, package.location] } ?? [] }
    let statements: [(command: String, words: [String])] = [
      ("tb-set-node-os", stated(system?[AttributeName.osid]).map { [$0] + parent } ?? []),
      ("tb-set-hardware", stated(attributes[AttributeName.hardwareType]).map { [$0] } ?? []),
      ("tb-fix-node", stated(attributes["fixed"]).map { [$0] } ?? []),
      ("tb-set-node-rpms", software.filter { $0.install == nil }.map(\.location)),
      ("tb-set-node-tarfiles", tarFiles),
    ]
    let quoted: [(command: String, word: String?)] = [
      ("tb-set-node-startcmd", stated(attributes[AttributeName.startup])),
      ("tb-set-node-failure-action", stated(attributes[AttributeName.failureAction])),
    ]
    return ["set \(TclText.word(variable)) [$ns node]"]
      + statements.filter { !$0.words.isEmpty }.map { command, words in
        "\(command) \(node) \(words.map(TclText.word).joined(separator: " "))"
      }
      + quoted.compactMap { command, word in word.map { "\(command) \(node) \(TclText.quoted($0))" } }
  }

  /// A value unless it is empty, which says nothing.
  private func stated(_ value: String?) -> String? { value.flatMap { $0.isEmpty ? nil : $0 } }

  /// The directories that every node mounts, where a testbed unpacks nothing.
  private static let sharedDirectories = ["/proj/", "/groups/", "/users/", "/share/"]

  /// What a testbed would refuse.
  fileprivate var scriptProblems: [String] {
    var problems: [String] = []
    if let command = attributes[AttributeName.startup],
      command.utf8.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
    {
      problems.append("the start command of \(name) has more than one line: a testbed takes one")
    }
    if let action = stated(attributes[AttributeName.failureAction]), !["fatal", "nonfatal", "ignore"].contains(action) {
      problems.append("the failure action of \(name) is fatal, nonfatal or ignore, not `\(action)`")
    }
    for package in software {
      guard let directory = package.install else { continue }
      if !directory.hasPrefix("/") || Self.sharedDirectories.contains(where: { "\(directory)/".hasPrefix($0) }) {
        problems.append(
          "\(package.location) goes to \(directory) on \(name): packages go to an absolute path on the node's own disk")
      }
    }
    return problems
  }
}
