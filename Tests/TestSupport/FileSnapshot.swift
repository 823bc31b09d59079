public import Foundation

/// All that is in a folder, to be compared with what is there later.
public struct FileSnapshot: Equatable, Sendable {
  /// What each path holds: a file's bytes, `nil` for a directory.
  public let contents: [String: Data?]

  /// What a folder holds now, hidden files included.
  public init(of folder: URL) {
    var contents: [String: Data?] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init() {
      contents[path] = .some(FileManager.default.contents(atPath: folder.appending(path: path).path))
    }
    self.contents = contents
  }

  /// The paths, sorted.
  public var paths: [String] { contents.keys.sorted() }
}
