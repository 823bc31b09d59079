import Foundation
import TestSupport
import Testing
import TopologyModel
import TopologyReading

/// What the reference parser makes of a file.
private struct Reference: Decodable {
  struct Network: Decodable {
    struct Member: Decodable {
      let node: String
      let port: Int
      let bw_kbps, rbw_kbps, delay_ms, rdelay_ms, loss, rloss: Double
    }

    let name: String
    let mask: String
    let members: [Member]
  }

  struct Node: Decodable {
    let name, type, os, failureaction: String
  }

  let lans: [Network]
  let nodes: [Node]
  let routing: String
  let startcmds: [String: String]
  let tcl_lan_order: [String]
  let tcl_node_order: [String]
}

@Suite struct NS2ReferenceTests {
  static let files: [String] = {
    guard let folder = Examples.shared?.appending(path: "examples/expected") else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test("The reference parser and ours agree", .enabled(if: Examples.shared != nil), arguments: files)
  func agreesWithTheReference(name: String) throws {
    let examples = try #require(Examples.shared).appending(path: "examples")
    let reference = try JSONDecoder().decode(
      Reference.self, from: Data(contentsOf: examples.appending(path: "expected/\(name).json")))
    let topology = try NS2Reader().read(examples.appending(path: "ns/\(name).tcl").path).topology

    #expect(topology.computers.map(\.name) == reference.tcl_node_order)
    #expect(topology.substrates.map(\.name) == reference.tcl_lan_order)
    #expect(topology.attributes[AttributeName.routing] == reference.routing)
    for node in reference.nodes {
      let computer = try #require(topology.computers.first { $0.name == node.name })
      #expect(computer.attributes[AttributeName.hardwareType] == node.type)
      #expect(computer.attributes[AttributeName.failureAction] == node.failureaction)
      #expect(computer.operatingSystems.first?.attributes[AttributeName.osid] ?? "" == node.os)
      #expect(computer.attributes[AttributeName.startup] == reference.startcmds[node.name])
    }
    let incidence = Incidence(topology)
    for network in reference.lans {
      let index = try #require(topology.substrates.firstIndex { $0.name == network.name })
      #expect(incidence.interfaces(on: index).count == network.members.count)
      for member in network.members {
        let computer = try #require(topology.computers.first { $0.name == member.node })
        let interface = topology.interfaces[computer.interfaces.lowerBound + member.port]
        #expect(interface.substrate == index)
        let shaping = MemberShaping(interface, on: topology.substrates[index])
        #expect(shaping.outgoing.milliseconds == member.delay_ms)
        #expect(shaping.incoming.milliseconds == member.rdelay_ms)
        #expect(shaping.outgoing.kilobitsPerSecond == member.bw_kbps)
        #expect(shaping.incoming.kilobitsPerSecond == member.rbw_kbps)
        #expect(shaping.outgoing.loss == member.loss)
        #expect(shaping.incoming.loss == member.rloss)
      }
    }
  }

  static let examples: [String] = {
    guard let folder = Examples.shared?.appending(path: "examples/ns") else { return [] }
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }()

  @Test(
    "Every example of the documentation and of users is read", .enabled(if: Examples.shared != nil), arguments: examples
  )
  func readsEveryExample(name: String) throws {
    let file = try #require(Examples.shared).appending(path: "examples/ns/\(name)").path
    let topology = try NS2Reader().read(file).topology
    #expect(topology.computers.count > 2)
    #expect(!topology.substrates.isEmpty)
  }
}
