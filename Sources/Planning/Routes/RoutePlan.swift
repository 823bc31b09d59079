internal import TopologyModel

/// The routing table of every computer.
///
/// Tables are made when they are asked for: those of a large experiment needn't be in memory together.
///
/// The topology's attribute `rtproto` says where routes come from. Computed routes follow the
/// shortest paths, counted in hops, and a table has as few prefixes as say that. A prefix covers no address for which
/// its computer has no way: what nobody has is dropped where it is first asked for, and so never loops.
///
/// Shortest paths between all pairs are too many for large networks. Beyond ``greatestWork``, routes lead from region to
/// region (``RegionalRoutes``), and the networks of a region get addresses that follow each other.
public struct RoutePlan: Sendable, Equatable {
  /// Where routes come from.
  enum Source: Equatable {
    case none
    case manual(ManualRoutes)
    case shortest(ShortestRoutes)
    case regional(RegionalRoutes)
  }

  private let source: Source
  private let graph: RoutingGraph
  private let addresses: [IPv4Address]

  /// How many pairs of a computer that decides and a substrate there are at most where all shortest paths are found.
  static let greatestWork = 1 << 23
  /// How many lines tables have at most in all, before they are made small.
  static let greatestLineCount = 1 << 27

  /// - Parameters:
  ///   - source: Where the routes come from.
  ///   - graph: The network.
  ///   - addresses: Its addresses.
  init(_ source: Source, graph: RoutingGraph, addresses: AddressPlan) {
    self.source = source
    self.graph = graph
    self.addresses = addresses.addresses
  }

  /// The routing table of a computer.
  ///
  /// - Parameter computer: An index in ``Topology/computers``.
  /// - Returns: Its routes by ascending destination, shorter prefixes first; those given by hand in their order. The
  ///   computer's own networks aren't among them.
  /// - Complexity: O(interfaces + substrates) in networks that aren't large; the size of the table, nearly, in others.
  public func table(of computer: Int) -> [Route] {
    let entries: [PrefixTable.Entry]
    switch source {
    case .none: return []
    case .manual(let manual): return manual.routes[computer] ?? []
    case .shortest(let routes): entries = routes.table(of: computer)
    case .regional(let routes): entries = routes.table(of: computer)
    }
    return entries.map { entry in
      guard let own = graph.ownInterface(of: computer, towards: Int(entry.hop)) else {
        preconditionFailure("interface \(entry.hop) is on no substrate of computer \(computer)")
      }
      return Route(destination: entry.destination, gateway: addresses[Int(entry.hop)], interface: own)
    }
  }
}
