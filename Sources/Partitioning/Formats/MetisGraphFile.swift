/// METIS's `.graph` format: a line of neighbours for each vertex.
///
/// All of its variants are read: vertex sizes (they're skipped: communication volume isn't our objective), vertex
/// weights, edge weights, comments, isolated vertices. Several weights a vertex are refused. Every edge has to be
/// listed by both its ends with the same weight; an edge from a vertex to itself and an edge listed twice are errors,
/// as they are for METIS's `graphchk`.
///
/// > G. Karypis. *METIS: A Software Package for Partitioning Unstructured Graphs*, version 5.1.0, section 4.1.1, 2013.
extension Hypergraph {
  /// Reads a graph; each edge becomes a net of two pins, ordered by its ends.
  ///
  /// - Parameters:
  ///   - bytes: The file's contents.
  ///   - file: Its name, for messages.
  /// - Throws: What is wrong with the file, with its lines.
  /// - Complexity: O(bytes + *m* · log(largest degree)).
  public init(metisGraph bytes: [UInt8], file: String) throws(GraphFileError) {
    var reader = MetisGraphReader(bytes, file: file)
    self = try reader.read()
  }
}

private struct MetisGraphReader {
  private let bytes: [UInt8]
  private var scanner: NumberScanner
  private var log: ProblemLog
  private var vertexWeights: [Int32] = []
  private var offsets: [Int32] = [0]
  private var targets: [Int32] = []
  private var arcWeights: [Int32] = []
  private var hasSizes = false, hasVertexWeights = false, hasEdgeWeights = false
  private var vertexCount = 0

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    scanner = NumberScanner(bytes)
    log = ProblemLog(file: file)
  }

  mutating func read() throws(GraphFileError) -> Hypergraph {
    let header = try readHeader()
    for vertex in 0..<vertexCount {
      guard scanner.advance() else {
        throw log.fatal(
          "the header promises \(vertexCount) vertices; the file ends after \(vertex)", line: scanner.line)
      }
      readVertex(vertex)
      offsets.append(Int32(targets.count))
      if log.isFull { break }
    }
    try log.check()
    if scanner.advanceToNumbers() {
      throw log.fatal("more lines than the \(vertexCount) vertices that the header promises", line: scanner.line)
    }
    if targets.count != 2 * header.fields[1] {
      let found = targets.count % 2 == 0 ? "\(targets.count / 2)" : "\(targets.count / 2) and a half"
      log.add("the header promises \(header.fields[1]) edges; the lists hold \(found)", line: header.line)
    }
    checkSymmetry()
    try log.check()
    return graph()
  }

  private mutating func readHeader() throws(GraphFileError) -> GraphFileHeader {
    let header = try GraphFileHeader(&scanner, log: log, expected: "`vertices edges [fmt [ncon]]`")
    guard let sizes = header.flag(2), let vertexWeights = header.flag(1), let edgeWeights = header.flag(0),
      header.fields.count < 3 || header.fields[2] <= 111
    else { throw log.fatal("fmt has to be up to three digits, each 0 or 1", line: header.line) }
    if header.fields.count == 4, header.fields[3] != 1 {
      throw log.fatal("\(header.fields[3]) weights a vertex; only 1 is supported", line: header.line)
    }
    if header.fields.count == 4, !vertexWeights {
      throw log.fatal("ncon says 1 weight a vertex, but fmt says none; fmt has to be 10 or 11", line: header.line)
    }
    // Each vertex takes a line and each edge two numbers, so that a header that lies can't make us reserve memory.
    guard header.fields[0] <= bytes.count, header.fields[1] <= bytes.count / 2, bytes.count < Int32.max else {
      throw log.fatal(
        "the header promises \(header.fields[0]) vertices and \(header.fields[1]) edges, "
          + "more than \(bytes.count) bytes can hold",
        line: header.line)
    }
    (hasSizes, hasVertexWeights, hasEdgeWeights) = (sizes, vertexWeights, edgeWeights)
    vertexCount = header.fields[0]
    self.vertexWeights.reserveCapacity(vertexCount)
    offsets.reserveCapacity(vertexCount + 1)
    targets.reserveCapacity(2 * header.fields[1])
    if edgeWeights { arcWeights.reserveCapacity(2 * header.fields[1]) }
    return header
  }

  private mutating func readVertex(_ vertex: Int) {
    if hasSizes, weight("vertex size", atLeast: 0) == nil { return }
    if hasVertexWeights {
      guard let weight = weight("vertex weight", atLeast: 0) else { return vertexWeights.append(1) }
      vertexWeights.append(weight)
    } else {
      vertexWeights.append(1)
    }
    while true {
      switch scanner.token() {
      case .endOfLine: return
      case .malformed: return log.add("expected a vertex number from 1 to \(vertexCount)", line: scanner.line)
      case .number(let target):
        guard (1...vertexCount).contains(target) else {
          return log.add("neighbour \(target) isn't a vertex from 1 to \(vertexCount)", line: scanner.line)
        }
        if target == vertex + 1 { log.add("vertex \(target) is its own neighbour", line: scanner.line) }
        targets.append(Int32(target - 1))
        if hasEdgeWeights {
          guard let weight = weight("edge weight", atLeast: 1) else { return arcWeights.append(1) }
          arcWeights.append(weight)
        }
      }
    }
  }

  private mutating func weight(_ what: String, atLeast least: Int) -> Int32? {
    if case .number(let value) = scanner.token(), (least...Int(Int32.max)).contains(value) { return Int32(value) }
    log.add("expected a \(what) from \(least) to \(Int32.max)", line: scanner.line)
    return nil
  }

  /// Checks that both ends list an edge, with the same weight, and once: the rows, sorted, have to be the transposed
  /// rows, which come out sorted by themselves.
  private mutating func checkSymmetry() {
    let transposed = transposedArcs()
    for vertex in 0..<vertexCount {
      let row = Int(offsets[vertex])..<Int(offsets[vertex + 1])
      sortRow(row)
      for arc in row.dropFirst() where targets[arc] == targets[arc - 1] {
        return log.add("vertex \(vertex + 1) lists \(targets[arc] + 1) twice", line: line(ofVertex: vertex))
      }
      let reverse = Int(transposed.offsets[vertex])..<Int(transposed.offsets[vertex + 1])
      if let message = difference(vertex, row, reverse, transposed) {
        return log.add(message, line: line(ofVertex: vertex))
      }
    }
  }

  private typealias Arcs = (offsets: [Int32], sources: [Int32], weights: [Int32])

  private func transposedArcs() -> Arcs {
    var offsets = [Int32](repeating: 0, count: vertexCount + 1)
    for target in targets { offsets[Int(target) + 1] += 1 }
    for vertex in 0..<vertexCount { offsets[vertex + 1] += offsets[vertex] }
    var next = offsets
    var sources = [Int32](repeating: 0, count: targets.count)
    var weights = [Int32](repeating: 0, count: arcWeights.count)
    for vertex in 0..<vertexCount {
      for arc in Int(self.offsets[vertex])..<Int(self.offsets[vertex + 1]) {
        let target = Int(targets[arc])
        sources[Int(next[target])] = Int32(vertex)
        if hasEdgeWeights { weights[Int(next[target])] = arcWeights[arc] }
        next[target] += 1
      }
    }
    return (offsets, sources, weights)
  }

  private mutating func sortRow(_ row: Range<Int>) {
    if row.dropFirst().allSatisfy({ targets[$0 - 1] < targets[$0] }) { return }
    let order = row.sorted { (targets[$0], $0) < (targets[$1], $1) }
    let sorted = order.map { targets[$0] }
    let weights = hasEdgeWeights ? order.map { arcWeights[$0] } : []
    targets.replaceSubrange(row, with: sorted)
    if hasEdgeWeights { arcWeights.replaceSubrange(row, with: weights) }
  }

  private func difference(_ vertex: Int, _ row: Range<Int>, _ reverse: Range<Int>, _ transposed: Arcs) -> String? {
    var arc = row.lowerBound
    var back = reverse.lowerBound
    while arc < row.upperBound || back < reverse.upperBound {
      let target = arc < row.upperBound ? targets[arc] : Int32.max
      let source = back < reverse.upperBound ? transposed.sources[back] : Int32.max
      if target < source {
        return "vertex \(vertex + 1) lists \(target + 1), but \(target + 1) doesn't list \(vertex + 1)"
      }
      if source < target {
        return "vertex \(source + 1) lists \(vertex + 1), but \(vertex + 1) doesn't list \(source + 1)"
      }
      if hasEdgeWeights, arcWeights[arc] != transposed.weights[back] {
        return "the edge to \(target + 1) weighs \(arcWeights[arc]) here and \(transposed.weights[back]) there"
      }
      arc += 1
      back += 1
    }
    return nil
  }

  /// The line of a vertex, found by going through the file again.
  private func line(ofVertex vertex: Int) -> Int {
    var scanner = NumberScanner(bytes)
    _ = scanner.advanceToNumbers()
    for _ in 0...vertex { _ = scanner.advance() }
    return scanner.line
  }

  private func graph() -> Hypergraph {
    var pins: [Int32] = []
    var netWeights: [Int32] = []
    pins.reserveCapacity(targets.count)
    netWeights.reserveCapacity(targets.count / 2)
    for vertex in 0..<vertexCount {
      for arc in Int(offsets[vertex])..<Int(offsets[vertex + 1]) where targets[arc] > vertex {
        pins.append(Int32(vertex))
        pins.append(targets[arc])
        netWeights.append(hasEdgeWeights ? arcWeights[arc] : 1)
      }
    }
    let netOffsets = (0...netWeights.count).map { Int32(2 * $0) }
    return Hypergraph(vertexWeights: vertexWeights, netOffsets: netOffsets, pins: pins, netWeights: netWeights)
  }
}
