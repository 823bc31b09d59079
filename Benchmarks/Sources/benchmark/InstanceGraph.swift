import Foundation

/// A graph or hypergraph as its file has it, read by code that shares nothing with the partitioner.
struct InstanceGraph {
  var vertexWeights: [Int] = []
  var nets: [[Int]] = []
  var netWeights: [Int] = []

  /// Reads a correct file: METIS's `.graph` or hMETIS's `.hgr`.
  init(file: String) throws {
    var lines = try String(contentsOfFile: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("%") }
      .map { $0.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).compactMap { Int($0) } }[...]
    let header = lines.popFirst() ?? []
    guard header.count >= 2 else { throw CocoaError(.fileReadCorruptFile) }
    let code = header.count > 2 ? header[2] : 0
    let hasNetWeights = code % 10 == 1, hasVertexWeights = code / 10 % 10 == 1, hasSizes = code / 100 % 10 == 1
    if file.hasSuffix(".hgr") {
      let rows = lines.filter { !$0.isEmpty }
      for row in rows.prefix(header[0]) {
        netWeights.append(hasNetWeights ? row[0] : 1)
        nets.append(row.dropFirst(hasNetWeights ? 1 : 0).map { $0 - 1 })
      }
      vertexWeights =
        hasVertexWeights ? rows.dropFirst(header[0]).map { $0[0] } : Array(repeating: 1, count: header[1])
      return
    }
    for vertex in 0..<header[0] {
      var row = (lines.popFirst() ?? [])[...]
      if hasSizes { row = row.dropFirst() }
      vertexWeights.append(hasVertexWeights ? row.popFirst() ?? 1 : 1)
      while let neighbour = row.popFirst() {
        let weight = hasNetWeights ? row.popFirst() ?? 1 : 1
        guard neighbour - 1 > vertex else { continue }
        nets.append([vertex, neighbour - 1])
        netWeights.append(weight)
      }
    }
  }

  /// The fewest blocks that could do.
  func fewestBlocks(capacity: Int) -> Int {
    max(1, (vertexWeights.reduce(0, +) + capacity - 1) / capacity)
  }

  /// The blocks in a partition file.
  static func blocks(in file: String) throws -> [Int] {
    try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isNewline).compactMap { Int($0) }
  }

  /// What a partition file is worth; `nil` where it hasn't a block for each vertex, or breaks what is to be kept.
  func score(partition file: String, keeping variant: PinnedVariant? = nil) throws -> Score? {
    let blocks = try Self.blocks(in: file)
    guard blocks.count == vertexWeights.count, variant?.isKept(by: blocks) ?? true else { return nil }
    var weights: [Int: Int] = [:]
    for (block, weight) in zip(blocks, vertexWeights) { weights[block, default: 0] += weight }
    let cost = zip(nets, netWeights).reduce(0) { cost, net in
      cost + net.1 * (Set(net.0.map { blocks[$0] }).count - 1)
    }
    return Score(blocks: weights.count, fullest: weights.values.max() ?? 0, cost: cost)
  }
}

/// What a partition is worth.
struct Score: Equatable {
  /// How many blocks hold a vertex.
  var blocks: Int
  /// The weight of the fullest block.
  var fullest: Int
  /// The sum over nets of weight times the number of blocks that they touch, less one.
  var cost: Int
}
