import HostManifests
import Running
import Testing

@testable import Swapping

struct ExpectationTests {
  private typealias Direction = InterfaceShaping.Direction

  /// What an interface does to packets in the node, each direction the whole way.
  private static func inNode(_ delay: Double, loss: Double = 0, rate: Double? = nil) -> InterfaceShaping {
    let half = Direction(delayMilliseconds: delay / 2, loss: 0, kilobitsPerSecond: rate)
    let whole = Direction(delayMilliseconds: delay, loss: loss, kilobitsPerSecond: rate)
    return InterfaceShaping(
      mechanism: .endNode, outgoing: half, incoming: half,
      transits: [InterfaceShaping.Transit(shaping: whole, neighbours: nil)])
  }

  /// A host with nodes in a row: each is on the network before it and on the one after it, `10.0.N.0/24`.
  private static func row(
    _ names: [String], shaping: InterfaceShaping? = nil, ghosts: Set<String> = [], withoutRoutes: Set<String> = []
  ) -> HostManifest {
    let nodes = names.enumerated().map { index, name in
      var interfaces: [ManifestInterface] = []
      for network in [index - 1, index] where network >= 0 && network < names.count - 1 {
        interfaces.append(
          ManifestInterface(
            name: "inf00\(interfaces.count)", mac: "02:00:00:00:00:00", address: "10.0.\(network).\(index + 1)",
            prefixLength: 24, substrate: "link-\(network)", shaping: shaping))
      }
      var routes: [ManifestRoute] = []
      for network in 0..<max(0, names.count - 1) where network != index && network != index - 1 {
        let (neighbour, out) = network < index ? (index - 1, index - 1) : (index + 1, index)
        routes.append(
          ManifestRoute(
            gateway: "10.0.\(out).\(neighbour + 1)", interface: "inf000", destinations: ["10.0.\(network).0/24"]))
      }
      return ManifestNode(
        name: name, kind: .openvz, image: nil, operatingSystem: nil, architecture: nil, memoryMegabytes: nil,
        diskMegabytes: nil, isGhost: ghosts.contains(name), startCommand: nil, packages: [], control: nil,
        interfaces: interfaces, routes: withoutRoutes.contains(name) ? [] : routes)
    }
    return HostManifest(
      project: "P1", experiment: "e1",
      host: ManifestHost(
        name: "pnode-0000", partition: "0", hardwareTypes: [], operatingSystem: nil, capabilities: [],
        templateDirectories: []), control: ControlNetwork(network: "192.168.0.0/16", address: nil), nodes: nodes,
      substrates: [], names: [], namesAreComplete: true)
  }

  @Test func aRoundTripTakesBothWaysAndTheTimeOfThePacket() {
    let links = LinkExpectation.all([Self.row(["a", "b"], shaping: Self.inNode(10, loss: 0.1, rate: 1000))])
    #expect(
      links.map { [$0.name, $0.from, $0.to, $0.source, $0.target] } == [["link-0", "a", "b", "10.0.0.1", "10.0.0.2"]])
    // 98 bytes with the Ethernet header, at 1000 bits a millisecond, twice.
    #expect(links.allSatisfy { abs($0.milliseconds - 20 - 2 * 0.784) < 1e-9 })
    #expect(links.allSatisfy { abs($0.loss - 0.19) < 1e-9 && $0.kilobitsPerSecond == 1000 })
  }

  @Test func shapingAtTheSwitchCountsOnBothSides() {
    let half = Direction(delayMilliseconds: 3, loss: 0, kilobitsPerSecond: nil)
    let shaping = InterfaceShaping(mechanism: .vde, outgoing: half, incoming: half, transits: [])
    #expect(LinkExpectation.all([Self.row(["a", "b"], shaping: shaping)]).map(\.milliseconds) == [12])
  }

  @Test func aVirtualMachineIsAskedRatherThanAsksAndHasMoreTime() {
    var manifest = Self.row(["a", "b", "c"], shaping: Self.inNode(10))
    for index in [0, 2] { manifest.nodes[index].kind = .qemu }
    let mixed = LinkExpectation.all([manifest])
    #expect(mixed.map { [$0.from, $0.to] } == [["b", "a"], ["b", "c"]] && mixed.allSatisfy { $0.tolerance == 4 })
    manifest.nodes[1].kind = .qemu
    #expect(LinkExpectation.all([manifest]).allSatisfy { $0.from < $0.to && $0.tolerance == 6 })
  }

  @Test func whatCantAnswerIsntAsked() {
    #expect(LinkExpectation.all([Self.row(["a", "b", "c"], ghosts: ["b"])]).isEmpty)
    #expect(LinkExpectation.all([Self.row(["a", "b"], shaping: Self.inNode(0, loss: 1))]).isEmpty)
  }

  @Test func linksThatLoseMuchAreAskedOften() {
    func attempts(_ loss: Double) -> Int? {
      LinkExpectation.all([Self.row(["a", "b"], shaping: Self.inNode(1, loss: loss))]).first?.delayProbe.attempts
    }
    #expect(attempts(0) == 20)
    // A round trip in a hundred comes back.
    #expect(attempts(0.9) == 400)
  }

  @Test func nodesThatReachEachOtherOverOthersHaveTo() {
    let probes = RouteExpectation([Self.row(["a", "b", "c", "d"])]).probes().map {
      "\($0.probe.node) \($0.probe.target)"
    }
    // Of neighbours, links tell.
    #expect(probes == ["a 10.0.1.3", "a 10.0.2.4", "b 10.0.2.4"])
  }

  @Test func whereRoutesDontLeadNobodyIsSent() {
    // d answers to nobody but its neighbour.
    let probes = RouteExpectation([Self.row(["a", "b", "c", "d"], withoutRoutes: ["d"])]).probes()
    #expect(probes.map { "\($0.probe.node) \($0.probe.target)" } == ["a 10.0.1.3"])
    #expect(RouteExpectation([Self.row(["a", "b", "c"], ghosts: ["b"])]).probes().isEmpty)
  }
}
