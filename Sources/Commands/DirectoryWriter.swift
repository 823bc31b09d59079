internal import Emitting
internal import Testbed

/// Writes the files of an experiment, and the archive of them all.
struct DirectoryWriter {
  private let staged: StagedDirectory
  /// What comes before the paths of files, such as `containers/`.
  private let prefix: String
  /// Is told what part of the batches is written, 0 to 1.
  private let progress: (@Sendable (Double) -> Void)?

  init(_ staged: StagedDirectory, prefix: String, progress: (@Sendable (Double) -> Void)?) {
    self.staged = staged
    self.prefix = prefix
    self.progress = progress
  }

  /// Makes and writes files, on all processors; a few batches are in memory at a time.
  ///
  /// - Parameters:
  ///   - batches: The files.
  ///   - picture: Makes one more file meanwhile; `nil` where it can't.
  /// - Throws: What can't be made or written.
  func write(_ batches: [EmittedBatch], and picture: @escaping @Sendable () async -> EmittedFile?) async throws {
    async let lastFile = picture()
    let archive = prefix + ConfigurationArchive.path
    var count = 0
    try await concurrently(batches) { [staged, prefix] batch in
      let files = try batch.files()
      for file in files { try staged.write(file.contents, to: prefix + file.path) }
      return ConfigurationArchive.piece(of: files)
    } finish: { piece in
      try staged.append(piece, to: archive)
      count += 1
      progress?(Double(count) / Double(batches.count))
    }
    if let file = await lastFile {
      try staged.write(file.contents, to: prefix + file.path)
      try staged.append(ConfigurationArchive.piece(of: [file]), to: archive)
    }
    try staged.append(ConfigurationArchive.end, to: archive)
  }
}
