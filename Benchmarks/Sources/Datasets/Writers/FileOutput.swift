import Foundation

/// A file that is written piece by piece, so that no document is ever held in memory as a whole.
public struct FileOutput: TextOutputStream {
  private let handle: FileHandle
  private var pending: [UInt8] = []
  private var failure: (any Error)?

  /// A new, empty file, in a folder that is made where there is none; standard output where there is no path.
  public init(path: String?) throws {
    guard let path else {
      handle = .standardOutput
      return
    }
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data().write(to: url)
    handle = try FileHandle(forWritingTo: url)
  }

  /// Writes a piece.
  public mutating func write(_ string: String) {
    pending.append(contentsOf: string.utf8)
    if pending.count >= 1 << 16 { flush() }
  }

  private mutating func flush() {
    // A stream can't throw: the first failure is kept for `finish`.
    do { try handle.write(contentsOf: pending) } catch { failure = failure ?? error }
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes what is left.
  ///
  /// - Throws: The first thing that went wrong.
  public mutating func finish() throws {
    flush()
    if let failure { throw failure }
  }
}
