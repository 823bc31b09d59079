internal import TopologyModel

/// The addresses and routes of a topology, which depend on each other.
struct NetworkPlan {
  /// The addresses.
  let addresses: AddressPlan
  /// The routes.
  let routes: RoutePlan
  /// What the user should know, one sentence each.
  let warnings: [String]
}

extension NetworkPlan {
  /// Plans addresses and routes.
  ///
  /// - Parameters:
  ///   - topology: The topology.
  ///   - incidence: Its interfaces by substrate.
  ///   - greatestWork: ``RoutePlan/greatestWork``.
  ///   - regionSize: ``RegionTree/usualSize``.
  /// - Throws: Everything that is wrong with fixed addresses and routes by hand.
  init(
    _ topology: Topology, incidence: Incidence, greatestWork: Int = RoutePlan.greatestWork,
    regionSize: Int = RegionTree.usualSize
  ) throws(PlanningError) {
    let graph = RoutingGraph(topology, incidence: incidence)
    let routing = RoutingProtocol(topology)
    guard routing == .computed, ShortestRoutes.work(graph) > greatestWork else {
      let addresses = try AddressPlan(topology, incidence: incidence)
      var warnings = addresses.warnings
      let source: RoutePlan.Source
      switch routing {
      case .computed: source = .shortest(ShortestRoutes(graph, addresses: addresses))
      case .manual:
        let manual = ManualRoutes(topology, graph: graph, addresses: addresses)
        guard manual.problems.isEmpty else { throw PlanningError(manual.problems) }
        source = .manual(manual)
      case .daemon, .none: source = .none
      case .unknown(let name):
        warnings.append(
          "`\(AttributeName.routing)` is none, static, manual or ospf: with `\(name)` computers get no routes")
        source = .none
      }
      self.init(
        addresses: addresses, routes: RoutePlan(source, graph: graph, addresses: addresses), warnings: warnings)
      return
    }
    let tree = RegionTree(graph, size: regionSize)
    var addresses = try AddressPlan(topology, incidence: incidence)
    var routes = RegionalRoutes(graph, tree: tree, addresses: addresses)
    var warnings: [String] = []
    if routes.lineCount > greatestWork {
      addresses = try AddressPlan(topology, incidence: incidence, order: tree.order)
      routes = RegionalRoutes(graph, tree: tree, addresses: addresses)
      warnings.append(
        "networks are numbered by region, not in the order of the file: routes of \(counted(topology.computers.count, "computer")) would be too many otherwise"
      )
    }
    guard routes.lineCount <= RoutePlan.greatestLineCount else {
      throw PlanningError([
        "routes of \(counted(topology.computers.count, "computer")) would take \(routes.lineCount) lines: let fewer addresses be "
          + "fixed, so that those of neighbours can follow each other, or set `\(AttributeName.routing)` to none"
      ])
    }
    self.init(
      addresses: addresses, routes: RoutePlan(.regional(routes), graph: graph, addresses: addresses),
      warnings: addresses.warnings + warnings)
  }
}
