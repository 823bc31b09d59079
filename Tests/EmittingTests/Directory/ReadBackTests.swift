import Foundation
import Planning
import TestSupport
import Testing
import TopologyModel

@testable import Emitting

/// What others than we read in the files: Python's parsers of JSON and YAML, and a validator of JSON schemas.
struct ReadBackTests {
  /// Prints what is in JSON and YAML files, as one line of JSON each.
  private static let script = """
    import json, sys, yaml
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8", newline="") as file:
            value = json.load(file) if path.endswith(".json") else yaml.safe_load(file)
        print(json.dumps(value))
    """

  /// What Python finds in a file.
  private func read<Value: Decodable>(_ type: Value.Type, _ name: String, of folder: DirectoryFolder) async throws
    -> Value
  {
    let result = try await Validator.python.run(["-c", Self.script, folder.path(name)])
    try #require(result.status == 0, "\(name): \(result.errors)")
    return try JSONDecoder().decode(type, from: Data(result.output.utf8))
  }

  @Test(.enabled(if: Validator.hasPythonYAML, "python3-yaml isn't installed"), arguments: EmittingCase.all)
  func pythonFindsEveryNodeAndNetworkInTheYAMLFiles(_ example: EmittingCase) async throws {
    let folder = try DirectoryFolder(example.experiment)
    let embedding = example.experiment.embedding
    let topology = embedding.topology
    func name(_ computer: Int) -> String { topology.computers[computer].name }

    struct Hypervisor: Decodable {
      var hypervisor: String
      var kind: String
      var nodes: [String]
    }
    let hypervisors = try await read([String: [Hypervisor]].self, "embedding.yaml", of: folder)
    #expect(Set(hypervisors.keys) == Set(embedding.hosts.map(\.name)))
    for host in embedding.hosts {
      let own = hypervisors[host.name] ?? []
      #expect(own.flatMap(\.nodes).sorted() == host.computers.map(name).sorted())
      #expect(own.map(\.hypervisor) == own.map { "hv:\($0.kind):\(host.name)" })
      for each in own {
        let nodes = try folder.text("children/\(host.name)/\(each.kind)").split(separator: "\n").map(String.init)
        #expect(nodes == each.nodes)
        for node in nodes {
          #expect(topology.computers.first { $0.name == node }?.attributes["containers:node_type"] == each.kind)
        }
      }
    }

    struct Member: Decodable {
      var node: String
      var outgoing: Direction
      var incoming: Direction
    }
    struct Direction: Decodable {
      var delayMilliseconds: Double
      var loss: Double
      var kilobitsPerSecond: Double?
    }
    let networks = try await read([String: [Member]].self, "shaping.yaml", of: folder)
    #expect(Set(networks.keys) == Set(topology.substrates.map(\.name)))
    for (index, substrate) in topology.substrates.enumerated() {
      let members = embedding.incidence.interfaces(on: index)
      #expect(networks[substrate.name]?.map(\.node) == members.map { name(embedding.incidence.computer(of: $0)) })
      for (member, interface) in zip(networks[substrate.name] ?? [], members) {
        let shaping = MemberShaping(topology.interfaces[interface], on: substrate)
        #expect(member.outgoing.delayMilliseconds == shaping.outgoing.milliseconds)
        #expect(member.incoming.loss == shaping.incoming.loss)
        #expect(member.outgoing.kilobitsPerSecond == shaping.outgoing.kilobitsPerSecond)
      }
    }

    let templates = try await read([String: String].self, "openvz_guest_url", of: folder)
    #expect(Set(templates.keys) == Set(topology.computers.filter { $0.kind == .openvz }.map(\.name)))
    let images = try await read([String: String].self, "maverick_url", of: folder)
    #expect(Set(images.keys) == Set(topology.computers.filter { $0.kind == .qemu }.map(\.name)))
    let backend = try await read([String: String].self, "backend_config.yaml", of: folder)
    #expect(backend == ["channel": "DeterTest/example1"])
    let ghosts = try folder.text("ghosts").split(separator: "\n").map(String.init)
    #expect(ghosts == topology.computers.filter(\.isGhost).map(\.name))
  }

  @Test(.enabled(if: Validator.hasPythonYAML, "python3-yaml isn't installed"), arguments: EmittingCase.all)
  func pythonFindsTheWholeWayToEveryNeighbourInTrafficShaping(_ example: EmittingCase) async throws {
    struct Entry: Decodable {
      var interface: String
      var network: String
      var delayMilliseconds: Double
      var loss: Double
      var kilobitsPerSecond: Double?
      var neighbours: [String]?
    }
    let entries = try await read([String: [Entry]].self, "traffic_shaping", of: DirectoryFolder(example.experiment))
    let embedding = example.experiment.embedding
    let topology = embedding.topology
    func half(_ interface: Int) -> MemberShaping {
      MemberShaping(topology.interfaces[interface], on: topology.substrates[topology.interfaces[interface].substrate])
    }
    for (index, computer) in topology.computers.enumerated() {
      let own = entries[computer.name] ?? []
      if embedding.shaping.mechanisms[index] == .vde { #expect(own.isEmpty) }
      guard embedding.shaping.mechanisms[index] == .endNode else { continue }
      for interface in computer.interfaces {
        let substrate = topology.interfaces[interface].substrate
        let ways = own.filter { $0.interface == topology.interfaces[interface].name }
        #expect(ways.allSatisfy { $0.network == topology.substrates[substrate].name })
        for neighbour in embedding.incidence.interfaces(on: substrate) where neighbour != interface {
          let address = "\(embedding.addresses.addresses[neighbour])"
          let way = ways.first { $0.neighbours?.contains(address) == true } ?? ways.first { $0.neighbours == nil }
          let (there, here) = (half(interface).outgoing, half(neighbour).incoming)
          #expect((way?.delayMilliseconds ?? 0) == there.milliseconds + here.milliseconds)
          #expect(abs((way?.loss ?? 0) - (1 - (1 - there.loss) * (1 - here.loss))) < 1e-12)
          let rates = [there.kilobitsPerSecond, here.kilobitsPerSecond].compactMap(\.self)
          #expect(way?.kilobitsPerSecond == rates.min())
        }
      }
    }
  }

  @Test(arguments: ["../escape", "a/b", ".", "..", "", "a b", "a\nb", "é", String(repeating: "n", count: 201)])
  func aNameThatCouldNotNameAFileIsRefused(name: String) throws {
    var topology = Topology()
    topology.append(Computer(name: name), interfaces: [])
    let experiment = try EmittingCase("names", topology).experiment
    #expect(
      throws: EmittingError(
        problems: ["the computer \"\(name)\" can't be: up to 200 letters, digits, `_` and `-` name one"])
    ) { try experiment.batches() }
  }

  // MARK: Schemas

  @Test(.enabled(if: Validator.checkJSONSchema.isInstalled, "check-jsonschema isn't installed"))
  func theSchemasRejectWhatIsBroken() async throws {
    let folder = try DirectoryFolder(EmittingCase.shaped().experiment)
    let damages = [
      ("host-manifest", "manifests/pnode-0000.json", "\"mac\": \"02:", "\"mac\": \"03:"),
      ("host-manifest", "manifests/pnode-0000.json", "\"identifier\": ", "\"identifier\": 99"),
      ("host-manifest", "manifests/pnode-0000.json", "\"routes\": ", "\"paths\": "),
      ("shaping", "shaping.yaml", "\"loss\": 0", "\"loss\": 7"),
      ("wirefilters", "wirefilters.yaml", "\"left\": ", "\"left\": -"),
      ("switch-extra", "switch_extra.yaml", "\"vlan\": 1", "\"vlan\": 0"),
      ("traffic-shaping", "traffic_shaping", "\"delayMilliseconds\"", "\"delay\""),
      ("embedding", "embedding.yaml", "hv:qemu:", "qemu:"), ("assignment", "assignment", "\"v-0\"", "[]"),
      ("images", "maverick_url", "\"v-0\": ", "\"v-0\": 1 #"), ("backend-config", "backend_config.yaml", "/", ""),
    ]
    for (schema, file, found, damage) in damages {
      let text = try folder.text(file)
      try #require(text.contains(found), "\(file) has no \(found)")
      let path = try folder.folder.write(text.replacing(found, with: damage, maxReplacements: 1), to: "damaged")
      #expect(try await DirectoryProgramTests.validate(schema, [path]).status != 0, "\(schema): \(damage)")
    }
  }
}
