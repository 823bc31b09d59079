internal import CTcl
internal import Glibc
internal import SystemPackage

/// The text of a script, read once and handed to Tcl as a file of its own in memory.
///
/// Tcl knows the lines of files only, and the file a user named may change while it is read.
struct ScriptFile {
  private(set) var bytes: [UInt8]

  /// Reads a file: a regular one or a pipe.
  init(path: String, limit: Int) throws(ReadError) {
    bytes = []
    do {
      let descriptor = try FileDescriptor.open(FilePath(path), .readOnly)
      defer { try? descriptor.close() }
      let chunk = 1 << 16
      while bytes.count <= limit {
        let filled = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: chunk))
        let count = try unsafe bytes.withUnsafeMutableBytes { buffer in
          try unsafe descriptor.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
        }
        bytes.removeLast(chunk - count)
        if count == 0 { break }
      }
    } catch let error as Errno {
      throw ReadError(file: path, message: "can't be read: \("\(error)".lowercased())")
    } catch {
      throw ReadError(file: path, message: "can't be read")
    }
    guard bytes.count <= limit else {
      throw ReadError(file: path, message: "is larger than \(limit) bytes, the most an NS-2 file may have")
    }
    if let position = bytes.firstIndex(of: 0) {
      let line = bytes[..<position].count { $0 == UInt8(ascii: "\n") } + 1
      throw ReadError(file: path, line: line, message: "has a NUL byte, so it isn't an NS-2 file")
    }
  }

  /// Reads `<#` as `<=` on a line.
  ///
  /// A sample in DeterLab's core documentation was published with this misprint, and people copy it.
  ///
  /// - Returns: Whether the line had it.
  mutating func repairComparison(onLine line: Int) -> Bool {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return false }
    let text = String(decoding: lines[line - 1], as: UTF8.self)
    guard text.contains("<#") else { return false }
    lines[line - 1] = Array(text.replacing("<#", with: "<=").utf8)[...]
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    return true
  }

  /// Lets a body use the text as a file.
  func withFile<Result>(_ body: (_ path: String) throws(ScriptError) -> Result) throws(ScriptError) -> Result {
    let descriptor = ctcl_memory_file()
    guard descriptor >= 0 else { throw ScriptError("no memory for the script: \(Errno(rawValue: errno))") }
    let file = FileDescriptor(rawValue: descriptor)
    defer { try? file.close() }
    do { try file.writeAll(bytes) } catch { throw ScriptError("no memory for the script: \(error)") }
    return try body("/proc/self/fd/\(descriptor)")
  }
}
