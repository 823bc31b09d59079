/// Files with one block a line, line *i* for vertex *i*: METIS's partition files and hMETIS's fix files.
///
/// > G. Karypis. *METIS: A Software Package for Partitioning Unstructured Graphs*, version 5.1.0, section 4.2.1, 2013.
/// >
/// > G. Karypis and V. Kumar. *hMETIS: A Hypergraph Partitioning Package*, version 1.5.3, sections 3.2 and 3.3, 1998.
public enum PartitionFile {
  /// Reads a partition.
  ///
  /// - Parameters:
  ///   - bytes: The file's contents.
  ///   - file: Its name, for messages.
  ///   - vertexCount: How many vertices there are.
  /// - Returns: The block of each vertex, from 0.
  /// - Throws: What is wrong with the file, with its lines.
  public static func blocks(
    _ bytes: [UInt8], file: String, vertexCount: Int
  ) throws(GraphFileError) -> [Int32] {
    try read(bytes, file: file, vertexCount: vertexCount, least: 0, expected: "a block number, at least 0")
  }

  /// Reads which vertices are fixed to which blocks.
  ///
  /// - Parameters:
  ///   - bytes: The file's contents.
  ///   - file: Its name, for messages.
  ///   - vertexCount: How many vertices there are.
  /// - Returns: The block of each vertex, −1 where it's free.
  /// - Throws: What is wrong with the file, with its lines.
  public static func fixedBlocks(
    _ bytes: [UInt8], file: String, vertexCount: Int
  ) throws(GraphFileError) -> [Int32] {
    try read(
      bytes, file: file, vertexCount: vertexCount, least: -1, expected: "a block number, or -1 for a free vertex")
  }

  /// Writes a partition.
  public static func contents(blocks: [Int32]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(blocks.count * 6)
    for block in blocks {
      bytes.append(contentsOf: String(block).utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  private static func read(
    _ bytes: [UInt8], file: String, vertexCount: Int, least: Int, expected: String
  ) throws(GraphFileError) -> [Int32] {
    var scanner = NumberScanner(bytes)
    var log = ProblemLog(file: file)
    var blocks: [Int32] = []
    while scanner.advanceToNumbers(), !log.isFull {
      if blocks.count == vertexCount {
        throw log.fatal("more lines than the graph's \(vertexCount) vertices", line: scanner.line)
      }
      if case .number(let block) = scanner.token(), (least..<Int(Int32.max)).contains(block),
        scanner.token() == .endOfLine
      {
        blocks.append(Int32(block))
      } else {
        log.add("expected \(expected)", line: scanner.line)
        blocks.append(0)
      }
    }
    try log.check()
    if blocks.count < vertexCount {
      throw log.fatal(
        "the graph has \(vertexCount) vertices; the file ends after \(blocks.count)", line: max(1, scanner.line))
    }
    return blocks
  }
}
