internal import Testbed
internal import XMLRPC

/// The arguments of a method, by name.
struct EmulabArguments: Sendable {
  private let values: [String: XMLRPCValue]

  /// Older names of arguments, which still count.
  private static let aliases = ["proj": "pid", "group": "gid", "exp": "eid"]

  init(_ values: [String: XMLRPCValue]) { self.values = values }

  /// The value of an argument; `nil` where it is missing or empty.
  subscript(name: String) -> XMLRPCValue? {
    let value = values[name] ?? Self.aliases[name].flatMap { values[$0] }
    return value == .string("") || value == .null ? nil : value
  }

  /// The text of an argument, which may be a number.
  func text(_ name: String) throws(EmulabProblem) -> String? {
    switch self[name] {
    case nil: return nil
    case .string(let text)?: return text
    case .int(let number)?: return "\(number)"
    case .base64(let bytes)?:
      if let text = String(validating: bytes, as: UTF8.self) { return text }
      throw EmulabProblem(.badArguments, "'\(name)' isn't text in UTF-8")
    default: throw EmulabProblem(.badArguments, "'\(name)' must be a string")
    }
  }

  /// The text of an argument that must be there.
  func requiredText(_ name: String) throws(EmulabProblem) -> String {
    guard let text = try text(name) else { throw EmulabProblem(.badArguments, "Must supply '\(name)'") }
    return text
  }

  /// Whether an argument is true, as Emulab has it: `true`, `yes`, `on` and `1` are, and any other value isn't.
  func flag(_ name: String, default usual: Bool = false) -> Bool {
    switch self[name] {
    case nil: usual
    case .boolean(let isTrue)?: isTrue
    case .int(let number)?: number == 1
    case .string(let word)?: ["true", "yes", "on", "1"].contains(word.lowercased())
    default: false
    }
  }

  /// A number that isn't negative.
  func number(_ name: String) throws(EmulabProblem) -> Int? {
    guard let text = try text(name) else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw EmulabProblem(.badArguments, "'\(name)' must be a number that isn't negative, not \(text.prefix(40))")
    }
    return number
  }

  /// The names of a list, given as an array, or as a text with commas.
  func words(_ name: String) throws(EmulabProblem) -> [String]? {
    if case .array(let elements)? = self[name] {
      return try elements.map { element throws(EmulabProblem) in
        guard case .string(let word) = element else {
          throw EmulabProblem(.badArguments, "'\(name)' must hold strings")
        }
        return word
      }
    }
    return try text(name)?.split(separator: ",").map(String.init)
  }

  /// The experiment that `proj` and `exp` name, whether or not there is one.
  ///
  /// - Parameter complaint: What is said of characters that names don't have.
  /// - Returns: Its name.
  /// - Throws: If that is none.
  func experiment(complaint: String) throws(EmulabProblem) -> ExperimentName {
    let (project, experiment) = (try requiredText("proj"), try requiredText("exp"))
    for name in [project, experiment] where name.utf8.contains(where: { !Self.isNameCharacter($0) }) {
      throw EmulabProblem(.badArguments, complaint)
    }
    do {
      return try ExperimentName(project: project, experiment: experiment)
    } catch {
      throw EmulabProblem(.badArguments, "Improper experiment name (id)! \(error)")
    }
  }

  private static func isNameCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
