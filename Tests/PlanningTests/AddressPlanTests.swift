import Foundation
import Planning
import TestSupport
import Testing
import TopologyModel

@Suite struct AddressPlanTests {
  private func plan(_ topology: Topology) throws(PlanningError) -> AddressPlan {
    try AddressPlan(topology, incidence: Incidence(topology))
  }

  private func problems(_ topology: Topology) -> [String] {
    do throws(PlanningError) {
      _ = try plan(topology)
      return []
    } catch {
      return error.problems
    }
  }

  /// The addresses on a substrate, each with its computer, in order.
  private func addresses(_ topology: Topology, on substrate: Int) throws -> [[String]] {
    let plan = try plan(topology)
    let incidence = Incidence(topology)
    return incidence.interfaces(on: substrate).map {
      [topology.computers[incidence.computer(of: $0)].name, plan.addresses[$0].description]
    }
  }

  /// Computers `n-0`… and substrates of the given sizes, as many computers as the largest needs.
  private func topology(sizes: [Int]) -> Topology {
    var topology = Topology()
    topology.substrates = sizes.indices.map { Substrate(name: "s-\($0)") }
    for computer in 0..<(sizes.max() ?? 0) {
      let interfaces = sizes.indices.filter { computer < sizes[$0] }.map { Interface(name: "inf\($0)", substrate: $0) }
      topology.append(Computer(name: "n-\(computer)"), interfaces: interfaces)
    }
    return topology
  }

  @Test func theKthSubstrateGetsTheKthNetworkAndItsMembersCountFromOne() throws {
    let topology = topology(sizes: [2, 0, 3])
    #expect(try plan(topology).networks.map(\.description) == ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"])
    #expect(try addresses(topology, on: 2) == [["n-0", "10.0.2.1"], ["n-1", "10.0.2.2"], ["n-2", "10.0.2.3"]])
  }

  @Test(arguments: [
    ([254, 2], ["10.0.0.0/24", "10.0.1.0/24"]), ([255, 2], ["10.0.0.0/23", "10.0.2.0/24"]),
    ([2, 510, 2], ["10.0.0.0/24", "10.0.2.0/23", "10.0.4.0/24"]),
    ([2, 511, 2], ["10.0.0.0/24", "10.0.4.0/22", "10.0.8.0/24"]),
  ])
  func largeSubstratesGetTheSmallestNetworkThatHoldsThem(sizes: [Int], networks: [String]) throws {
    let topology = topology(sizes: sizes)
    let plan = try plan(topology)
    #expect(plan.networks.map(\.description) == networks)
    #expect(Set(plan.addresses).count == topology.interfaces.count)
  }

  @Test func theMembersOfALargeSubstrateRunThroughItsNetwork() throws {
    let addresses = try addresses(topology(sizes: [300]), on: 0)
    #expect(addresses[254] == ["n-254", "10.0.0.255"])
    #expect(addresses[255] == ["n-255", "10.0.1.0"])
    #expect(addresses[299] == ["n-299", "10.0.1.44"])
  }

  /// A ring of computers: as many links as computers.
  private func ring(_ count: Int) -> Topology {
    var topology = Topology()
    topology.substrates = (0..<count).map { Substrate(name: "s-\($0)") }
    for computer in 0..<count {
      let links = [(computer + count - 1) % count, computer]
      topology.append(
        Computer(name: "n-\(computer)"), interfaces: links.map { Interface(name: "inf\($0)", substrate: $0) })
    }
    return topology
  }

  @Test func sixtyFiveThousandSubstratesFitAndOneMoreMakesThemSmall() throws {
    let last = try plan(ring(65_536))
    #expect(last.networks[65_535].description == "10.255.255.0/24")
    let more = try plan(ring(65_537))
    #expect(more.networks.prefix(3).map(\.description) == ["10.0.0.0/30", "10.0.0.4/30", "10.0.0.8/30"])
    #expect(more.addresses.prefix(2).map(\.description) == ["10.4.0.1", "10.0.0.1"])
    #expect(Set(more.addresses).count == 2 * 65_537)
  }

  @Test(arguments: [64, 65])
  func whatNeverFitsIsRefusedWithTheNumbers(links: Int) {
    // Networks are fixed nearly everywhere: 10.128.0.0/9, 10.64.0.0/10, … leave 10.0.0.0/24, with room for 64 links.
    var builder = TopologyBuilder()
    for name in ["a", "b"] { builder.add(name) }
    for index in 0..<links { builder.join("s-\(index)", ["a", "b"]) }
    for length in 9...24 {
      let base = IPv4Address(value: 10 << 24 | 1 << UInt32(32 - length))
      let network = IPv4Network(containing: base, prefixLength: length)
      builder.join(
        "t-\(length)", ["a"], addresses: ["a": IPv4Address(value: base.value + 1).description],
        netmask: network.netmask.description)
    }
    let refusal =
      "the networks of 65 substrates don't fit in 10.0.0.0/8: even the smallest, around the fixed ones, take 16777220 "
      + "of its 16777216 addresses"
    #expect(problems(builder.topology) == (links == 64 ? [] : [refusal]))
  }

  @Test func fixedAddressesAreKeptAndTheOthersFillTheirNetwork() throws {
    var builder = TopologyBuilder()
    for name in ["a", "b", "c", "d"] { builder.add(name) }
    builder.join("free0", ["a", "b"])
    builder.join("fixed", ["a", "b", "c", "d"], addresses: ["b": "10.0.1.1", "d": "10.0.1.3"])
    builder.join("free1", ["c", "d"])
    builder.join("outside", ["a", "c"], addresses: ["a": "172.16.3.9"], netmask: "255.255.0.0")
    let topology = builder.topology
    #expect(
      try plan(topology).networks.map(\.description) == ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "172.16.0.0/16"])
    #expect(
      try addresses(topology, on: 1) == [
        ["a", "10.0.1.2"], ["b", "10.0.1.1"], ["c", "10.0.1.4"], ["d", "10.0.1.3"],
      ])
    #expect(try addresses(topology, on: 3) == [["a", "172.16.3.9"], ["c", "172.16.0.1"]])
  }

  @Test func automaticNetworksKeepOutOfFixedOnesOfAnySize() throws {
    var builder = TopologyBuilder()
    for name in ["a", "b"] { builder.add(name) }
    builder.join("s0", ["a", "b"])
    builder.join("s1", ["a", "b"], addresses: ["a": "10.0.0.130"], netmask: "255.255.255.192")
    builder.join("s2", ["a", "b"], addresses: ["a": "10.0.3.7"], netmask: "255.255.254.0")
    builder.join("s3", ["a", "b"])
    builder.join("s4", ["a", "b"])
    #expect(
      try plan(builder.topology).networks.map(\.description) == [
        "10.0.1.0/24", "10.0.0.128/26", "10.0.2.0/23", "10.0.4.0/24", "10.0.5.0/24",
      ])
  }

  @Test func aNetmaskWithoutAnAddressSizesTheNetwork() throws {
    var topology = Topology.lan(3)
    topology.interfaces[1].attributes[AttributeName.netmask] = "255.255.0.0"
    #expect(try plan(topology).networks.map(\.description) == ["10.0.0.0/16"])
  }

  /// Two substrates `s` and `t` that each join `a` and `b`; fixed addresses of `a` and `b` on each.
  private func twoLinks(
    _ s: [String: String], _ t: [String: String] = [:], netmask: String? = nil
  ) -> Topology {
    var builder = TopologyBuilder()
    for name in ["a", "b"] { builder.add(name) }
    builder.join("s", ["a", "b"], addresses: s, netmask: netmask)
    builder.join("t", ["a", "b"], addresses: t)
    return builder.topology
  }

  @Test func mistakesInFixedAddressesAreReported() {
    #expect(
      problems(twoLinks(["a": "10.0.0.256"])) == [
        "`10.0.0.256`, the address of a on s, is none: one such as 10.0.0.1 is"
      ])
    #expect(
      problems(twoLinks(["a": "10.0.0.1"], netmask: "255.0.255.0")) == [
        "`255.0.255.0`, the netmask of a on s, is none: one such as 255.255.255.0 is"
      ])
    #expect(
      problems(twoLinks(["a": "10.0.0.1", "b": "10.0.0.1"])) == [
        "10.0.0.1 is the address of both a on s and b on s"
      ])
    for address in ["0.0.0.1", "127.0.0.1", "224.0.0.5", "255.255.255.254"] {
      #expect(
        problems(twoLinks(["a": address])) == [
          "\(address), the address of a on s, is none that a machine can have: those begin with 1 to 126 or 128 to 223"
        ])
    }
    #expect(problems(twoLinks(["a": "126.0.0.1", "b": "126.0.0.9"])) == [])
    #expect(
      problems(twoLinks(["a": "10.0.0.0"])) == [
        "10.0.0.0, the address of a on s, stands for the network 10.0.0.0/24 itself"
      ])
    #expect(
      problems(twoLinks(["a": "10.0.0.255"])) == [
        "10.0.0.255, the address of a on s, is the broadcast address of 10.0.0.0/24"
      ])
    #expect(
      problems(twoLinks(["a": "10.0.0.1", "b": "10.0.1.1"])) == [
        "a on s is fixed in 10.0.0.0/24 and b on s in 10.0.1.0/24, which are different networks on one substrate"
      ])
    #expect(
      problems(twoLinks(["a": "10.0.0.1"], ["b": "10.0.0.2"])) == [
        "the networks of s (10.0.0.0/24) and t (10.0.0.0/24) overlap"
      ])
    #expect(
      problems(twoLinks(["a": "10.0.0.1"], ["b": "10.0.7.2"], netmask: "255.255.0.0")) == [
        "the networks of s (10.0.0.0/16) and t (10.0.7.0/24) overlap"
      ])
    #expect(
      problems(twoLinks(["a": "10.0.0.1"], netmask: "255.255.255.254")).contains(
        "s has 2 members, and 10.0.0.0/31 holds 0: give it a shorter netmask"))
    #expect(problems(twoLinks(["a": "10.0.0.x", "b": ""], ["a": "10.0.0.1", "b": "10.0.0.1"])).count == 3)
  }

  @Test func aDuplicateOnTwoSubstratesNamesBothPlaces() {
    #expect(
      problems(twoLinks(["a": "10.0.0.1"], ["b": "10.0.0.1"])).contains(
        "10.0.0.1 is the address of both a on s and b on t"))
  }

  @Test func differentNetmasksOnOneSubstrateAreRefused() {
    var topology = Topology.lan(2)
    topology.interfaces[0].attributes[AttributeName.netmask] = "255.255.0.0"
    topology.interfaces[1].attributes[AttributeName.netmask] = "255.255.255.0"
    #expect(problems(topology) == ["n-0 on lan0 and n-1 on lan0 have different netmasks on one substrate"])
  }

  @Test func tooManyMembersForAFixedNetworkAreRefused() {
    var topology = Topology.lan(255)
    topology.interfaces[3].attributes[AttributeName.address] = "10.9.0.1"
    #expect(
      problems(topology) == ["lan0 has 255 members, and 10.9.0.0/24 holds 254: give it a shorter netmask"])
  }

  @Test func networksInTheControlNetworkGetAWarning() throws {
    #expect(
      try plan(twoLinks(["a": "192.168.4.1"])).warnings == [
        "the control network 192.168.0.0/16 overlaps s (192.168.4.0/24): choose other fixed addresses there"
      ])
    #expect(try plan(twoLinks([:])).warnings == [])
  }

  @Test func anInterfaceOnSeveralSubstratesHasItsAddressOnTheFirst() throws {
    var topology = Topology()
    topology.substrates = [Substrate(name: "s"), Substrate(name: "t")]
    var both = Interface(name: "inf000", substrate: 1)
    both.furtherSubstrates = [0]
    topology.append(Computer(name: "a"), interfaces: [both])
    topology.append(Computer(name: "b"), interfaces: [Interface(name: "inf000", substrate: 0)])
    #expect(try plan(topology).addresses.map(\.description) == ["10.0.1.1", "10.0.0.1"])
  }

  @Test func aComputerTwiceOnASubstrateHasTwoAddresses() throws {
    var builder = TopologyBuilder()
    for name in ["a", "b"] { builder.add(name) }
    builder.join("s", ["a", "a", "b"])
    #expect(try addresses(builder.topology, on: 0) == [["a", "10.0.0.1"], ["a", "10.0.0.2"], ["b", "10.0.0.3"]])
  }

  /// What the reference parser makes of the documentation's examples.
  private struct Expected: Decodable {
    struct Lan: Decodable {
      struct Member: Decodable {
        var node: String
        var port: Int
      }
      var name: String
      var members: [Member]
    }
    var lans: [Lan]
    var tcl_lan_order: [String]
    var tcl_node_order: [String]
    var containers_ip_if_none_fixed: [String: [[String]]]

    /// Its topology, with computers and substrates in the reference parser's order.
    var topology: Topology {
      var topology = Topology()
      topology.substrates = tcl_lan_order.map { Substrate(name: $0) }
      for node in tcl_node_order {
        let ports = tcl_lan_order.enumerated().flatMap { substrate, name in
          lans.filter { $0.name == name }.flatMap(\.members).filter { $0.node == node }.map { ($0.port, substrate) }
        }
        topology.append(
          Computer(name: node),
          interfaces: ports.sorted { $0.0 < $1.0 }.map { Interface(name: "inf\($0.0)", substrate: $0.1) })
      }
      return topology
    }
  }

  @Test(
    .enabled(if: Examples.shared != nil),
    arguments: ["example1", "example2", "example3", "example4", "example5", "example6", "seed-document-example"])
  func theDocumentedExamplesHaveTheirDocumentedAddresses(name: String) throws {
    let folder = try #require(Examples.shared).appending(path: "examples/expected")
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: folder.appending(path: "\(name).json")))
    let topology = expected.topology
    #expect(expected.containers_ip_if_none_fixed.count == topology.substrates.count)
    for (index, substrate) in topology.substrates.enumerated() {
      #expect(try addresses(topology, on: index) == expected.containers_ip_if_none_fixed[substrate.name])
    }
  }
}
