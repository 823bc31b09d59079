import Planning
import TestSupport
import Testing
import TopologyModel

/// The checker finds fault where there is one: right plans are held against other requests.
@Suite struct PlanCheckerTests {
  /// Four computers in partitions 0 and 1, on a LAN, and one embedded computer.
  private static func request(
    partitions: [String?] = ["0", "0", "1", "1"], kinds: [String] = ["openvz", "openvz", "openvz", "openvz"],
    pass: [String?] = [nil, nil, nil, nil], address: String? = nil
  ) -> Topology {
    var builder = TopologyBuilder()
    for index in 0..<4 {
      var attributes: Attributes = ["containers:node_type": kinds[index]]
      attributes["containers:partition"] = partitions[index]
      attributes["containers:PartitionPass"] = pass[index]
      builder.add("n-\(index)", attributes)
    }
    builder.add("e", ["containers:node_type": "embedded_pnode"])
    builder.join("lan0", ["n-0", "n-1", "n-2", "n-3", "e"], addresses: address.map { ["n-0": $0] } ?? [:])
    return builder.topology
  }

  private func problems(
    of plan: Topology, against request: Topology, _ change: (inout PackingOptions) -> Void = { _ in }
  ) throws -> [String] {
    var options = PackingOptions()
    change(&options)
    let embedding = try embed(plan, options: options, site: SiteConfiguration())
    return PlanChecker(request, options: options).problems(of: embedding)
  }

  @Test func aRightPlanHasNoProblems() throws {
    #expect(try problems(of: Self.request(), against: Self.request()) == [])
  }

  @Test(arguments: [
    (request(partitions: ["0", "1", "1", "0"]), "n-1 isn't in its partition 1"),
    (request(kinds: ["openvz", "qemu", "openvz", "openvz"]), "pnode-0000 mixes kinds"),
    (request(partitions: [nil, nil, nil, nil], pass: ["0", "1", "0", "1"]), "pnode-0000 mixes passes"),
    (
      request(kinds: ["embedded_pnode", "openvz", "openvz", "openvz"]),
      "pnode-0000 shares an embedded computer's machine"
    ),
    (request(address: "10.0.0.9"), "10.0.0.9 has become 10.0.0.1"),
    (Topology.alone(5), "the computers are others"),
  ])
  func aPlanForAnotherRequestHasProblems(request: Topology, problem: String) throws {
    #expect(try problems(of: Self.request(), against: request).contains(problem))
  }

  @Test func capacityAndTheFewestHostsAreCounted() throws {
    let free = Self.request(partitions: [nil, nil, nil, nil])
    let uneven = Self.request(partitions: ["0", "0", "0", "1"])
    #expect(try problems(of: Self.request(), against: free) == ["pass 0 has 2 hosts, not 1"])
    #expect(try problems(of: Self.request(), against: free) { $0.packing = 2 } == [])
    #expect(try problems(of: uneven, against: free) { $0.packing = 2 } == ["pass 0 has a host of 3, more than 2"])
    #expect(try problems(of: Self.request(), against: free) { $0.size = 3 } == ["pass 0 has 2 hosts"])
    #expect(try problems(of: uneven, against: free) { $0.size = 2 } == ["pass 0 has a host of more than 2"])
    let even = try problems(of: uneven, against: free) { ($0.packing, $0.nodesOnly) = (3, true) }
    #expect(even == ["pass 0 is uneven: [1, 3]"])
  }

  @Test func crossingsAreRecounted() throws {
    var other = Self.request()
    other.interfaces[1].furtherSubstrates = [0]
    other.substrates.append(Substrate(name: "s"))
    var plan = other
    other.interfaces[0].furtherSubstrates = [1]
    other.interfaces[2].furtherSubstrates = [1]
    plan.interfaces[0].furtherSubstrates = []
    #expect(try problems(of: plan, against: other) == ["the crossings are others", "the cost is 3, not 2"])
  }
}
