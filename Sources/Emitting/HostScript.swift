internal import TopologyModel
internal import TopologyReading

extension HostExperiment {
  /// The slowest and the fastest link that a testbed makes, in kb/s, and the one it makes where nothing is asked for.
  private static let slowest = 10.0
  private static let fastest = 1_000_000.0
  private static let usual = 100_000.0

  /// The NS-2 file of the experiment, in the form that the Containers guide shows.
  ///
  /// Links between hosts carry the rate of the substrate and no delay: shaping is for the containers.
  ///
  /// - Returns: The file.
  /// - Throws: What NS-2 can't say.
  func script() throws(EmittingError) -> String {
    var problems: [String] = []
    var names = ScriptNames()
    var lines = ["set ns [new Simulator]", "source tb_compat.tcl", ""]
    for (index, types) in hardwareSets.enumerated() {
      lines.append("tb-make-soft-vtype container\(index) {\(types.map(TclText.word).joined(separator: " "))}")
    }
    let variables = topology.computers.map { names.variable(for: $0.name, isHost: isHost($0)) }
    for (computer, variable) in zip(topology.computers, variables) {
      lines.append("set \(TclText.word(variable)) [$ns node]")
      if let system = computer.operatingSystems.first?.attributes[AttributeName.osid] {
        lines.append("tb-set-node-os \(TclText.reference(variable)) \(TclText.word(system))")
      }
      if let type = computer.attributes[AttributeName.hardwareType] {
        lines.append("tb-set-hardware \(TclText.reference(variable)) \(TclText.word(type))")
      }
      if let command = computer.attributes[AttributeName.startup] {
        if command.utf8.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
          problems.append("the start command of \(computer.name) has more than one line: a testbed takes one")
        }
        lines.append("tb-set-node-startcmd \(TclText.reference(variable)) \(TclText.quoted(command))")
      }
      if let action = computer.attributes[AttributeName.failureAction] {
        lines.append("tb-set-node-failure-action \(TclText.reference(variable)) \(TclText.quoted(action))")
      }
    }
    guard problems.isEmpty else { throw EmittingError(problems: problems) }
    if !topology.substrates.isEmpty { lines.append("") }
    let incidence = Incidence(topology)
    for (index, substrate) in topology.substrates.enumerated() {
      let members = incidence.interfaces(on: index).map {
        TclText.reference(variables[incidence.computer(of: $0)])
      }
      let rate = min(max(substrate.capacity?.kilobitsPerSecond ?? Self.usual, Self.slowest), Self.fastest)
      let variable = TclText.word(names.variable(for: substrate.name, isHost: false))
      // A link has a port on each of two hosts; anything larger is a LAN.
      let making =
        members.count == 2
        ? "duplex-link \(members[0]) \(members[1]) \(Int(rate))kb 0ms DropTail"
        : "make-lan \"\(members.joined(separator: " "))\" \(Int(rate))kb 0ms"
      lines.append("set \(variable) [$ns \(making)]")
    }
    lines += ["", "$ns rtproto Static", "$ns run"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func isHost(_ computer: Computer) -> Bool {
    computer.attributes[AttributeName.nodeType] == FinalTopology.hostKind
  }
}

/// The variables of an NS-2 file, which become the names of its nodes and links.
///
/// Names of NS-2 have letters, digits and hyphens, are unique among nodes and links together, and can't be those of
/// commands. A name that isn't so gets the nearest one that is.
private struct ScriptNames {
  private var taken: Set<String> = ["ns", "pnode"]

  mutating func variable(for name: String, isHost: Bool) -> String {
    if isHost, let hyphen = name.lastIndex(of: "-") {
      // The documented form: an array element, which the parser turns into a hyphen.
      taken.insert(name)
      return "\(name[..<hyphen])(\(name[name.index(after: hyphen)...]))"
    }
    let legal = String(
      decoding: name.utf8.map { byte -> UInt8 in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"):
          byte
        default: UInt8(ascii: "-")
        }
      }, as: UTF8.self)
    var candidate = legal
    var number = 1
    while taken.contains(candidate) || NS2Names.isReserved(candidate) {
      candidate = "\(legal)-\(number)"
      number += 1
    }
    taken.insert(candidate)
    return candidate
  }
}
