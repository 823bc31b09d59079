internal import Partitioning
internal import SystemPackage

/// Where `packer` gets its problems from: files, read by what their names end in.
enum PackerInput {
  /// The problem that the options state for the hypergraph in a file.
  static func problem(_ graph: String, _ options: PackerProblemOptions) throws -> PartitioningProblem {
    let hypergraph = try hypergraph(graph)
    var fixedBlocks: [Int32] = []
    if let fixed = options.fixed {
      fixedBlocks = try PartitionFile.fixedBlocks(
        contents(fixed), file: fixed, vertexCount: hypergraph.vertexCount)
    }
    return PartitioningProblem(
      hypergraph, capacity: .uniform(options.capacity),
      blockCount: options.blocks.map { .exactly($0) } ?? .fewest, fixedBlocks: fixedBlocks)
  }

  /// The hypergraph in a file.
  static func hypergraph(_ file: String) throws -> Hypergraph {
    switch FilePath(file).extension {
    case "graph": try Hypergraph(metisGraph: contents(file), file: file)
    case "hgr": try Hypergraph(hmetis: contents(file), file: file)
    default:
      throw PackerInputError(
        "\(file): unknown kind of file; its name has to end in .graph (METIS) or .hgr (hMETIS)")
    }
  }

  /// The bytes of a file.
  static func contents(_ file: String) throws -> [UInt8] {
    do {
      let descriptor = try FileDescriptor.open(FilePath(file), .readOnly)
      return try descriptor.closeAfter {
        // Files tell their size, pipes don't.
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
          let count = try unsafe chunk.withUnsafeMutableBytes { try unsafe descriptor.read(into: $0) }
          if count == 0 { return bytes }
          bytes.append(contentsOf: chunk[..<count])
        }
      }
    } catch let error as Errno {
      throw PackerInputError("\(file): \(error)")
    }
  }
}

/// A file that can't be read or written.
struct PackerInputError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}
