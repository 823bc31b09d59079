/// What a node's start command has written, at all of its boots.
public struct StartCommandRecord: Codable, Sendable, Equatable {
  /// When it began and ended, and with which status.
  public var log: FileEnd?
  /// What it wrote to standard output.
  public var output: FileEnd?
  /// What it wrote to standard error.
  public var errors: FileEnd?

  /// A record.
  public init(log: FileEnd? = nil, output: FileEnd? = nil, errors: FileEnd? = nil) {
    self.log = log
    self.output = output
    self.errors = errors
  }

  /// What is in the files of a node.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - limit: The most bytes of each.
  init(_ files: WrittenFiles, limit: Int) {
    let limit = min(max(0, limit), Self.greatestLimit)
    self.init(
      log: files.end(of: "start_command.log", limit: limit), output: files.end(of: "start_command.out", limit: limit),
      errors: files.end(of: "start_command.err", limit: limit))
  }

  private static let greatestLimit = 1 << 20
}

/// The end of a file.
public struct FileEnd: Codable, Sendable, Equatable {
  /// Its bytes as UTF-8, with what isn't replaced.
  public var text: String
  /// How many bytes come before.
  public var omittedBytes: Int

  /// The end of a file.
  public init(text: String, omittedBytes: Int) {
    self.text = text
    self.omittedBytes = omittedBytes
  }
}
