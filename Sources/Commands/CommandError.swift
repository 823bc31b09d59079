/// Why a command can't do what it was asked.
struct CommandError: Error, CustomStringConvertible {
  /// What is wrong, and what would be right.
  let description: String

  init(_ description: String) { self.description = description }
}
