/// A file of an experiment directory: where it goes, and what is in it.
public struct EmittedFile: Sendable {
  /// Its path within the directory.
  public let path: String
  /// The bytes of the file.
  public let contents: [UInt8]

  /// A file.
  public init(_ path: String, _ contents: [UInt8]) {
    self.path = path
    self.contents = contents
  }

  /// A file of text.
  init(_ path: String, text: String) { self.init(path, Array(text.utf8)) }
}

/// Files that are made together: one of the whole experiment, or those of a host.
///
/// They are made when they are asked for, so that a large experiment's files needn't be in memory together. Batches don't
/// depend on each other: they can be made at once, on several threads.
public struct EmittedBatch: Sendable {
  private let make: @Sendable () throws -> [EmittedFile]

  /// Files that are made when they are asked for.
  public init(_ make: @escaping @Sendable () throws -> [EmittedFile]) { self.make = make }

  /// A file that is made when it is asked for.
  public init(_ path: String, contents: @escaping @Sendable () throws -> [UInt8]) {
    make = { [EmittedFile(path, try contents())] }
  }

  /// Makes the files.
  ///
  /// - Returns: The files, apart from those of any other batch.
  /// - Throws: What the language of a file can't say.
  public func files() throws -> [EmittedFile] { try make() }
}

/// Why an experiment can't be written: everything that was found wrong, in the users' own names.
public struct EmittingError: Error, Equatable, CustomStringConvertible {
  /// One message a problem; never empty.
  public var problems: [String]

  /// The messages, one below the other.
  public var description: String { problems.joined(separator: "\n") }
}
