/// The name of an experiment within a testbed: its project, a group of the project where there is one, and its own
/// name.
public struct ExperimentName: Sendable, Hashable, CustomStringConvertible {
  /// The project.
  public let project: String
  /// The group of the project; `nil` for the project's own.
  public let group: String?
  /// The experiment.
  public let experiment: String

  /// A name as the command line has it.
  ///
  /// - Parameters:
  ///   - project: The project, or `PROJECT/GROUP`.
  ///   - experiment: The experiment.
  /// - Throws: What is wrong with either.
  public init(project: String, experiment: String) throws(TestbedError) {
    let parts = project.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    self.project = parts[0]
    group = parts.count > 1 ? parts[1] : nil
    self.experiment = experiment
    guard Self.isName(self.project, length: 2...48) else {
      throw TestbedError(
        "improper project name \"\(self.project)\": 2 to 48 letters, digits, hyphens and underscores, the first a letter "
          + "or digit")
    }
    if let group, !Self.isName(group, length: 1...48) {
      throw TestbedError(
        "improper group name \"\(group)\": up to 48 letters, digits, hyphens and underscores, the first a letter or digit"
      )
    }
    guard Self.isName(experiment, length: 2...19), !experiment.contains("_") else {
      throw TestbedError(
        "improper experiment name \"\(experiment)\": 2 to 19 letters, digits and hyphens, the first a letter or digit")
    }
  }

  private static func isName(_ text: String, length: ClosedRange<Int>) -> Bool {
    guard length.contains(text.utf8.count), text.first != "-", text.first != "_" else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  /// `PROJECT/EXPERIMENT`.
  public var description: String { "\(project)/\(experiment)" }
}

/// Why something can't be done to an experiment.
public struct TestbedError: Error, Equatable, CustomStringConvertible {
  /// What is wrong, and what would be right.
  public let description: String

  /// An error.
  package init(_ description: String) { self.description = description }
}
