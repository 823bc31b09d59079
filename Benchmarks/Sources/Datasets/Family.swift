/// The shapes of networks that testbed users build, and that the literature generates.
public enum Family: String, Sendable, CaseIterable {
  /// A hub and its leaves.
  case star
  /// Every node has two neighbours.
  case ring
  /// Rows and columns.
  case grid
  /// A grid whose ends meet.
  case torus
  /// A rooted tree in which every node has `degree` children.
  case tree
  /// Two stars joined by a bottleneck.
  case dumbbell
  /// A data centre's switches and hosts, in as many pods as the nodes suffice for.
  case fatTree = "fat-tree"
  /// Provider networks with customer networks hanging off them; `degree` is that inside a network.
  case transitStub = "transit-stub"
  /// Links between near points are likelier; `degree` is the mean.
  case waxman
  /// New nodes link to `degree` old ones, and rather to those with many links.
  case barabasiAlbert = "barabasi-albert"
  /// Points closer than a radius are linked; `degree` is the mean.
  case randomGeometric = "random-geometric"
  /// Buildings with LANs of about `degree` hosts around a ring of core routers.
  case campus
  /// Closed groups of about `degree` computers whose gateways are linked.
  case enclaves

  /// The degree that is taken where none is given.
  public var usualDegree: Int {
    switch self {
    case .star, .ring, .grid, .torus, .dumbbell, .fatTree: 0
    case .tree, .transitStub: 3
    case .barabasiAlbert: 2
    case .waxman: 4
    case .randomGeometric: 8
    case .campus: 12
    case .enclaves: 20
    }
  }

  /// Makes a network of this shape; the same arguments always give the same one.
  ///
  /// - Parameters:
  ///   - nodes: How many nodes, at least 10; grids, tori and fat-trees round down to what their shape allows.
  ///   - degree: What the family says it is; ``usualDegree`` where left out.
  ///   - seed: Where random choices start from; regular shapes don't depend on it.
  /// - Returns: A connected network.
  /// - Complexity: Linear in nodes and links.
  public func network(nodes: Int, degree: Int? = nil, seed: UInt64 = 1) -> Network {
    precondition(nodes >= 10, "a network of \(nodes) nodes is too small to have a shape")
    let degree = degree ?? usualDegree
    precondition(degree >= 0, "a degree of \(degree)")
    var random = RandomSource(seed: seed)
    return switch self {
    case .star: .star(nodes: nodes)
    case .ring: .ring(nodes: nodes)
    case .grid: .grid(nodes: nodes, wrapped: false)
    case .torus: .grid(nodes: nodes, wrapped: true)
    case .tree: .tree(nodes: nodes, children: max(degree, 1))
    case .dumbbell: .dumbbell(nodes: nodes)
    case .fatTree: .fatTree(nodes: nodes)
    case .transitStub: .transitStub(nodes: nodes, degree: degree, random: &random)
    case .waxman: .waxman(nodes: nodes, degree: degree, random: &random)
    case .barabasiAlbert: .barabasiAlbert(nodes: nodes, links: max(degree, 1), random: &random)
    case .randomGeometric: .randomGeometric(nodes: nodes, degree: degree, random: &random)
    case .campus: .campus(nodes: nodes, hosts: max(degree, 2), random: &random)
    case .enclaves: .enclaves(nodes: nodes, computers: max(degree, 4), random: &random)
    }
  }
}
