internal import Emitting
internal import Testbed

/// Writes the files of an experiment, and the archive of them all.
struct DirectoryWriter {
  private let staged: StagedDirectory
  /// What comes before the paths of files, such as `containers/`.
  private let prefix: String

  init(_ staged: StagedDirectory, prefix: String) {
    self.staged = staged
    self.prefix = prefix
  }

  /// Makes and writes files, on all processors; a few batches are in memory at a time.
  ///
  /// - Throws: What can't be made or written.
  func write(_ batches: [EmittedBatch]) async throws {
    var written: [(path: String, size: Int)] = []
    try await concurrently(batches) { [staged, prefix] batch in
      try batch.files().map { file in
        try staged.write(file.contents, to: prefix + file.path)
        return (path: file.path, size: file.contents.count)
      }
    } finish: {
      written += $0
    }
    written.sort { $0.path < $1.path }
    try await writeArchive(of: written)
  }

  /// Writes the archive, from the files as they are on the disk: all of them aren't in memory at any time.
  private func writeArchive(of files: [(path: String, size: Int)]) async throws {
    var pieces: [[String]] = []
    var size = ConfigurationArchive.pieceSize
    for file in files {
      if size >= ConfigurationArchive.pieceSize {
        pieces.append([])
        size = 0
      }
      pieces[pieces.count - 1].append(file.path)
      size += file.size
    }
    let archive = prefix + ConfigurationArchive.path
    try await concurrently(pieces) { [staged, prefix] paths in
      ConfigurationArchive.piece(of: try paths.map { EmittedFile($0, try staged.read(prefix + $0)) })
    } finish: {
      try staged.append($0, to: archive)
    }
    try staged.append(ConfigurationArchive.end, to: archive)
  }
}
