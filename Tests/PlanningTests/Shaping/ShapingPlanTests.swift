import TestSupport
import Testing
import TopologyModel

@testable import Planning

@Suite struct ShapingPlanTests {
  /// Two computers of the given kinds on a link with the given delay.
  private func link(_ kinds: [String], milliseconds: Double? = 10) -> Topology {
    var builder = TopologyBuilder()
    for (index, kind) in kinds.enumerated() { builder.add("n-\(index)", [AttributeName.nodeType: kind]) }
    builder.join("s", kinds.indices.map { "n-\($0)" })
    var topology = builder.topology
    topology.substrates[0].latency = milliseconds.map { Latency(milliseconds: $0) }
    topology.substrates[0].capacity = Capacity(kilobitsPerSecond: 100_000)
    return topology
  }

  private func plan(_ topology: Topology, _ settings: [SiteConfiguration.Key: String] = [:]) -> ShapingPlan {
    var site = SiteConfiguration()
    for (key, value) in settings { site[key] = value }
    return ShapingPlan(topology, incidence: Incidence(topology), site: site)
  }

  @Test(
    arguments: [
      (kind: "process", settings: [:], mechanism: ShapingMechanism.vde),
      ("process", [.switchShaping: "false", .switchedContainers: "qemus"], .vde),
      ("qemu", [:], .vde), ("qemu", [.switchShaping: "true"], .vde), ("qemu", [.switchedContainers: "qemus"], .vde),
      ("qemu", [.switchShaping: "false"], .endNode), ("qemu", [.switchedContainers: "process"], .endNode),
      ("openvz", [:], .endNode), ("openvz", [.switchedContainers: "openvz,qemu"], .endNode),
      ("embedded_pnode", [:], .endNode),
    ] as [(kind: String, settings: [SiteConfiguration.Key: String], mechanism: ShapingMechanism)])
  func theKindAndTheSiteSayWhereTrafficIsShaped(
    kind: String, settings: [SiteConfiguration.Key: String], mechanism: ShapingMechanism
  ) {
    #expect(plan(link([kind]), settings).mechanisms == [mechanism])
  }

  @Test func mechanismsThatMeetOnAShapedNetworkAreNamedWithTheRemedy() {
    #expect(
      plan(link(["qemu", "openvz", "qemu", "embedded_pnode"])).warnings == [
        "s is shaped at the switch for n-0, n-2 and in the node for n-1, n-3, so its delay and loss will be wrong: use "
          + "--end-node-shaping, or put a link without delay and loss between them"
      ])
    #expect(
      plan(link(["process", "openvz"])).warnings == [
        "s is shaped at the switch for n-0 and in the node for n-1, so its delay and loss will be wrong: a process "
          + "container can't shape its own traffic, so put a link without delay and loss between them"
      ])
  }

  @Test(arguments: [["qemu", "qemu"], ["openvz", "openvz", "embedded_pnode"], ["qemu", "process"], ["qemu"]])
  func oneMechanismIsFine(kinds: [String]) {
    #expect(plan(link(kinds)).warnings == [])
  }

  @Test func endNodeShapingIsTheRemedyItIsSaidToBe() {
    #expect(plan(link(["qemu", "openvz"]), [.switchShaping: "false"]).warnings == [])
  }

  @Test func aNetworkWithoutDelayAndLossMayHaveBoth() {
    #expect(plan(link(["qemu", "openvz"], milliseconds: nil)).warnings == [])
    #expect(plan(link(["process", "openvz"], milliseconds: 0)).warnings == [])
  }

  @Test func onlyShapedMembersCount() {
    // The VDE half of the link is free of delay and loss.
    var topology = link(["qemu", "openvz"])
    topology.interfaces[0].latency = Latency(milliseconds: 0)
    #expect(plan(topology).warnings == [])
  }

  // MARK: Transits

  private func transits(_ topology: Topology, of interface: Int) throws -> [Transit] {
    try embed(topology, options: PackingOptions(), site: SiteConfiguration()).transits(of: interface)
  }

  @Test func anEndNodeDelaysForTheWholeWay() throws {
    var topology = link(["embedded_pnode", "embedded_pnode", "embedded_pnode"], milliseconds: 25)
    topology.substrates[0].attributes[AttributeName.loss] = "0.19"
    let transits = try transits(topology, of: 1)
    #expect(transits.count == 1)
    #expect(transits.first?.neighbours == nil)
    #expect(transits.first?.shaping.milliseconds == 25)
    #expect(transits.first?.shaping.kilobitsPerSecond == 100_000)
    #expect(abs((transits.first?.shaping.loss ?? 0) - 0.19) < 1e-12)
  }

  @Test func neighboursThatAreUnlikeTheOthersAreListed() throws {
    var topology = link(Array(repeating: "embedded_pnode", count: 5), milliseconds: 10)
    topology.interfaces[2].latency = Latency(milliseconds: 40)
    topology.interfaces[2].capacity = Capacity(kilobitsPerSecond: 1000)
    let transits = try transits(topology, of: 0)
    #expect(transits.map(\.shaping.milliseconds) == [10, 45])
    #expect(transits.map(\.shaping.kilobitsPerSecond) == [100_000, 1000])
    #expect(transits.map(\.neighbours) == [nil, [2]])
  }

  @Test func whatIsNotShapedHasNoTransit() throws {
    var topology = link(["embedded_pnode", "embedded_pnode"], milliseconds: nil)
    topology.substrates[0].capacity = nil
    #expect(try transits(topology, of: 0) == [])
    #expect(try transits(link(["embedded_pnode"]), of: 0) == [])
  }
}
