/// Why a command can't do what it was asked.
package struct CommandError: Error, CustomStringConvertible {
  /// What is wrong, and what would be right.
  package let description: String

  package init(_ description: String) { self.description = description }
}
