public import ArgumentParser
public import Datasets
import Foundation

@main
struct GenerateDatasets: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate-datasets",
    abstract: "Writes the topologies that tests and benchmarks read; the same arguments always write the same bytes.",
    subcommands: [Make.self, All.self])
}

struct Make: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Writes one topology.")

  @Argument(help: "The shape: \(Family.allCases.map(\.rawValue).joined(separator: ", ")).")
  var family: Family

  @Option(help: "How many nodes, 10 to 10 000 000; some shapes round down.")
  var nodes = 100

  @Option(help: "What it means depends on the shape: children, links a node, mean degree, hosts a LAN.")
  var degree: Int?

  @Option(help: "Where random choices start from.")
  var seed: UInt64 = 1

  @Option(help: "The language: \(Dataset.Format.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = Dataset.Format.graph

  @Option(
    help: "What links weigh in files of graphs: \(LinkWeights.allCases.map(\.rawValue).joined(separator: ", ")).")
  var weights = LinkWeights.equal

  @Flag(help: "Give computers different container kinds.")
  var mixedKinds = false

  @Option(help: "Pin so many computers in a row to each partition.")
  var partitionSize: Int?

  @Option(name: .shortAndLong, help: "The file to write; standard output where left out.")
  var output: String?

  func validate() throws {
    guard (10...10_000_000).contains(nodes) else { throw ValidationError("--nodes must be 10 to 10 000 000") }
    guard degree.map({ (0...1000).contains($0) }) ?? true else { throw ValidationError("--degree must be 0 to 1000") }
    guard weights == .equal || format == .graph || format == .hypergraph else {
      throw ValidationError("--weights is for graphs: use --format graph or hgr")
    }
    guard partitionSize.map({ $0 > 0 }) ?? true else { throw ValidationError("--partition-size must be at least 1") }
  }

  func run() throws {
    var dataset = Dataset(family, nodes: nodes, degree: degree, seed: seed, format: format)
    dataset.weights = weights
    dataset.decoration.mixedKinds = mixedKinds
    dataset.decoration.partitionSize = partitionSize
    let network = dataset.network()
    guard format != .graph || network.isGraph else {
      throw ValidationError("\(family.rawValue) has LANs, which a graph can't show: use --format hgr")
    }
    var file = try FileOutput(path: output)
    dataset.write(network, to: &file)
    try file.finish()
  }
}

struct All: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes all topologies that the repository holds, and the manifest's table in the folder's README.md.")

  @Argument(help: "The folder of datasets.")
  var folder: String

  func run() throws {
    var table = ""
    for dataset in Dataset.committed {
      let network = dataset.network()
      var file = try FileOutput(path: "\(folder)/\(dataset.path)")
      dataset.write(network, to: &file)
      try file.finish()
      table += dataset.manifestRow(network)
    }
    let readme = URL(filePath: "\(folder)/README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    guard let rule = text.range(of: "|---|---|---|---|---|---|\n") else {
      throw ValidationError("\(readme.path) has no table of six columns to fill")
    }
    try (text[..<rule.upperBound] + table).write(to: readme, atomically: true, encoding: .utf8)
  }
}

extension Family: ExpressibleByArgument {}
extension Dataset.Format: ExpressibleByArgument {}
extension LinkWeights: ExpressibleByArgument {}
