/// hMETIS's `.hgr` format: a line of pins for each net, then a line for each vertex's weight.
///
/// All of its variants are read. A vertex that a net names twice counts once; nets of one pin and nets with the same
/// pins are kept. A net without pins is an error.
///
/// > G. Karypis and V. Kumar. *hMETIS: A Hypergraph Partitioning Package*, version 1.5.3, section 3.1, 1998.
extension Hypergraph {
  /// Reads a hypergraph.
  ///
  /// - Parameters:
  ///   - bytes: The file's contents.
  ///   - file: Its name, for messages.
  /// - Throws: What is wrong with the file, with its lines.
  /// - Complexity: O(bytes + pins · log(largest net)).
  public init(hmetis bytes: [UInt8], file: String) throws(GraphFileError) {
    var reader = HmetisReader(bytes, file: file)
    self = try reader.read()
  }
}

private struct HmetisReader {
  private let byteCount: Int
  private var scanner: NumberScanner
  private var log: ProblemLog
  private var netOffsets: [Int32] = [0]
  private var pins: [Int32] = []
  private var netWeights: [Int32] = []
  private var vertexWeights: [Int32] = []

  init(_ bytes: [UInt8], file: String) {
    byteCount = bytes.count
    scanner = NumberScanner(bytes)
    log = ProblemLog(file: file)
  }

  mutating func read() throws(GraphFileError) -> Hypergraph {
    let header = try GraphFileHeader(&scanner, log: log, expected: "`nets vertices [fmt]`")
    let netCount = header.fields[0], vertexCount = header.fields[1]
    guard let hasNetWeights = header.flag(0), let hasVertexWeights = header.flag(1), header.fields.count < 4,
      header.fields.count < 3 || header.fields[2] <= 11
    else { throw log.fatal("the header has to be `nets vertices [fmt]` with fmt 1, 10 or 11", line: header.line) }
    // A header that lies must not make us reserve memory; a vertex without nets and weight takes no byte, though.
    guard netCount <= byteCount, byteCount < Int32.max,
      vertexCount <= (hasVertexWeights ? byteCount : max(byteCount, 1 << 20))
    else {
      throw log.fatal(
        "the header promises \(netCount) nets and \(vertexCount) vertices, more than \(byteCount) bytes can hold",
        line: header.line)
    }
    for net in 0..<netCount {
      guard scanner.advanceToNumbers() else {
        throw log.fatal("the header promises \(netCount) nets; the file ends after \(net)", line: scanner.line)
      }
      readNet(vertexCount: vertexCount, hasWeight: hasNetWeights)
      if log.isFull { break }
    }
    try log.check()
    for vertex in 0..<(hasVertexWeights ? vertexCount : 0) {
      guard scanner.advanceToNumbers() else {
        throw log.fatal(
          "the header promises \(vertexCount) vertex weights; the file ends after \(vertex)", line: scanner.line)
      }
      vertexWeights.append(weight("vertex weight") ?? 1)
      if scanner.token() != .endOfLine { log.add("expected one vertex weight a line", line: scanner.line) }
      if log.isFull { break }
    }
    try log.check()
    if scanner.advanceToNumbers() {
      throw log.fatal("more lines than the header promises", line: scanner.line)
    }
    if !hasVertexWeights { vertexWeights = [Int32](repeating: 1, count: vertexCount) }
    return Hypergraph(vertexWeights: vertexWeights, netOffsets: netOffsets, pins: pins, netWeights: netWeights)
  }

  private mutating func readNet(vertexCount: Int, hasWeight: Bool) {
    netWeights.append(hasWeight ? weight("net weight") ?? 1 : 1)
    let start = pins.count
    reading: while true {
      switch scanner.token() {
      case .endOfLine: break reading
      case .number(let pin) where pin >= 1 && pin <= vertexCount: pins.append(Int32(pin - 1))
      case .number(let pin):
        log.add("pin \(pin) isn't a vertex from 1 to \(vertexCount)", line: scanner.line)
        break reading
      case .malformed:
        log.add("expected a vertex number from 1 to \(vertexCount)", line: scanner.line)
        break reading
      }
    }
    if pins.count == start { log.add("the net has no vertices", line: scanner.line) }
    netOffsets.append(Int32(pins.count))
  }

  private mutating func weight(_ what: String) -> Int32? {
    if case .number(let value) = scanner.token(), (0...Int(Int32.max)).contains(value) { return Int32(value) }
    log.add("expected a \(what) from 0 to \(Int32.max)", line: scanner.line)
    return nil
  }
}
