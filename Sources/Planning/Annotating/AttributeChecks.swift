internal import TopologyModel

/// Checks what computers say of their containers, and gathers equal complaints into one message each.
struct AttributeChecks {
  /// Where each complaint was met, in the order of the first time.
  private var complaints: [String] = []
  private var computers: [String: [String]] = [:]

  /// The messages: a complaint and the computers it is about.
  var problems: [String] { complaints.map { "\($0) (\(listing(computers[$0] ?? [])))" } }

  /// Checks the values of a computer's attributes.
  mutating func check(_ computer: Computer) {
    let attributes = computer.attributes
    guard !attributes.isEmpty else { return }
    check(computer, AttributeName.nodeType, "unknown container kind `%`: the kinds are \(Self.kinds)") {
      ContainerKind(name: $0) != nil
    }
    check(computer, AttributeName.partitionPass, "`\(AttributeName.partitionPass)` is a number from 0, not `%`") {
      naturalNumber($0) != nil
    }
    check(
      computer, AttributeName.partition,
      "`\(AttributeName.partition)` is made of letters, digits, `_`, `.` and `-`, unlike `%`", isIdentifier)
    check(computer, AttributeName.openvzDiskspace, Diskspace.complaint("%"), Diskspace.isValid)
    check(computer, AttributeName.qemuArchitecture, "`\(AttributeName.qemuArchitecture)` is i386 or x86_64, not `%`") {
      $0 == "i386" || $0 == "x86_64"
    }
    check(computer, AttributeName.memory, "`\(AttributeName.memory)` is a number of MB from 1, not `%`") {
      (naturalNumber($0) ?? 0) > 0
    }
    check(computer, AttributeName.ghost, "`\(AttributeName.ghost)` is true or false, not `%`") { truthValue($0) != nil }
  }

  /// What is wrong with an annotated topology under the documented limit of virtual machines: the documented message,
  /// after an empty line, and the computers it is about.
  static func interfaceProblems(_ topology: Topology) -> [String] {
    let limit = 7
    let excessive = topology.computers.filter { $0.kind == .qemu && $0.interfaces.count > limit }
    guard !excessive.isEmpty else { return [] }
    let excess = excessive.reduce(0) { $0 + $1.interfaces.count - limit }
    return [
      """

      Requested a QEMU node with more than \(limit) experimental interfaces.  Qemu nodes
      can only support \(limit) experimental interfaces.
      computers with more: \(listing(excessive.map { "\($0.name) (\($0.interfaces.count))" }))
      take \(counted(excess, "interface")) away, or make them process or openvz containers, which have no such limit
      """
    ]
  }

  private static let kinds = ContainerKind.allCases.map(\.rawValue).joined(separator: ", ")

  /// Checks one attribute; the complaint has `%` for the value.
  private mutating func check(
    _ computer: Computer, _ name: String, _ complaint: @autoclosure () -> String, _ isValid: (String) -> Bool
  ) {
    guard let value = computer.attributes[name], !isValid(value) else { return }
    let message = complaint().split(separator: "%", omittingEmptySubsequences: false).joined(separator: value)
    if computers[message] == nil { complaints.append(message) }
    computers[message, default: []].append(computer.name)
  }

  private func isIdentifier(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
