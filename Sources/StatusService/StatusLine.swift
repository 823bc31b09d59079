/// The nodes of one hypervisor, as a status reply has them.
public struct HypervisorStatus: Sendable, Equatable {
  /// How a node is.
  public struct Node: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// `running`, `booted` or `dead`; `nil` where nobody knows.
    public var bootStatus: String?
    /// The exit code of its start command, or of the node itself where it is dead; `nil` where there is none yet.
    public var exitCode: Int?

    /// A node.
    public init(name: String, bootStatus: String?, exitCode: Int?) {
      self.name = name
      self.bootStatus = bootStatus
      self.exitCode = exitCode
    }
  }

  /// Its name: `hv:`, the kind of its nodes, `:` and its host.
  public var name: String
  /// Its nodes.
  public var nodes: [Node]

  /// A hypervisor.
  public init(name: String, nodes: [Node]) {
    self.name = name
    self.nodes = nodes
  }
}

/// A line that asks for the status of an experiment, and the lines that answer: a word, a blank, and a literal of
/// Python, which `ast.literal_eval` reads.
enum StatusLine {
  /// The longest request in bytes.
  static let greatestLength = 1024

  /// The experiment that a line asks for.
  ///
  /// - Throws: What is wrong with it.
  static func experiment(in line: String) throws(StatusError) -> String {
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    guard let command = words.first else { throw StatusError("an empty line: ask status_request PROJECT/EXPERIMENT") }
    guard command == "status_request" else { throw StatusError("unknown request \(command.prefix(100))") }
    guard words.count == 2 else { throw StatusError("status_request has one argument: PROJECT/EXPERIMENT") }
    return String(words[1])
  }

  /// The answer.
  static func reply(_ hypervisors: [HypervisorStatus]) -> String {
    let entries = hypervisors.map { hypervisor in
      let nodes = hypervisor.nodes.map { node in
        "\(literal(node.name)): [\(node.bootStatus.map(literal) ?? "None"), \(node.exitCode.map { "\($0)" } ?? "None")]"
      }
      return "\(literal(hypervisor.name)): {\(nodes.joined(separator: ", "))}"
    }
    return "status_reply {\(entries.joined(separator: ", "))}\n"
  }

  /// The answer where there is none.
  static func reply(_ error: StatusError) -> String { "error_reply \(literal(error.description))\n" }

  /// A text as a literal of Python.
  private static func literal(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": quoted += "\\'"
      case "\\": quoted += "\\\\"
      case " "..."~": quoted.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return quoted + "'"
  }
}

/// Why a request isn't answered.
public struct StatusError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  /// An error.
  public init(_ description: String) { self.description = description }
}
