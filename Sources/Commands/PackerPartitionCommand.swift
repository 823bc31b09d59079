internal import ArgumentParser
internal import Partitioning

/// `packer partition`: a graph in, a partition out.
struct PackerPartitionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "partition",
    abstract: "Partitions a graph (METIS .graph) or hypergraph (hMETIS .hgr).",
    discussion: """
      Writes a METIS partition file: line i is the block of vertex i, counted from 0. Blocks are as few as possible \
      (or as many as asked for), none is heavier than the capacity, and the nets between them weigh little: the cost \
      is the sum over nets of weight times blocks touched less one. Ctrl-C ends the search with the best so far.
      """)

  @OptionGroup var problem: PackerProblemOptions

  @OptionGroup var search: SearchArguments

  @Flag(help: "Print a summary as JSON; the partition then only goes to the output file.")
  var json = false

  @Option(name: .shortAndLong, help: "Write the partition to this file. (default: standard output)")
  var output: String?

  @Argument(help: "The graph.")
  var graph: String

  func run() async throws {
    let interruption = Interruption(.finish)
    let journal = Journal(isDetailed: false)
    let stated = try await PackerInput.problem(graph, problem)
    let begin = ContinuousClock.now
    let outcome = journal.stage("partition") {
      search.partitioner(interruption: interruption, journal: journal).solve(stated)
    }
    let seconds = (ContinuousClock.now - begin) / .seconds(1)
    switch outcome {
    case .infeasible(let conflict): throw CommandError("\(graph): \(conflict)")
    case .undecided:
      throw CommandError(
        "\(graph): neither found a packing into the blocks asked for nor proved that there is none; "
          + "--effort thorough looks harder")
    case .partition(let partition): try write(partition, of: stated.hypergraph, seconds: seconds)
    }
  }

  private func write(_ partition: Partition, of hypergraph: Hypergraph, seconds: Double) throws {
    let contents = PartitionFile.contents(blocks: partition.blocks)
    if let output { try OutputFile.write(contents, to: output) }
    let summary = Summary(partition, of: hypergraph, seed: search.seed, effort: search.effort, seconds: seconds)
    if json {
      try Console.write(json: summary)
    } else {
      if output == nil { try Console.write(contents) }
      Console.note(summary.sentence + "\n")
    }
  }
}

/// What `packer partition --json` prints.
private struct Summary: Encodable {
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
  }

  var sentence: String {
    let quality = optimal ? "optimal" : "no partition costs less than \(lowerBound)"
    let fewest = blocks == fewestBlocks ? "" : " (at least \(fewestBlocks) are needed)"
    let end = interrupted ? "; interrupted" : ""
    return "\(blocks) blocks\(fewest), the heaviest \(maxBlockWeight), cost \(cost); \(quality) (\(boundBy))\(end)"
  }
}
