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
///
/// Options have our name first, then those that users of other partitioners know.
struct PackerProblemOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The most that a block may weigh.", valueName: "weight"))
  var capacity: Int?

  @Option(
    name: [.long, .customShort("k")],
    help: ArgumentHelp("Use exactly so many blocks. (default: as few as possible)", valueName: "count"))
  var blocks: Int?

  @Option(
    name: [.long, .customLong("part-weights")],
    help: ArgumentHelp(
      "Instead of --capacity: a file with a line for each block, the most that it may weigh.", valueName: "file"))
  var blockWeights: String?

  @Option(
    name: [.long, .customLong("fixed-vertices"), .customLong("fix-file"), .customShort("f")],
    help: ArgumentHelp(
      "A file with a line for each vertex: the block that it is fixed to, or -1.", valueName: "file"))
  var fixed: String?

  @Option(
    help: ArgumentHelp(
      "A file with a line for each vertex: an integer. Vertices with different ones never share a block.",
      valueName: "file"))
  var classes: String?

  func validate() throws {
    switch (capacity, blockWeights) {
    case (nil, nil): throw ValidationError("--capacity or --block-weights has to say what a block may weigh")
    case (.some, .some):
      throw ValidationError("--capacity and --block-weights both say what a block may weigh: give one of them")
    case (let capacity?, nil):
      if capacity < 1 { throw ValidationError("--capacity has to be at least 1") }
    case (nil, .some): break
    }
    if let blocks, blocks < 1 { throw ValidationError("--blocks has to be at least 1") }
  }
}
