internal import ArgumentParser
internal import FoundationEssentials
internal import Synchronization
internal import SystemPackage

/// The rows of a batch: those that are in the output file already, and those that are added.
///
/// Each row is one write at the end of the file, so that whoever looks sees whole rows only, and whatever ends the
/// batch leaves a file that can be continued.
final class BatchResults: Sendable {
  /// How rows are written.
  enum Format: Sendable {
    case csv
    case jsonLines

    fileprivate var header: String { self == .csv ? CommaSeparatedValues.record(BatchRow.columns) : "" }
  }

  private let format: Format
  private let kept: [String: [BatchRow]]
  private let file: Mutex<FileDescriptor?>
  private let name: String

  /// Takes up an output file.
  ///
  /// Rows with a result stay. Those without one, whose inputs are tried again, and what was broken off go.
  ///
  /// - Parameters:
  ///   - path: The file; `nil` for standard output.
  ///   - format: How rows are written.
  /// - Throws: If the file is something else, or can't be read or written.
  init(path: String?, format: Format) throws {
    self.format = format
    name = path ?? "standard output"
    guard let path else {
      kept = [:]
      file = Mutex(.standardOutput)
      try Console.write(format.header)
      return
    }
    let isThere = FilePath(path).isPresent
    let bytes = isThere ? try InputFile.bytes(of: path) : []
    let rows = try Self.rows(bytes, format: format, file: path)
    let finished = rows.filter { $0.row.error == nil }
    kept = Dictionary(grouping: finished.map(\.row), by: \.name)
    let contents = Array(format.header.utf8) + finished.flatMap { bytes[$0.range] }
    if contents != bytes || !isThere { try OutputFile.write(contents, to: path) }
    do {
      file = Mutex(try FileDescriptor.open(FilePath(path), .writeOnly, options: .append))
    } catch {
      throw Self.complaint(path, error)
    }
  }

  /// Whether the result for an input was there already.
  func isFinished(_ name: String, _ request: BatchRequest) -> Bool {
    kept[name, default: []].contains { $0.answers(request) }
  }

  /// Adds a row.
  ///
  /// - Throws: If it can't be written.
  func add(_ row: BatchRow) throws {
    let bytes: [UInt8]
    switch format {
    case .csv: bytes = Array(CommaSeparatedValues.record(row.fields).utf8)
    case .jsonLines:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      bytes = try Array(encoder.encode(row)) + [UInt8(ascii: "\n")]
    }
    try file.withLock { file in
      do {
        _ = try file?.writeAll(bytes)
      } catch Errno.brokenPipe {
        // The reader has seen enough, as `head` does.
        throw ExitCode.success
      } catch {
        throw Self.complaint(name, error)
      }
    }
  }

  /// From now on nothing is added; waits for a row that is being written.
  func close() { file.withLock { $0 = nil } }

  private static func complaint(_ path: String, _ error: any Error) -> CommandError {
    CommandError("\(path): can't be written: \("\(error)".lowercased())")
  }

  /// The whole rows of a file, and where they are.
  private static func rows(
    _ bytes: [UInt8], format: Format, file: String
  ) throws(CommandError) -> [(row: BatchRow, range: Range<Int>)] {
    switch format {
    case .csv:
      let header = Array(format.header.utf8)
      guard bytes.starts(with: header) || header.starts(with: bytes) else { throw stranger(file, line: 1, "a table") }
      var line = 1
      var rows: [(row: BatchRow, range: Range<Int>)] = []
      for (fields, range) in CommaSeparatedValues.records(bytes).dropFirst() {
        line += 1
        guard let row = BatchRow(fields: fields) else { throw stranger(file, line: line, "a row") }
        rows.append((row, range))
      }
      return rows
    case .jsonLines:
      var rows: [(row: BatchRow, range: Range<Int>)] = []
      var start = 0
      for (position, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
        guard let row = try? JSONDecoder().decode(BatchRow.self, from: Data(bytes[start..<position])) else {
          throw stranger(file, line: rows.count + 1, "a row")
        }
        rows.append((row, start..<(position + 1)))
        start = position + 1
      }
      return rows
    }
  }

  private static func stranger(_ file: String, line: Int, _ what: String) -> CommandError {
    CommandError(
      "\(file):\(line): not \(what) of packer batch in this format, and nothing is overwritten: name another file")
  }
}
