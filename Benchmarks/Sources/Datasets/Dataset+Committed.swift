extension Dataset {
  /// The generated files that the repository holds, in the order of its manifest.
  public static let committed: [Dataset] =
    [
      Dataset(.star, nodes: 101, format: .graph),
      Dataset(.ring, nodes: 105, format: .graph),
      Dataset(.grid, nodes: 400, format: .graph),
      Dataset(.torus, nodes: 900, format: .graph),
      Dataset(.tree, nodes: 364, format: .graph),
      Dataset(.tree, nodes: 1111, degree: 10, format: .graph),
      Dataset(.dumbbell, nodes: 62, format: .graph),
      Dataset(.fatTree, nodes: 36, format: .graph),
      Dataset(.fatTree, nodes: 208, format: .graph),
      Dataset(.fatTree, nodes: 1344, format: .graph),
      Dataset(.transitStub, nodes: 100, format: .graph),
      Dataset(.transitStub, nodes: 600, format: .graph),
      Dataset(.transitStub, nodes: 2000, format: .graph),
      Dataset(.waxman, nodes: 50, format: .graph),
      Dataset(.waxman, nodes: 300, format: .graph),
      Dataset(.waxman, nodes: 1000, format: .graph),
      Dataset(.barabasiAlbert, nodes: 100, format: .graph),
      Dataset(.barabasiAlbert, nodes: 500, degree: 1, format: .graph),
      Dataset(.barabasiAlbert, nodes: 2000, format: .graph),
      Dataset(.randomGeometric, nodes: 60, degree: 5, format: .graph),
      Dataset(.randomGeometric, nodes: 250, format: .graph),
      Dataset(.randomGeometric, nodes: 1000, format: .graph),
      Dataset(.transitStub, nodes: 600, format: .graph).weighing(.decades),
      Dataset(.waxman, nodes: 300, format: .graph).weighing(.decades),
      Dataset(.grid, nodes: 900, format: .graph).weighing(.pareto),
      Dataset(.barabasiAlbert, nodes: 1000, format: .graph).weighing(.pareto),
      Dataset(.campus, nodes: 60, degree: 6, format: .hypergraph),
      Dataset(.campus, nodes: 420, format: .hypergraph),
      Dataset(.campus, nodes: 2000, format: .hypergraph),
      Dataset(.enclaves, nodes: 40, format: .hypergraph),
      Dataset(.enclaves, nodes: 200, format: .hypergraph),
      Dataset(.enclaves, nodes: 2000, format: .hypergraph),
      Dataset(.star, nodes: 10, format: .topdl),
      Dataset(.tree, nodes: 60, format: .topdl),
      Dataset(.fatTree, nodes: 208, format: .topdl),
      Dataset(.transitStub, nodes: 300, format: .topdl),
      Dataset(.campus, nodes: 420, format: .topdl),
      Dataset(.enclaves, nodes: 60, format: .topdl).withMixedKinds,
      Dataset(.campus, nodes: 200, format: .topdl).withMixedKinds,
      Dataset(.grid, nodes: 100, format: .ns),
      Dataset(.waxman, nodes: 50, format: .ns),
      Dataset(.transitStub, nodes: 200, format: .ns),
      Dataset(.enclaves, nodes: 60, format: .ns).withMixedKinds,
    ]

  private func weighing(_ weights: LinkWeights) -> Dataset {
    var dataset = self
    dataset.weights = weights
    return dataset
  }

  private var withMixedKinds: Dataset {
    var dataset = self
    dataset.decoration.mixedKinds = true
    return dataset
  }

  /// The dataset's row in the manifest.
  public func manifestRow(_ network: Network) -> String {
    let cells = [
      "`\(path)`", family.rawValue, String(network.nodeCount), String(network.substrateCount), String(seed),
      "`\(arguments)`",
    ]
    return "| " + cells.joined(separator: " | ") + " |\n"
  }
}
