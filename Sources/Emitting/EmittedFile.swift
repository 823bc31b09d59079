/// A file of an experiment directory: where it goes, and what is in it.
///
/// Contents are made when they are asked for, so that a large experiment's files needn't be in memory together.
public struct EmittedFile: Sendable {
  /// Its path within the directory.
  public let path: String
  private let make: @Sendable () throws -> [UInt8]

  /// A file whose contents are made when they are asked for.
  public init(_ path: String, contents: @escaping @Sendable () throws -> [UInt8]) {
    self.path = path
    make = contents
  }

  /// A file of text.
  init(_ path: String, text: @escaping @Sendable () -> String) {
    self.init(path) { Array(text().utf8) }
  }

  /// Makes what is in it.
  ///
  /// - Returns: The bytes of the file.
  /// - Throws: What the language of the file can't say.
  public func contents() throws -> [UInt8] { try make() }
}

/// Why an experiment can't be written: everything that was found wrong, in the users' own names.
public struct EmittingError: Error, Equatable, CustomStringConvertible {
  /// One message a problem; never empty.
  public var problems: [String]

  /// The messages, one below the other.
  public var description: String { problems.joined(separator: "\n") }
}
