/// What a script from a stranger may use up before it is stopped.
public struct NS2Limits: Sendable, Equatable {
  /// How many seconds of a processor it may take.
  public var seconds: Int
  /// How many nodes, links and other objects it may make.
  public var objects: Int
  /// How much it may print, in bytes.
  public var outputBytes: Int
  /// How large the file may be, in bytes.
  public var fileBytes: Int

  /// Limits; the defaults leave room for a million nodes.
  public init(
    seconds: Int = 40, objects: Int = 5_000_000, outputBytes: Int = 1 << 20, fileBytes: Int = 256 << 20
  ) {
    self.seconds = seconds
    self.objects = objects
    self.outputBytes = outputBytes
    self.fileBytes = fileBytes
  }
}
