/// `config.tgz`: all other files of an experiment directory, for hosts to fetch at once.
///
/// It is made of pieces, each compressed by itself, so that several threads can make it. The same files in the same
/// pieces are the same bytes.
public enum ConfigurationArchive {
  /// Its path within the directory.
  public static let path = "config.tgz"

  /// About how many bytes of files a piece has.
  public static let pieceSize = 1 << 20

  /// A piece of the archive.
  ///
  /// - Parameter files: Its files; over all pieces, in the order of their paths.
  /// - Returns: Bytes that follow those of the piece before.
  public static func piece(of files: [EmittedFile]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(files.reduce(0) { $0 + $1.contents.count + 1024 })
    for file in files { TarEntry.append(file, to: &bytes) }
    return Gzip.member(of: bytes)
  }

  /// What follows the last piece.
  public static var end: [UInt8] { Gzip.member(of: TarEntry.end) }
}
