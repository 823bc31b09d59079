internal import Partitioning

/// What `packer partition --json` prints.
struct PartitionSummary: Codable {
  var vertices: Int
  var nets: Int
  var blocks: Int
  var fewestBlocks: Int
  var maxBlockWeight: Int
  var cost: Int
  var lowerBound: Int
  var optimal: Bool
  var boundBy: String
  var seed: UInt64
  var effort: String
  var seconds: Double
  var interrupted: Bool
  /// The most memory that the process has held, in bytes.
  var peakMemory: Int
  /// Others' answers beside this one, where they were asked for.
  var comparison: [PartitionComparison.Row]?

  init(_ partition: Partition, of hypergraph: Hypergraph, seed: UInt64, effort: Effort, seconds: Double) {
    var weights = [Int](repeating: 0, count: partition.blockCount)
    for (vertex, block) in partition.blocks.enumerated() {
      weights[Int(block)] += Int(hypergraph.vertexWeights[vertex])
    }
    vertices = hypergraph.vertexCount
    nets = hypergraph.netCount
    blocks = partition.blockCount
    fewestBlocks = partition.fewestBlocks
    maxBlockWeight = weights.max() ?? 0
    cost = partition.cost
    lowerBound = partition.lowerBound
    optimal = partition.isOptimal
    boundBy = partition.boundSource.rawValue
    self.seed = seed
    self.effort = effort.rawValue
    self.seconds = (seconds * 1e6).rounded() / 1e6
    interrupted = partition.isInterrupted
    peakMemory = ProcessMemory.peak
  }

  /// The summary for a person.
  var sentence: String {
    let quality = optimal ? "optimal" : "no partition costs less than \(lowerBound)"
    let fewest = blocks == fewestBlocks ? "" : " (at least \(fewestBlocks) are needed)"
    let end = interrupted ? "; interrupted" : ""
    return "\(blocks) blocks\(fewest), the heaviest \(maxBlockWeight), cost \(cost); \(quality) (\(boundBy))\(end)"
  }
}
