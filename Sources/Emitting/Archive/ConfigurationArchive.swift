/// `config.tgz`: all other files of an experiment directory, for hosts to fetch at once.
///
/// It is made of pieces, each compressed by itself, so that several threads can make it. The same files in the same
/// order are the same bytes.
public enum ConfigurationArchive {
  /// Its path within the directory.
  public static let path = "config.tgz"

  /// How many bytes are compressed together at most, apart from those of one file's header.
  private static let memberSize = 1 << 20

  /// A piece of the archive.
  ///
  /// - Parameter files: Its files.
  /// - Returns: Bytes that follow those of the piece before.
  public static func piece(of files: [EmittedFile]) -> [UInt8] {
    var archive: [UInt8] = []
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(2 * memberSize, files.reduce(0) { $0 + $1.contents.count + 1024 }))
    func compress() {
      archive += Gzip.member(of: bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    for file in files {
      TarEntry.appendHeader(of: file, to: &bytes)
      for start in stride(from: 0, to: file.contents.count, by: memberSize) {
        if bytes.count >= memberSize { compress() }
        bytes += file.contents[start..<min(start + memberSize, file.contents.count)]
      }
      TarEntry.appendPadding(of: file, to: &bytes)
    }
    compress()
    return archive
  }

  /// What follows the last piece.
  public static var end: [UInt8] { Gzip.member(of: TarEntry.end) }
}
