internal import Partitioning
internal import TopologyModel

/// Where `packer` gets its problems from: files, read by what their names end in.
enum PackerInput {
  /// The problem that the options state for the hypergraph in a file.
  static func problem(_ graph: String, _ options: PackerProblemOptions) async throws -> PartitioningProblem {
    let hypergraph = try await hypergraph(graph)
    let count = hypergraph.vertexCount
    let fixedBlocks = try options.fixed.map { file in
      try PartitionFile.fixedBlocks(InputFile.bytes(of: file), file: file, vertexCount: count)
    }
    let classes = try options.classes.map { file in
      try PartitionFile.classes(InputFile.bytes(of: file), file: file, vertexCount: count)
    }
    return PartitioningProblem(
      hypergraph, capacity: try capacity(options), blockCount: options.blocks.map { .exactly($0) } ?? .fewest,
      classes: classes ?? [], fixedBlocks: fixedBlocks ?? [])
  }

  private static func capacity(_ options: PackerProblemOptions) throws -> PartitioningProblem.Capacity {
    guard let file = options.blockWeights else { return .uniform(options.capacity ?? 0) }
    let capacities = try PartitionFile.capacities(InputFile.bytes(of: file), file: file)
    if let asked = options.blocks, asked != capacities.count {
      throw CommandError(
        "\(file):\(capacities.count): the file has \(capacities.count) block weights, but --blocks asks for \(asked)")
    }
    return .perBlock(capacities)
  }

  /// Whether a file's name says that it can be read.
  static func isReadable(_ file: String) -> Bool {
    [".graph", ".hgr", ".tcl", ".ns", ".xml"].contains(where: file.hasSuffix)
  }

  /// The hypergraph in a file: a graph, a hypergraph, or a topology.
  static func hypergraph(_ file: String) async throws -> Hypergraph {
    if file.hasSuffix(".graph") { return try Hypergraph(metisGraph: InputFile.bytes(of: file), file: file) }
    if file.hasSuffix(".hgr") { return try Hypergraph(hmetis: InputFile.bytes(of: file), file: file) }
    guard isReadable(file) else {
      throw CommandError(
        "\(file): unknown kind of file; its name has to end in .graph (METIS), .hgr (hMETIS), .tcl or .ns (NS-2), or "
          + ".xml (TopDL)")
    }
    let input = try await TopologyFile.read(file, converter: nil, journal: Journal(isDetailed: false))
    return Hypergraph(input.topology)
  }
}

extension Hypergraph {
  /// A topology as a hypergraph: computers of weight 1, and a net for each substrate that joins some.
  init(_ topology: Topology) {
    let incidence = Incidence(topology)
    let nets = topology.substrates.indices.lazy
      .map { substrate in
        Set(incidence.interfaces(on: substrate).map { incidence.owners[$0] }).sorted()
      }
      .filter { $0.count > 1 }
    self.init(vertexWeights: [Int32](repeating: 1, count: topology.computers.count), nets: nets)
  }
}
