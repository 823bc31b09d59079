internal import Glibc
internal import SystemPackage

/// What tells a file or directory from the one that was at its place before.
struct FileStamp: Equatable, Sendable {
  private let device: dev_t
  private let number: ino_t
  private let seconds: Int
  private let nanoseconds: Int

  /// That of what is at a path; `nil` where nothing is.
  init?(_ path: FilePath) {
    var status = stat()
    guard unsafe path.withPlatformString({ unsafe stat($0, &status) }) == 0 else { return nil }
    (device, number) = (status.st_dev, status.st_ino)
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }
}
