internal import Partitioning
internal import SystemPackage

/// Where `packer` gets its problems from: files, read by what their names end in.
enum PackerInput {
  /// The problem that the options state for the hypergraph in a file.
  ///
  /// - Throws: Everything that is wrong with the files.
  static func problem(_ graph: String, _ arguments: PackerArguments) throws -> PartitioningProblem {
    let hypergraph = try hypergraph(graph)
    var fixedBlocks: [Int32] = []
    if let fixed = arguments.fixed {
      fixedBlocks = try PartitionFile.fixedBlocks(
        InputFile.bytes(of: fixed), file: fixed, vertexCount: hypergraph.vertexCount)
    }
    return PartitioningProblem(
      hypergraph, capacity: .uniform(arguments.capacity),
      blockCount: arguments.blocks.map { .exactly($0) } ?? .fewest, fixedBlocks: fixedBlocks)
  }

  /// The hypergraph in a file.
  private static func hypergraph(_ file: String) throws -> Hypergraph {
    switch FilePath(file).extension {
    case "graph": try Hypergraph(metisGraph: InputFile.bytes(of: file), file: file)
    case "hgr": try Hypergraph(hmetis: InputFile.bytes(of: file), file: file)
    default:
      throw CommandError("\(file): unknown kind of file; its name has to end in .graph (METIS) or .hgr (hMETIS)")
    }
  }
}
