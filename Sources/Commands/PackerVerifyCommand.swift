internal import ArgumentParser
internal import Partitioning

/// `packer verify`: counts a partition again, without any of the search's code.
struct PackerVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Counts a partition's blocks, weights and cost again, and checks that it is feasible.")

  @OptionGroup var problem: PackerProblemOptions

  @Flag(help: "Print the count as JSON.")
  var json = false

  @Argument(help: "The graph.")
  var graph: String

  @Argument(help: "The partition: line i is the block of vertex i, counted from 0.")
  var partition: String

  func run() async throws {
    let stated = try await PackerInput.problem(graph, problem)
    let blocks = try PartitionFile.blocks(
      InputFile.bytes(of: partition), file: partition, vertexCount: stated.hypergraph.vertexCount)
    let report = PartitionVerifier(stated).report(blocks)
    if json {
      try Console.write(json: Count(report))
    } else {
      let verdict = report.isFeasible ? "feasible" : "infeasible"
      let text = "\(verdict): \(report.blockCount) blocks, the heaviest \(report.maxBlockWeight), cost \(report.cost)\n"
      try Console.write(text)
    }
    for violation in report.violations { Console.note("\(partition): \(violation)\n") }
    if !report.isFeasible { throw ExitCode(1) }
  }
}

/// What `packer verify --json` prints.
private struct Count: Encodable {
  var feasible: Bool
  var blocks: Int
  var maxBlockWeight: Int
  var cost: Int
  var violations: [String]

  init(_ report: PartitionVerifier.Report) {
    feasible = report.isFeasible
    blocks = report.blockCount
    maxBlockWeight = report.maxBlockWeight
    cost = report.cost
    violations = report.violations.map(\.description)
  }
}
