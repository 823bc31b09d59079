/// Something to say about an input file: what is wrong, where, and what would be right.
public struct Diagnostic: Sendable, Equatable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: Sendable {
    /// The file can't be used.
    case error
    /// The file can be used, but perhaps not as its author meant it.
    case warning
  }

  /// The file, as the user named it.
  public var file: String
  /// The line, counted from 1; `nil` where the whole file is meant.
  public var line: Int?
  /// How bad it is.
  public var severity: Severity
  /// What is wrong: lower case, no full stop.
  public var message: String

  /// A diagnostic.
  public init(file: String, line: Int? = nil, severity: Severity = .error, message: String) {
    self.file = file
    self.line = line
    self.severity = severity
    self.message = message
  }

  /// `file:line: message`, in the form that editors and compilers know; warnings say so before the message.
  public var description: String {
    let place = line.map { "\(file):\($0): " } ?? "\(file): "
    return place + (severity == .warning ? "warning: " : "") + message
  }
}

/// A file that can't be read, with everything that was found wrong in it.
public struct ReadError: Error, Equatable, CustomStringConvertible {
  /// What was found, in file order; at least one error, and the warnings that came before it.
  public var diagnostics: [Diagnostic]

  /// How many diagnostics ``description`` shows.
  public static let shownCount = 50

  /// An error with everything that was found.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// An error with one cause.
  public init(file: String, line: Int? = nil, message: String) {
    diagnostics = [Diagnostic(file: file, line: line, message: message)]
  }

  /// A line for each of the first diagnostics, then how many more there are.
  public var description: String {
    var lines = diagnostics.prefix(Self.shownCount).map(\.description)
    if diagnostics.count > Self.shownCount { lines.append("… and \(diagnostics.count - Self.shownCount) more") }
    return lines.joined(separator: "\n")
  }
}
