/// A file that describes a network: all that is needed to write it again.
public struct Dataset: Sendable {
  /// A language that topologies are written in; the raw value is the file's ending.
  public enum Format: String, Sendable, CaseIterable {
    /// METIS's graphs.
    case graph
    /// hMETIS's hypergraphs.
    case hypergraph = "hgr"
    /// TopDL.
    case topdl = "xml"
    /// NS-2 in the testbed's dialect.
    case ns = "tcl"
  }

  /// The network's shape.
  public var family: Family
  /// How many nodes were asked for.
  public var nodes: Int
  /// The family's degree; the usual one where it is `nil`.
  public var degree: Int?
  /// Where random choices start from.
  public var seed: UInt64
  /// The language.
  public var format: Format
  /// What links and LANs weigh, in languages of graphs.
  public var weights = LinkWeights.equal
  /// What the file says beyond who is linked to whom.
  public var decoration = Network.Decoration()

  /// A file of a network.
  public init(_ family: Family, nodes: Int, degree: Int? = nil, seed: UInt64 = 1, format: Format) {
    self.family = family
    self.nodes = nodes
    self.degree = degree
    self.seed = seed
    self.format = format
  }

  /// The file's path in the folder of datasets, such as `graphs/ring-105.graph`.
  public var path: String {
    let folder =
      switch format {
      case .graph, .hypergraph: "graphs"
      case .topdl: "topdl"
      case .ns: "ns"
      }
    let kinds = decoration.mixedKinds ? "-mixed" : ""
    let copy = seed == 1 ? "" : "-\(seed)"
    let weights = weights == .equal ? "" : "-\(weights.rawValue)"
    return "\(folder)/\(family.rawValue)-\(nodes)\(weights)\(kinds)\(copy).\(format.rawValue)"
  }

  /// The arguments of `generate-datasets` that write this file.
  public var arguments: String {
    var words = ["make", family.rawValue, "--nodes \(nodes)"]
    if let degree { words.append("--degree \(degree)") }
    words += ["--seed \(seed)", "--format \(format.rawValue)"]
    if weights != .equal { words.append("--weights \(weights.rawValue)") }
    if decoration.mixedKinds { words.append("--mixed-kinds") }
    if let partitionSize = decoration.partitionSize { words.append("--partition-size \(partitionSize)") }
    return words.joined(separator: " ")
  }

  /// The network.
  public func network() -> Network { family.network(nodes: nodes, degree: degree, seed: seed) }

  /// Writes the file of a network made by ``network()``.
  public func write(_ network: Network, to output: inout some TextOutputStream) {
    let weights = weights.weights(count: network.substrateCount, seed: seed)
    switch format {
    case .graph: network.writeGraph(weights: weights, to: &output)
    case .hypergraph: network.writeHypergraph(weights: weights, to: &output)
    case .topdl: network.writeTopDL(decoration, to: &output)
    case .ns: network.writeNS(decoration, to: &output)
    }
  }
}
