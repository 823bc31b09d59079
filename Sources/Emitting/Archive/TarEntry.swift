/// Files in a tar archive, the same bytes for the same files: owned by nobody in particular, changed at no time.
///
/// > IEEE Std 1003.1-2017, `pax`: "ustar Interchange Format", and "pax Interchange Format" for long paths.
enum TarEntry {
  private static let blockSize = 512

  /// The end of an archive.
  static let end = [UInt8](repeating: 0, count: 2 * blockSize)

  /// Appends what comes before the contents of a file.
  static func appendHeader(of file: EmittedFile, to bytes: inout [UInt8]) {
    let path = Array(file.path.utf8)
    if path.count <= 100 {
      appendHeader(path: path, size: file.contents.count, type: "0", to: &bytes)
    } else {
      // The path is in a record before the file, which has its beginning for readers that don't know records.
      let record = longPathRecord(path)
      appendHeader(path: Array("long-path".utf8), size: record.count, type: "x", to: &bytes)
      bytes += record
      appendPadding(after: record.count, to: &bytes)
      appendHeader(path: Array(path.prefix(100)), size: file.contents.count, type: "0", to: &bytes)
    }
  }

  /// Appends what comes after the contents of a file.
  static func appendPadding(of file: EmittedFile, to bytes: inout [UInt8]) {
    appendPadding(after: file.contents.count, to: &bytes)
  }

  /// A record `LENGTH path=PATH`, where the length counts its own digits.
  private static func longPathRecord(_ path: [UInt8]) -> [UInt8] {
    let rest = Array(" path=".utf8) + path + Array("\n".utf8)
    var length = rest.count + 1
    while String(length).utf8.count + rest.count != length { length = String(length).utf8.count + rest.count }
    return Array(String(length).utf8) + rest
  }

  private static func appendHeader(path: [UInt8], size: Int, type: Unicode.Scalar, to bytes: inout [UInt8]) {
    var header = [UInt8](repeating: 0, count: blockSize)
    func put(_ text: some Sequence<UInt8>, at offset: Int) {
      for (position, byte) in text.enumerated() { header[offset + position] = byte }
    }
    func octal(_ number: Int, digits: Int) -> String.UTF8View {
      let text = String(number, radix: 8)
      return (String(repeating: "0", count: digits - text.utf8.count) + text).utf8
    }
    put(path, at: 0)
    put("0000644".utf8, at: 100)
    put("0000000".utf8, at: 108)
    put("0000000".utf8, at: 116)
    put(octal(size, digits: 11), at: 124)
    put("00000000000".utf8, at: 136)
    put("        ".utf8, at: 148)
    put([UInt8(ascii: type)], at: 156)
    put("ustar\u{0}00".utf8, at: 257)
    put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6), at: 148)
    header[154] = 0
    bytes.append(contentsOf: header)
  }

  private static func appendPadding(after count: Int, to bytes: inout [UInt8]) {
    let rest = count % blockSize
    if rest > 0 { bytes.append(contentsOf: repeatElement(0, count: blockSize - rest)) }
  }
}
