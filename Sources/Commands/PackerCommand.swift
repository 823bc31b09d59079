public import ArgumentParser

/// `packer`: the partitioning engine for graphs and hypergraphs in files.
public struct PackerCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "packer",
    abstract: "Packs the vertices of graphs and hypergraphs into blocks of hard capacity, cutting as little as it can.",
    subcommands: [PackerPartitionCommand.self, PackerVerifyCommand.self, PackerBatchCommand.self])

  /// A command; its options come from parsing.
  public init() {}
}

/// What `packer`'s commands are asked: the problem, as options.
struct PackerProblemOptions: ParsableArguments {
  @Option(help: "The most that a block may weigh.")
  var capacity: Int

  @Option(help: "Use exactly so many blocks. (default: as few as possible)")
  var blocks: Int?

  @Option(help: "A file with a line for each vertex: the block that it is fixed to, or -1.")
  var fixed: String?

  func validate() throws {
    if capacity < 1 { throw ValidationError("--capacity has to be at least 1") }
    if let blocks, blocks < 1 { throw ValidationError("--blocks has to be at least 1") }
  }
}
