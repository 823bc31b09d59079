import Foundation
import HostManifests
import Planning
import TestSupport
import Testing
import TopologyModel

@testable import Emitting

struct ManifestTests {
  private func manifests(_ example: EmittingCase) throws -> [HostManifest] {
    try example.experiment.files().filter { $0.path.hasPrefix("manifests/") }
      .map { try JSONDecoder().decode(HostManifest.self, from: Data($0.contents)) }
  }

  @Test(arguments: EmittingCase.all)
  func aManifestReadsBackAsItIs(_ example: EmittingCase) throws {
    let source = ManifestSource(example.experiment)
    let hosts = example.experiment.embedding.hosts
    #expect(try manifests(example) == hosts.indices.map(source.manifest(of:)))
    #expect(try manifests(example).map(\.host.name) == hosts.map(\.name))
    #expect(try manifests(example).allSatisfy { $0.version == 1 })
  }

  @Test(arguments: EmittingCase.all)
  func aHostHasAllThatItsNodesNeed(_ example: EmittingCase) throws {
    let embedding = example.experiment.embedding
    let topology = embedding.topology
    let hostsFile = try example.text("hosts")
    for (manifest, host) in zip(try manifests(example), embedding.hosts) {
      #expect(manifest.nodes.map(\.name) == host.computers.map { topology.computers[$0].name })
      for (node, computer) in zip(manifest.nodes, host.computers) {
        let interfaces = topology.computers[computer].interfaces
        #expect(node.interfaces.map(\.address) == interfaces.map { "\(embedding.addresses.addresses[$0])" })
        #expect(node.startCommand == topology.computers[computer].attributes["startup"])
        #expect(node.kind.rawValue == topology.computers[computer].attributes["containers:node_type"])
        let routes = node.routes.flatMap { route in
          route.destinations.map { "route add \($0) via \(route.gateway)\n" }
        }
        let table = embedding.routes.table(of: computer)
        #expect(Set(routes) == Set(table.map { "route add \($0.destination) via \($0.gateway)\n" }))
        #expect(routes.count == table.count)
        #expect(try example.text("route/\(node.name)") == routes.joined())
        for interface in node.interfaces {
          let substrate = try #require(manifest.substrates.first { $0.name == interface.substrate })
          #expect(substrate.members.contains { $0.node == node.name && $0.interface == interface.name })
        }
      }
      #expect(manifest.namesAreComplete)
      let lines = manifest.names.map { "\($0.address)\t\($0.names.joined(separator: " "))\n" }
      #expect(lines.joined() == hostsFile)
    }
  }

  @Test(arguments: EmittingCase.all)
  func networksThatCrossHostsHaveATunnelThatAllOfThemKnow(_ example: EmittingCase) throws {
    let embedding = example.experiment.embedding
    var identifiers: [String: Int] = [:]
    var hosts: [String: [String]] = [:]
    for manifest in try manifests(example) {
      for substrate in manifest.substrates {
        hosts[substrate.name, default: []].append(manifest.host.name)
        guard let tunnel = substrate.tunnel else { continue }
        #expect(identifiers[substrate.name, default: tunnel.identifier] == tunnel.identifier)
        identifiers[substrate.name] = tunnel.identifier
        #expect(substrate.mtu == 1450)
        #expect((1...0xFF_FFFF).contains(tunnel.identifier))
      }
    }
    #expect(Set(identifiers.values).count == identifiers.count)
    #expect(
      Set(identifiers.keys) == Set(embedding.crossings.map { embedding.topology.substrates[$0.substrate].name }))
    for manifest in try manifests(example) {
      for substrate in manifest.substrates {
        let others = hosts[substrate.name, default: []].filter { $0 != manifest.host.name }
        #expect(substrate.tunnel?.hosts ?? [] == others)
        if others.isEmpty { #expect(substrate.mtu == 1500) }
      }
    }
  }

  @Test func macAddressesAreUniqueLocalAndTheSameEachTime() throws {
    for example in EmittingCase.all {
      let nodes = try manifests(example).flatMap(\.nodes)
      let own = nodes.flatMap { $0.interfaces.map(\.mac) } + nodes.compactMap { $0.control?.mac }
      #expect(Set(own).count == own.count)
      // Bit 0 of the first byte says a group of machines, bit 1 says that nobody sold the address.
      #expect(own.allSatisfy { UInt8($0.prefix(2), radix: 16).map { $0 & 3 } == 2 && $0.count == 17 })
    }
    let one = Numbering(project: "P", experiment: "one")
    let other = Numbering(project: "P", experiment: "two")
    #expect(one.mac(ofInterface: 0x010203).hasSuffix(":01:02:03"))
    #expect(one.mac(ofInterface: 7) != other.mac(ofInterface: 7))
    #expect(one.controlMAC(ofComputer: 7) != one.mac(ofInterface: 7))
  }

  @Test func tunnelIdentifiersWrapAroundWithoutMeeting() {
    let numbering = Numbering(project: "P", experiment: "e")
    let count = 1 << 24 - 1
    let identifiers = [0, 1, 2, count - 2, count - 1].map(numbering.tunnel(ofCrossing:))
    #expect(Set(identifiers).count == identifiers.count)
    #expect(identifiers.allSatisfy { (1...0xFF_FFFF).contains($0) })
  }

  @Test func whatAHostMustBeAbleToDoIsSaid() throws {
    let shaped = try manifests(EmittingCase.shaped())
    #expect(shaped.map(\.host.capabilities) == [[.qemu, .vde, .vxlan], [.namespaces, .netem, .vxlan]])
    let star = try manifests(EmittingCase("plain", .star(satellites: 3)))
    #expect(star.map(\.host.capabilities) == [[.namespaces]])
  }

  @Test func memoryDiskImageAndArchitectureAreTheNodesOrTheirDefaults() throws {
    var builder = TopologyBuilder()
    builder.add("a", ["containers:node_type": "openvz"])
    builder.add("b", ["containers:node_type": "openvz", "containers:openvz_diskspace": "1.5G"])
    builder.add(
      "c",
      [
        "containers:node_type": "qemu", "containers:qemu_arch": "i386", "containers:memory": "768",
        "containers:qemu_url": "http://example.org/c.img", "containers:ghost": "true",
      ])
    builder.add("d", ["containers:node_type": "qemu"])
    let nodes = try manifests(EmittingCase("kinds", builder.topology)).flatMap(\.nodes)
    #expect(nodes.map(\.diskMegabytes) == [2048, 1536, nil, nil])
    #expect(nodes.map(\.memoryMegabytes) == [nil, nil, 768, nil])
    #expect(nodes.map(\.architecture) == [nil, nil, "i386", nil])
    #expect(nodes.map(\.isGhost) == [false, false, true, false])
    #expect(
      nodes.map(\.image) == [
        "/share/containers/images/ubuntu-10.04-x86.tar.gz", "/share/containers/images/ubuntu-10.04-x86.tar.gz",
        "http://example.org/c.img", "http://scratch/benito/pangolinbz.img.bz2",
      ])
  }

  @Test(arguments: EmittingCase.all)
  func aHostsFilesDoNotDependOnThoseOfOthers(_ example: EmittingCase) throws {
    // Each batch is made by itself: in any order, alone, twice.
    let batches = try example.experiment.batches(for: Emitter.allCases)
    let forwards = try batches.map { try $0.files().map(\.contents) }
    let backwards = try batches.reversed().map { try $0.files().map(\.contents) }
    #expect(forwards == backwards.reversed())
  }

  @Test(.enabled(if: Validator.hasPythonYAML, "python3-yaml isn't installed"))
  func aHostNeedsNoFileOfAnother() async throws {
    let folder = try TemporaryFolder()
    var directories: [String] = []
    for example in EmittingCase.all {
      let files = try example.experiment.files(for: Emitter.allCases)
      for host in example.experiment.embedding.hosts.map(\.name) {
        // Those of the host, and neither another's nor the experiment's.
        let own = files.filter { file in
          ["manifests/\(host).json"].contains(file.path)
            || ["children", "switch", "libvirt", "qemu", "containerlab"].contains {
              file.path.hasPrefix("\($0)/\(host)/")
            }
        }
        directories.append("\(folder.url.path)/\(example)/\(host)")
        for file in own {
          try folder.write(String(decoding: file.contents, as: UTF8.self), to: "\(example)/\(host)/\(file.path)")
        }
      }
    }
    let result = try await Validator.python.run([HypervisorProgramTests.consistency] + directories)
    #expect(result.status == 0 && result.output == "", "\(result.output.prefix(2000)) \(result.errors)")
    // Without a file of its own, it misses something.
    let host = "\(folder.url.path)/shaped/pnode-0000"
    for path in ["switch/pnode-0000/switch-0.rc", "qemu/pnode-0000/v-0.json", "libvirt/pnode-0000/networks/net.0.xml"] {
      let file = URL(filePath: "\(host)/\(path)")
      let contents = try Data(contentsOf: file)
      try FileManager.default.removeItem(at: file)
      let result = try await Validator.python.run([HypervisorProgramTests.consistency, host])
      #expect(result.status != 0 || result.output != "", "\(path)")
      try contents.write(to: file)
    }
  }
}
