/// Why something can't be planned: everything that was found wrong, in the users' own names.
public struct PlanningError: Error, Equatable, CustomStringConvertible {
  /// One message a problem, each what is wrong and what would be right; never empty.
  public var problems: [String]

  /// An error of at least one problem.
  public init(_ problems: [String]) {
    precondition(!problems.isEmpty, "an error says what is wrong")
    self.problems = problems
  }

  /// The messages, one below the other.
  public var description: String { problems.joined(separator: "\n") }
}

/// Names in a sentence: the first few, and how many more there are.
package func listing(_ names: some Collection<String>, most limit: Int = 10) -> String {
  let listed = names.prefix(limit).joined(separator: ", ")
  return names.count > limit ? "\(listed) and \(names.count - limit) more" : listed
}

/// A count with its noun: `1 host`, `2 hosts`.
package func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }

/// Reads decimal digits and nothing else; `nil` for anything else, and for numbers that no `Int` holds.
func naturalNumber(_ text: some StringProtocol) -> Int? {
  text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
}

/// Reads a truth value as Python's ConfigParser does: `1`, `yes`, `true`, `on` and their opposites, in any case.
func truthValue(_ text: String) -> Bool? {
  switch text.lowercased() {
  case "1", "yes", "true", "on": true
  case "0", "no", "false", "off": false
  default: nil
  }
}

extension StringProtocol {
  /// Without the blanks and tabs at both ends.
  func trimmed() -> SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return self[endIndex...]
    }
    return self[first...last]
  }
}
