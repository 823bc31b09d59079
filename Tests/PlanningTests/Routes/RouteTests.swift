import TestSupport
import Testing
import TopologyModel

@testable import Planning

@Suite struct RouteTests {
  private func walker(
    _ topology: Topology, greatestWork: Int = RoutePlan.greatestWork, regionSize: Int = RegionTree.usualSize
  ) throws -> RouteWalker {
    let plan = try NetworkPlan(
      topology, incidence: Incidence(topology), greatestWork: greatestWork, regionSize: regionSize)
    return RouteWalker(topology, plan: plan.addresses, routes: plan.routes)
  }

  private func table(_ walker: RouteWalker, of name: String) -> [String] {
    guard let computer = walker.topology.computers.firstIndex(where: { $0.name == name }) else { return [] }
    return walker.table(of: computer).map { "\($0.destination) \($0.gateway)" }
  }

  /// Addresses that nobody has: in networks, between and beyond them.
  private func unusedAddresses(_ topology: Topology, seed: UInt64) -> [IPv4Address] {
    var random = SplitMix64(seed: seed)
    let last = UInt32(topology.substrates.count) * 256 + 600
    return (0..<12).map { _ in IPv4Address(value: 10 << 24 + UInt32.random(in: 0..<last, using: &random)) }
      + ["10.255.255.254", "172.16.0.1", "192.168.0.9", "0.0.0.1", "255.255.255.255"].compactMap { IPv4Address($0) }
  }

  // MARK: Every pair

  @Test(arguments: 0..<120 as Range<UInt64>)
  func everyPairOfARandomNetworkIsJoinedByAShortestPathOrNotAtAll(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 1...22, using: &random)
    let topology = Topology.random(
      computers: count, substrates: Int.random(in: 0...(2 * count), using: &random), seed: seed)
    let walker = try walker(topology)
    #expect(walker.problems(others: unusedAddresses(topology, seed: seed)) == [], "seed \(seed)")
    #expect(walker.excessivePrefixes == [], "seed \(seed)")
  }

  @Test(arguments: 0..<120 as Range<UInt64>)
  func everyPairOfALargeNetworkIsJoinedAndNothingLoops(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 5...28, using: &random)
    let topology = Topology.random(
      computers: count, substrates: Int.random(in: count...(2 * count), using: &random), seed: seed)
    // As if it were too large for shortest paths, with regions of a few networks.
    let walker = try walker(topology, greatestWork: 0, regionSize: 2 + Int(seed) % 4)
    let problems = walker.problems(stretch: 5, allowance: 10, others: unusedAddresses(topology, seed: seed))
    #expect(problems == [], "seed \(seed)")
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func fixedAddressesAreRoutedInLargeNetworksToo(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var topology = Topology.random(computers: 25, substrates: 40, seed: seed)
    for interface in topology.interfaces.indices where Int.random(in: 0..<3, using: &random) == 0 {
      let substrate = topology.interfaces[interface].substrate
      let block = (substrate * 37) % 100
      topology.interfaces[interface].attributes[AttributeName.address] =
        substrate % 2 == 0 ? "10.\(block).0.\(interface % 250 + 1)" : "172.16.\(block).\(interface % 250 + 1)"
    }
    #expect(try walker(topology).problems(others: unusedAddresses(topology, seed: seed)) == [], "seed \(seed)")
    let regional = try walker(topology, greatestWork: 0, regionSize: 4)
    #expect(
      regional.problems(stretch: 5, allowance: 10, others: unusedAddresses(topology, seed: seed)) == [], "seed \(seed)")
  }

  // MARK: Small tables

  @Test func aStubHasOneLineAndItsRouterNone() throws {
    var builder = TopologyBuilder()
    for name in ["a", "r", "b"] { builder.add(name) }
    builder.join("left", ["a", "r"])
    builder.join("right", ["r", "b"])
    let walker = try walker(builder.topology)
    #expect(table(walker, of: "a") == ["10.0.1.0/24 10.0.0.2"])
    #expect(table(walker, of: "r") == [])
    #expect(table(walker, of: "b") == ["10.0.0.0/24 10.0.1.1"])
  }

  @Test func twoRoutersNeverHoldTheSamePrefixTowardsEachOther() throws {
    // The trap that users of the old system repaired by hand: 10.0.0.0/8 on both sides.
    var builder = TopologyBuilder()
    for name in ["a", "b", "router-1", "router-2", "c", "d"] { builder.add(name) }
    builder.join("lan0", ["a", "b", "router-1"])
    builder.join("middle", ["router-1", "router-2"])
    builder.join("lan1", ["c", "d", "router-2"])
    let walker = try walker(builder.topology)
    #expect(table(walker, of: "router-1") == ["10.0.2.0/24 10.0.1.2"])
    #expect(table(walker, of: "router-2") == ["10.0.0.0/24 10.0.1.1"])
    #expect(table(walker, of: "a") == ["10.0.1.0/24 10.0.0.3", "10.0.2.0/24 10.0.0.3"])
  }

  @Test func aStarOfAThousandHasTablesOfAFewLines() throws {
    let walker = try walker(.star(satellites: 1000))
    #expect(table(walker, of: "center") == [])
    // 1000 networks: 512 + 256 + 128 + 64 + 32 + 8.
    #expect(walker.table(of: 500).count == 6)
    #expect(walker.problems(to: [0, 1, 1000]) == [])
  }

  @Test func aHostOfItsOwnIsNamedWhereItsNetworkIsReachedAnotherWay() throws {
    // A ring of three: the far link's two ends are equally near.
    var builder = TopologyBuilder()
    for name in ["a", "b", "c"] { builder.add(name) }
    builder.join("ab", ["a", "b"])
    builder.join("bc", ["b", "c"])
    builder.join("ca", ["c", "a"])
    let walker = try walker(builder.topology)
    #expect(table(walker, of: "a") == ["10.0.1.0/24 10.0.0.2", "10.0.1.2/32 10.0.2.2"])
    #expect(walker.problems() == [])
  }

  // MARK: Protocols

  /// A chain `a` – `b` – `c` of links `ab` and `bc`.
  private func chain(_ routing: String?, routes: [String: [String]] = [:]) -> Topology {
    var builder = TopologyBuilder()
    for name in ["a", "b", "c"] {
      builder.add(name, Attributes((routes[name] ?? []).map { Attribute("route", $0) }))
    }
    builder.join("ab", ["a", "b"])
    builder.join("bc", ["b", "c"])
    var topology = builder.topology
    topology.attributes["rtproto"] = routing
    return topology
  }

  @Test(arguments: ["static", "static-old", "static-ddijk", "Static", nil])
  func staticRoutesAreComputedAndSoAreThoseOfTopologiesThatSayNothing(routing: String?) throws {
    #expect(table(try walker(chain(routing)), of: "a") == ["10.0.1.0/24 10.0.0.2"])
  }

  @Test(arguments: ["none", "ospf", "Session"])
  func otherProtocolsHaveNoStaticRoutes(routing: String) throws {
    #expect(try walker(chain(routing)).lineCount == 0)
  }

  @Test func anUnknownProtocolMeansNoneAndIsNamed() throws {
    let topology = chain("rip")
    let plan = try NetworkPlan(topology, incidence: Incidence(topology))
    #expect(plan.warnings == ["`rtproto` is none, static, manual or ospf: with `rip` computers get no routes"])
    #expect(plan.routes.table(of: 0) == [])
  }

  @Test func manualRoutesAreThoseGivenAndNoOthers() throws {
    let topology = chain("manual", routes: ["a": ["bc b", "c b"], "c": ["ab b"]])
    let walker = try walker(topology)
    #expect(table(walker, of: "a") == ["10.0.1.0/24 10.0.0.2", "10.0.1.2/32 10.0.0.2"])
    #expect(table(walker, of: "b") == [])
    #expect(table(walker, of: "c") == ["10.0.0.0/24 10.0.1.1"])
    #expect(walker.fates(to: walker.plan.addresses[3])[0] == .arrived(hops: 2))
  }

  @Test func routesByHandAreForManualRoutingOnly() throws {
    #expect(try walker(chain("none", routes: ["a": ["bc b"]])).lineCount == 0)
  }

  @Test func mistakesInManualRoutesAreReported() {
    let topology = chain("manual", routes: ["a": ["bc", "bd b", "bc d", "bc c", "b b", "bc a"]])
    var problems: [String] = []
    do throws(PlanningError) {
      _ = try NetworkPlan(topology, incidence: Incidence(topology))
    } catch {
      problems = error.problems
    }
    #expect(
      problems == [
        "`bc`, a route of a, is none: one is a destination and the next hop",
        "the route of a to bd leads to nothing of that name",
        "the route of a to bc goes by d, which is no computer",
        "the route of a to bc goes by c, which is on none of its substrates",
        "the route of a to b says to no one address: b has 2 interfaces, so name one of its substrates instead",
        "the route of a to bc goes by a, which is on none of its substrates",
      ])
  }

  // MARK: Large networks

  /// A grid of computers, each joined to its neighbours.
  private func grid(_ width: Int, _ height: Int) -> Topology {
    var topology = Topology()
    var interfaces = [[Interface]](repeating: [], count: width * height)
    func join(_ one: Int, _ other: Int) {
      for end in [one, other] {
        interfaces[end].append(Interface(name: "inf", substrate: topology.substrates.count))
      }
      topology.substrates.append(Substrate(name: "s-\(topology.substrates.count)"))
    }
    for index in 0..<width * height {
      if index % width + 1 < width { join(index, index + 1) }
      if index + width < width * height { join(index, index + width) }
    }
    for (index, own) in interfaces.enumerated() { topology.append(Computer(name: "n-\(index)"), interfaces: own) }
    return topology
  }

  @Test func largeNetworksKeepTheirDocumentedAddressesWhereTablesAreSmallEvenSo() throws {
    let topology = grid(12, 12)
    let incidence = Incidence(topology)
    let plan = try NetworkPlan(topology, incidence: incidence, greatestWork: 30_000)
    #expect(plan.addresses == (try AddressPlan(topology, incidence: incidence)))
    #expect(plan.warnings == [])
    let renumbered = try NetworkPlan(topology, incidence: incidence, greatestWork: 0)
    #expect(renumbered.addresses != plan.addresses)
    #expect(
      renumbered.warnings == [
        "networks are numbered by region, not in the order of the file: routes of 144 computers would be too many "
          + "otherwise"
      ])
    #expect(Set(renumbered.addresses.addresses).count == topology.interfaces.count)
  }

  @Test func tablesOfAGridStaySmallAndItsPathsNearlyShortest() throws {
    let walker = try walker(grid(24, 24), greatestWork: 0)
    #expect(walker.problems(to: [0, 300, 575], stretch: 2, allowance: 6) == [])
    // Exact tables have a line for most of its 1104 networks.
    #expect(walker.lineCount < 40 * 576)
  }

  @Test(arguments: [RoutePlan.greatestWork, 0])
  func plansAreTheSameEachTime(greatestWork: Int) throws {
    let topology = Topology.random(computers: 40, substrates: 60, seed: 7)
    let one = try walker(topology, greatestWork: greatestWork)
    let other = try walker(topology, greatestWork: greatestWork)
    #expect(topology.computers.indices.allSatisfy { one.table(of: $0) == other.table(of: $0) })
  }
}
