internal import ArgumentParser
internal import Partitioning

/// `packer partition`: a graph in, a partition out.
struct PackerPartitionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "partition",
    abstract: "Partitions a graph (METIS .graph), a hypergraph (hMETIS .hgr) or a topology (NS-2, TopDL).",
    discussion: """
      Writes a METIS partition file: line i is the block of vertex i, counted from 0. Blocks are as few as possible \
      (or as many as asked for), none is heavier than the capacity, and the nets between them weigh little: the cost \
      is the sum over nets of weight times blocks touched less one. Ctrl-C ends the search with the best so far; \
      pressed again, or before the search has begun, it ends the program.
      """)

  @OptionGroup var problem: PackerProblemOptions

  @OptionGroup var search: SearchArguments

  @Flag(help: "Print a summary as JSON; the partition then only goes to the output file.")
  var json = false

  @Option(name: .shortAndLong, help: "Write the partition to this file. (default: standard output)")
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write what the lower bound rests on to this file, for packer verify.", valueName: "file"))
  var certificate: String?

  @Option(
    help: ArgumentHelp(
      "Print METIS's answers beside this one, all counted again; the partition then only goes to the output file."))
  var compare: Competitor?

  @Argument(help: "The graph.")
  var graph: String

  func run() async throws {
    let interruption = Interruption()
    let journal = Journal(isDetailed: false)
    let stated = try await PackerInput.problem(graph, problem)
    let begin = ContinuousClock.now
    interruption.beginSearch()
    let outcome = journal.stage("partition") {
      search.partitioner(interruption: interruption, journal: journal).solve(stated)
    }
    let seconds = (ContinuousClock.now - begin) / .seconds(1)
    switch outcome {
    case .infeasible(let reason):
      let conflict = problem.text(of: stated.conflict(behind: reason))
      throw CommandError("\(graph): \(reason): \(conflict)")
    case .undecided:
      throw CommandError(
        "\(graph): neither found a packing into the blocks asked for nor proved that there is none; "
          + "--effort thorough looks harder")
    case .partition(let partition):
      var comparison: PartitionComparison?
      if compare == .metis {
        comparison = PartitionComparison(stated, partition: partition, seconds: seconds)
        comparison?.addMetis(blocks: partition.fewestBlocks, seed: search.seed, interruption: interruption)
      }
      try write(partition, of: stated.hypergraph, seconds: seconds, comparison: comparison)
    }
  }

  private func write(
    _ partition: Partition, of hypergraph: Hypergraph, seconds: Double, comparison: PartitionComparison?
  ) throws {
    let contents = PartitionFile.contents(blocks: partition.blocks)
    if let output { try OutputFile.write(contents, to: output) }
    if let certificate, let proof = partition.certificate {
      try OutputFile.write(CertificateFile.contents(proof), to: certificate)
    }
    var summary = PartitionSummary(
      partition, of: hypergraph, seed: search.seed, effort: search.effort, seconds: seconds)
    summary.comparison = comparison?.rows
    if json {
      try Console.write(json: summary)
    } else if let comparison {
      try Console.write(comparison.text)
      Console.note(summary.sentence + "\n")
    } else {
      if output == nil { try Console.write(contents) }
      Console.note(summary.sentence + "\n")
    }
  }
}
