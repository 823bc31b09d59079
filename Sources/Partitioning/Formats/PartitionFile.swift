/// Files with one integer a line. Line *i* is for vertex *i* in METIS's partition files, hMETIS's fix files and files of
/// classes, and for block *i* in Mt-KaHyPar's files of block weights.
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

  /// Reads the class of each vertex: any integers.
  ///
  /// - Parameters:
  ///   - bytes: The file's contents.
  ///   - file: Its name, for messages.
  ///   - vertexCount: How many vertices there are.
  /// - Returns: The class of each vertex.
  /// - Throws: What is wrong with the file, with its lines.
  public static func classes(
    _ bytes: [UInt8], file: String, vertexCount: Int
  ) throws(GraphFileError) -> [Int32] {
    try read(
      bytes, file: file, vertexCount: vertexCount, least: Int(Int32.min), expected: "a class, an integer of 32 bits")
  }

  /// Reads how much each block may weigh.
  ///
  /// - Parameters:
  ///   - bytes: The file's contents.
  ///   - file: Its name, for messages.
  /// - Returns: The capacity of each block; at least one.
  /// - Throws: What is wrong with the file, with its lines.
  public static func capacities(_ bytes: [UInt8], file: String) throws(GraphFileError) -> [Int] {
    var scanner = NumberScanner(bytes)
    var log = ProblemLog(file: file)
    var capacities: [Int] = []
    while scanner.advanceToNumbers(), !log.isFull {
      // So that no sum of capacities overflows.
      if case .number(let capacity) = scanner.token(), (1...(1 << 40)).contains(capacity), scanner.token() == .endOfLine
      {
        capacities.append(capacity)
      } else {
        log.add("expected the weight that a block may have, at least 1", line: scanner.line)
      }
    }
    try log.check()
    if capacities.isEmpty { throw log.fatal("the file is empty; expected a line for each block", line: 1) }
    return capacities
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
