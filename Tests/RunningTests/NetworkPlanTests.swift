import HostManifests
import Testing

@testable import Running

struct NetworkPlanTests {
  private func plan(
    _ manifest: HostManifest, _ host: HostCapabilities = .all(), peers: [String: String] = [:]
  ) throws -> NetworkPlan {
    try NetworkPlan(
      manifest,
      NetworkPlan.Circumstances(
        processes: manifest.nodes.indices.map { Int32(100 + $0) }, capabilities: host, uplink: "uplink", peers: peers))
  }

  @Test func twoNodesOfANetworkAreJoinedDirectly() throws {
    let plan = try plan(.host(2))
    #expect(
      plan.hostCommands.last
        == "link add name inf000 mtu 1500 address 02:00:00:00:00:00 netns 100 type veth peer name inf000 mtu 1500 "
        + "address 02:00:00:00:00:01 netns 101")
    #expect(plan.taps.isEmpty && plan.paths.isEmpty && plan.hostShaping.isEmpty)
    #expect(
      plan.nodeCommands[1] == [
        "address add 192.168.0.3/16 dev control", "link set dev control up", "address add 10.0.0.2/24 dev inf000",
        "link set dev inf000 up", "route add 10.0.1.0/24 via 10.0.0.1 dev inf000",
      ])
  }

  @Test func moreNodesShareABridge() throws {
    let commands = try plan(.host(3)).hostCommands
    #expect(commands.filter { $0.contains("type veth peer name inf000") }.count == 3)
    #expect(commands.filter { $0.contains("master b0") }.count == 3)
  }

  @Test func aNetworkThatGoesOnElsewhereHasATunnelToEachHost() throws {
    let tunnel = ManifestSubstrate.Tunnel(identifier: 77, hosts: ["pnode-0001", "pnode-0002"])
    let manifest = HostManifest.host(1, tunnel: tunnel)
    let plan = try plan(manifest, peers: ["pnode-0001": "192.168.0.8", "pnode-0002": "192.168.0.9"])
    #expect(plan.hostCommands.contains { $0.contains("type vxlan id 77 local 192.168.0.1 ") })
    #expect(
      plan.tunnelTargets == [
        "fdb append 00:00:00:00:00:00 dev x0 dst 192.168.0.8", "fdb append 00:00:00:00:00:00 dev x0 dst 192.168.0.9",
      ])
    #expect(throws: RunningError.self) { try self.plan(manifest) }
    #expect(throws: RunningError.self) { try self.plan(manifest, .all(vxlan: false)) }
  }

  @Test func tunnelsPassFullPacketsWhereTheUnderlayIsKnownToTakeThem() throws {
    var substrate = HostManifest.host(1, tunnel: .init(identifier: 1, hosts: ["pnode-0001"])).substrates[0]
    substrate.mtu = 1450
    #expect(substrate.packetSize(between: nil) == 1450)
    #expect(substrate.packetSize(between: 9000) == 1500)
    #expect(substrate.packetSize(between: 1510) == 1460)
    #expect(substrate.packetSize(between: 1400) == 1450)
  }

  @Test func aNetworkOfMoreMembersThanABridgeHasPortsHasSeveralBridges() throws {
    let commands = try plan(.host(2001)).hostCommands
    let masters = commands.compactMap { command -> Substring? in
      guard let range = command.firstRange(of: " master b0") else { return nil }
      return command[command.index(range.lowerBound, offsetBy: 8)...].prefix { $0 != " " }
    }
    // The bridges that take the rest are ports of the first.
    #expect(masters.filter { $0 == "b0" }.count == 1002)
    #expect(masters.filter { $0 == "b0p1" }.count == 1001 && masters.filter { $0 == "b0p2" }.count == 2)
    #expect(commands.filter { $0.hasSuffix("master controlp1 up") }.count == 1001)
  }

  @Test func theKernelDelaysWhereItCan() throws {
    let plan = try plan(.host(2, shaping: .inNode(10, loss: 0.1, rate: 1000)))
    #expect(plan.taps.isEmpty)
    #expect(
      plan.nodeShaping
        == [0, 1].map { _ in
          ["qdisc add dev inf000 root netem limit 100000 delay 10.0ms loss 10.0% rate 1000000bit"]
        })
  }

  @Test func theRelayDelaysWhereTheKernelCant() throws {
    let plan = try plan(.host(2, shaping: .inNode(10)), .all(netem: false))
    #expect(plan.taps.map(\.place) == [.node(0), .node(1)])
    #expect(plan.paths.map(\.source) == [0, 1] && plan.paths.map(\.target) == [1, 0])
    #expect(plan.paths.map { $0.lanes.map(\.delayMilliseconds) } == [[10], [10]])
    #expect(!plan.hostCommands.contains { $0.contains("veth peer name inf000") })
  }

  @Test func aRateAloneIsLeftToTheKernel() throws {
    let plan = try plan(.host(2, shaping: .inNode(0, rate: 10_000)), .all(netem: false))
    #expect(plan.taps.isEmpty)
    #expect(plan.nodeShaping[0] == ["qdisc add dev inf000 root tbf rate 10000000bit burst 5000 limit 80700"])
  }

  @Test func whatDiffersByNeighbourIsForTheRelay() throws {
    let plan = try plan(.host(3, shaping: .inNode(30, neighbours: ["10.0.0.2"])))
    #expect(plan.paths.count == 6)
    #expect(plan.paths[0].lanes.map(\.delayMilliseconds) == [30, 15])
    #expect(plan.paths[0].neighbours == [0x0a00_0002: 0])
    // What comes back is as it was sent.
    #expect(plan.paths[1].lanes.map(\.isNothing) == [true])
  }

  @Test func shapingAtTheSwitchIsForBothDirections() throws {
    let manifest = HostManifest.host(2, shaping: .atSwitch(5))
    let kernel = try plan(manifest)
    #expect(kernel.hostShaping.count == 2 && kernel.nodeShaping.allSatisfy { $0.count == 1 })
    let relay = try plan(manifest, .all(netem: false))
    #expect(relay.paths.map { $0.lanes.map(\.delayMilliseconds) } == [[5], [5], [5], [5]])
    #expect(throws: RunningError.self) { try plan(manifest, .all(netem: false, tap: false)) }
  }

  @Test func aGhostsInterfacesAreDownUntilItIsStarted() throws {
    let plan = try plan(.host(2, isGhost: true))
    #expect(!plan.nodeCommands[0].contains { $0.contains("inf000 up") || $0.hasPrefix("route") })
    #expect(
      plan.ghostCommands(of: 0) == [
        "link set dev inf000 up", "route add 10.0.1.0/24 via 10.0.0.1 dev inf000",
      ])
  }

  @Test func namesAndNumbersThatArentWhatTheySeemAreRefused() throws {
    var manifest = HostManifest.host(2)
    try manifest.check()
    manifest.nodes[0].name = "../x"
    manifest.nodes[1].interfaces[0].name = "dev eth0"
    manifest.nodes[1].interfaces[0].mac = "x"
    manifest.nodes[1].routes[0].destinations = ["default; rm"]
    let problems = #expect(throws: RunningError.self) { try manifest.check() }?.description
    #expect(
      problems?.split(whereSeparator: \.isNewline).map(String.init) == [
        "\"../x\" is no name of a node",
        "n-1: \"dev eth0\" is no name of an interface: it has up to 15 letters, digits, dots, hyphens and underscores",
        "n-1: \"x\" is no MAC address", "n-1: \"default; rm\" is no network",
        "n-1: a route leaves by inf000, which isn't there",
      ])
    manifest.version = 2
    #expect(throws: RunningError("the manifest is of version 2: this hypervisor reads version 1")) {
      try manifest.check()
    }
  }
}
