public import Foundation

/// The files that tests read: those the repository ships, and the development data beside it where it is there.
public enum Examples {
  /// The repository's root.
  public static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The topologies that the repository ships.
  public static let datasets = root.appending(path: "datasets")

  /// The development data beside a checkout, `nil` where there is none: tests must pass without it.
  public static let shared: URL? = {
    let url = root.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }()
}
