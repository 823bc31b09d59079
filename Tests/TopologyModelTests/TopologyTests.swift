import Testing
import TopologyModel

@Suite struct TopologyTests {
  /// Two links and an empty LAN; a computer on both links, one on the second, one on none, and one twice on the second.
  private static let topology: Topology = {
    var topology = Topology()
    topology.substrates = [Substrate(name: "s"), Substrate(name: "t"), Substrate(name: "empty")]
    topology.append(
      Computer(name: "a"), interfaces: [Interface(name: "i", substrate: 1), Interface(name: "j", substrate: 0)])
    topology.append(Computer(name: "b"), interfaces: [Interface(name: "i", substrate: 1)])
    topology.append(Computer(name: "c"), interfaces: [])
    topology.append(
      Computer(name: "d"), interfaces: [Interface(name: "i", substrate: 1), Interface(name: "j", substrate: 1)])
    return topology
  }()

  @Test func interfacesOfAComputerFollowEachOther() {
    #expect(Self.topology.computers.map(\.interfaces) == [0..<2, 2..<3, 3..<3, 3..<5])
    #expect(Self.topology.interfaces.map(\.name) == ["i", "j", "i", "i", "j"])
  }

  @Test func changingAComputerLeavesItsInterfaces() {
    struct Refusal: Error, Equatable {}
    var topology = Self.topology
    topology.updateComputer(3) { $0 = Computer(name: "e", attributes: ["a": "b"]) }
    #expect(topology.computers[3].name == "e")
    #expect(topology.computers[3].interfaces == 3..<5)
    #expect(throws: Refusal()) {
      try topology.updateComputer(3) { _ throws(Refusal) in throw Refusal() }
    }
  }

  @Test func incidenceListsTheInterfacesOnEachSubstrateInOrder() {
    let incidence = Incidence(Self.topology)
    #expect(incidence.interfaces(on: 0) == [1])
    #expect(incidence.interfaces(on: 1) == [0, 2, 3, 4])
    #expect(incidence.interfaces(on: 2).isEmpty)
    #expect(Self.topology.interfaces.indices.map { incidence.computer(of: $0) } == [0, 0, 1, 3, 3])
  }

  @Test func incidenceHasFurtherSubstratesToo() {
    var topology = Self.topology
    topology.interfaces[2].furtherSubstrates = [0, 2]
    let incidence = Incidence(topology)
    #expect(incidence.interfaces(on: 0) == [1, 2])
    #expect(incidence.interfaces(on: 1) == [0, 2, 3, 4])
    #expect(incidence.interfaces(on: 2) == [2])
    #expect(topology.interfaces[2].substrates == [1, 0, 2])
  }

  @Test func incidenceOfNothingIsEmpty() {
    #expect(Incidence(Topology()).owners.isEmpty)
  }

  @Test(
    "Default names of interfaces have three digits or more",
    arguments: [(0, "inf000"), (12, "inf012"), (1234, "inf1234")])
  func defaultNames(position: Int, name: String) {
    #expect(Interface.defaultName(at: position) == name)
  }

  @Test func annotationsOfNothingAreEmpty() {
    #expect(Annotations().isEmpty)
    #expect(Annotations() == Annotations(localNames: []))
    #expect(!Annotations(status: .active).isEmpty)
    #expect(Annotations(localNames: ["a"]) == Annotations(localNames: ["a"]))
    #expect(Annotations(localNames: ["a"]) != Annotations(operations: ["a"]))
  }

  @Test(
    "Container kinds are known by their documented names",
    arguments: [
      ("openvz", ContainerKind.openvz), ("open_vz", .openvz), ("qemu", .qemu), ("process", .process),
      ("embedded_pnode", .embeddedPnode), ("pnode", nil), ("QEMU", nil), ("", nil),
    ])
  func kinds(name: String, kind: ContainerKind?) {
    #expect(ContainerKind(name: name) == kind)
  }

  @Test func containerKindsAreInTheOrderOfTheDocumentation() {
    #expect(ContainerKind.allCases.sorted() == [.openvz, .qemu, .process, .embeddedPnode])
  }
}
