/// What is wrong with a graph, hypergraph, partition or fix file.
public struct GraphFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One thing that is wrong.
  public struct Problem: Sendable, Equatable {
    /// The line, from 1.
    public var line: Int
    /// What is wrong with it, and what would be right.
    public var message: String

    /// A problem.
    public init(line: Int, message: String) {
      self.line = line
      self.message = message
    }
  }

  /// The file's name, as the user gave it.
  public var file: String
  /// What is wrong, in the order of the lines; never empty.
  public var problems: [Problem]

  /// An error.
  public init(file: String, problems: [Problem]) {
    self.file = file
    self.problems = problems
  }

  /// A line for each problem: `file:line: message`.
  public var description: String {
    problems.map { "\(file):\($0.line): \($0.message)" }.joined(separator: "\n")
  }
}

/// The problems of a file, collected while it is read.
struct ProblemLog {
  /// So many are told; a file of another kind would have one a line.
  private static let limit = 20

  let file: String
  private(set) var problems: [GraphFileError.Problem] = []

  init(file: String) { self.file = file }

  var isFull: Bool { problems.count >= Self.limit }

  mutating func add(_ message: String, line: Int) {
    if !isFull { problems.append(.init(line: line, message: message)) }
  }

  /// Throws what was collected, where there is any.
  func check() throws(GraphFileError) {
    if !problems.isEmpty { throw GraphFileError(file: file, problems: problems) }
  }

  /// The error for a problem after which nothing more can be read.
  func fatal(_ message: String, line: Int) -> GraphFileError {
    GraphFileError(file: file, problems: problems + [.init(line: line, message: message)])
  }
}
