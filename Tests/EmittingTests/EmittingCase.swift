import Emitting
import Planning
import TestSupport
import TopologyModel
import TopologyReading

/// An experiment that the tests write, by name.
struct EmittingCase: Sendable, CustomStringConvertible {
  let name: String
  let experiment: Experiment

  var description: String { name }

  /// An experiment whose plan doesn't depend on a search: partitions are given, or there is one host a kind.
  init(
    _ name: String, _ topology: Topology, options: PackingOptions = PackingOptions(),
    site: SiteConfiguration = SiteConfiguration(), language: Experiment.Language = .ns2
  ) throws {
    self.name = name
    experiment = try Experiment(
      planning: topology, options: options, site: site, input: "# \(name)\n", language: language)
  }

  /// What a file of the experiment directory says.
  func text(_ path: String) throws -> String {
    guard let file = try experiment.files().first(where: { $0.path == path }) else { throw MissingFile(path: path) }
    return String(decoding: file.contents, as: UTF8.self)
  }

  struct MissingFile: Error {
    var path: String
  }

  /// The experiments of the golden files.
  static let all: [Self] = {
    do {
      return try [
        Self("star", .documentedStar()),
        Self("star-by-2", .documentedStar(partitions: true)),
        mixedKinds(), lanOverThreeHosts(), hardwareSets(), awkwardNames(), startCommands(), rates(), shaped(),
      ]
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  private static func mixedKinds() throws -> Self {
    var builder = TopologyBuilder()
    builder.add("gateway", ["containers:node_type": "openvz", "startup": "/bin/route"])
    builder.add("vm-0", ["containers:node_type": "qemu"])
    builder.add("vm-1", ["containers:node_type": "process"])
    builder.add(
      "metal-0",
      [
        "containers:node_type": "embedded_pnode", "type": "fast", "startup": "/proj/P/go.sh &",
        "failureaction": "fatal",
      ])
    builder.add("metal-1", ["containers:node_type": "embedded_pnode", "type": "pc3000", "fixed": "pc42"])
    builder.join("uplink", ["gateway", "vm-0"])
    builder.join("rack", ["vm-0", "vm-1"])
    builder.join("wire", ["gateway", "metal-0"])
    builder.join("spare", ["metal-0", "metal-1"])
    builder.join("unused", ["metal-1"])
    var topology = builder.topology
    topology.attributes["vtype:fast"] = "1.0 pc3000 pc3001"
    topology.attributes["vtype:unused"] = "0.5 pc"
    topology.attributes["vtype:container0"] = "0.5 pc"
    topology.updateComputer(3) { computer in
      computer.operatingSystems = [
        OperatingSystem(name: "Linux", attributes: ["osid": "Ubuntu1204-64-STD", "parent_osid": "VM-HOST"])
      ]
      computer.software = [
        Software(location: "/proj/P/tools.rpm"), Software(location: "/proj/P/data.tar.gz", install: "/opt/data"),
        Software(location: "http://example.org/my tools.rpm"), Software(location: "/proj/P/x.tgz", install: "/"),
      ]
    }
    return try Self("mixed-kinds", topology, language: .topDL)
  }

  private static func lanOverThreeHosts() throws -> Self {
    var builder = TopologyBuilder()
    for index in 0..<6 { builder.add("n-\(index)", ["containers:partition": "\(index / 2)"]) }
    builder.join("lan", (0..<6).map { "n-\($0)" })
    builder.join("inside", ["n-0", "n-1"])
    builder.join("across", ["n-1", "n-2"])
    builder.join("twice", ["n-4", "n-4", "n-5"])
    var topology = builder.topology
    topology.substrates[0].capacity = Capacity(kilobitsPerSecond: 10_000)
    topology.substrates[0].latency = Latency(milliseconds: 20)
    return try Self("lan-over-three-hosts", topology)
  }

  private static func hardwareSets() throws -> Self {
    var builder = TopologyBuilder()
    for index in 0..<4 { builder.add("n-\(index)", ["containers:PartitionPass": "\(index)"]) }
    builder.join("lan", (0..<4).map { "n-\($0)" })
    var options = PackingOptions()
    options.pnodeTypes = ["pc2133", "MicroCloud"]
    options.passPnodeTypes = [1: ["dl380g3"], 2: ["pc2133", "MicroCloud"], 3: ["odd{type", "a b"]]
    return try Self("hardware-sets", builder.topology, options: options)
  }

  private static func awkwardNames() throws -> Self {
    var builder = TopologyBuilder()
    let embedded: Attributes = ["containers:node_type": "embedded_pnode"]
    for name in ["gw_1", "gw-1", "pnode", "list", "ns", "ops", "lan", "tb-set-ip", "-", "_", "0"] {
      builder.add(name, embedded)
    }
    builder.add("n_0", ["containers:partition": "0"])
    builder.join("lan", ["gw_1", "gw-1", "pnode"])
    builder.join("set", ["list", "ns"])
    builder.join("gw_1", ["ops", "lan"])
    builder.join("l_0", ["tb-set-ip", "-"])
    builder.join("l-0", ["_", "0"])
    builder.join("pnode-0000", ["0", "n_0"])
    return try Self("awkward-names", builder.topology, language: .topDL)
  }

  /// Start commands with everything that Tcl or XML could take for its own.
  static let awkwardCommands = [
    #"echo $HOME ${x} [exit] {a} "b" 'c' \d; e & f | g > h # i"#, "}{", #"\"#, #"a\\b\"#, "[", "$", "tab\there",
    "naïve — 日本 \u{1F600}", "<a href=\"x\">&amp;]]></a>", " blanks  around ", "-option", "%s %% \\n", "#comment",
  ]

  private static func startCommands() throws -> Self {
    var builder = TopologyBuilder()
    for (index, command) in awkwardCommands.enumerated() {
      builder.add("n-\(index)", ["containers:node_type": "embedded_pnode", "startup": command])
    }
    return try Self("start-commands", builder.topology, language: .topDL)
  }

  /// Shaping of every kind, on one host and between two: at the switch on the first, in the nodes on the second.
  static func shaped() throws -> Self {
    var builder = TopologyBuilder()
    builder.add("v-0", ["containers:node_type": "qemu", "containers:partition": "0"])
    builder.add("v-1", ["containers:node_type": "qemu", "containers:partition": "0", "containers:ghost": "true"])
    for index in 0..<3 { builder.add("c-\(index)", ["containers:node_type": "openvz", "containers:partition": "1"]) }
    builder.join("slow", ["v-0", "v-1"])
    builder.join("plain", ["v-1", "c-0"])
    builder.join("lossy", ["c-0", "c-1", "c-2"])
    builder.join("thin", ["v-0", "c-2"])
    var topology = builder.topology
    topology.substrates[0].latency = Latency(milliseconds: 25)
    topology.substrates[0].capacity = Capacity(kilobitsPerSecond: 1500)
    topology.substrates[0].attributes["loss"] = "0.0199"
    topology.substrates[2].latency = Latency(milliseconds: 10)
    topology.substrates[2].attributes["loss"] = "1e-05"
    topology.substrates[3].capacity = Capacity(kilobitsPerSecond: 64)
    for interface in topology.interfaces.indices where topology.interfaces[interface].substrate == 2 {
      if interface == topology.computers[4].interfaces.lowerBound {
        topology.interfaces[interface].latency = Latency(milliseconds: 30)
        topology.interfaces[interface].attributes["reverse_latency"] = "2.5"
      }
    }
    return try Self("shaped", topology)
  }

  private static func rates() throws -> Self {
    var builder = TopologyBuilder()
    builder.add("a", ["containers:partition": "0"])
    builder.add("b", ["containers:partition": "1"])
    let rates: [Double?] = [nil, 40_000_000, 5, 1_000_000, 10, 12_345.678]
    for index in rates.indices { builder.join("link-\(index)", ["a", "b"]) }
    builder.join("shaped", ["a", "b"])
    builder.join("half-shaped", ["a", "b"])
    var topology = builder.topology
    for (index, rate) in rates.enumerated() {
      topology.substrates[index].capacity = rate.map { Capacity(kilobitsPerSecond: $0) }
    }
    // What one member may send is what the link between the hosts must carry.
    for (interface, rate) in [(rates.count, 2000.0), (rates.count + 1, 3000), (2 * rates.count + 2, 4000)] {
      topology.interfaces[interface].capacity = Capacity(kilobitsPerSecond: rate)
    }
    return try Self("rates", topology)
  }
}

extension Experiment {
  /// An experiment from its beginning: annotated, partitioned and laid on hosts.
  init(
    planning topology: Topology, options: PackingOptions = PackingOptions(),
    site: SiteConfiguration = SiteConfiguration(), input: String = "", language: Language = .topDL
  ) throws {
    let annotated = try annotate(topology, options: options).topology
    let partitioned = try partition(annotated, options: options).topology
    self.init(
      project: "DeterTest", name: "example1", input: Array(input.utf8), language: language, annotated: annotated,
      embedding: try embed(partitioned, options: options, site: site), site: site)
  }
}

extension Topology {
  /// The guide's first example: a center with nine satellites, in the order of the reference parser.
  ///
  /// - Parameter partitions: Whether each host gets two of the computers, as they come.
  /// - Returns: The topology.
  static func documentedStar(partitions: Bool = false) -> Topology {
    var builder = TopologyBuilder()
    let names = ["n-5", "n-1", "n-6", "n-2", "center", "n-7", "n-3", "n-8", "n-4", "n-0"]
    for (index, name) in names.enumerated() {
      builder.add(name, ["type": "pc", "failureaction": "fatal"])
      if partitions { builder.add(attribute: "containers:partition", "\(index / 2)") }
    }
    // Links are numbered with the nodes, so that n-0's is the third object.
    for number in [7, 3, 17, 13, 9, 5, 19, 15, 11] {
      builder.join("tblink-l\(number)", ["center", "n-\((number - 3) / 2)"])
    }
    var topology = builder.topology
    topology.attributes["rtproto"] = "static"
    for substrate in topology.substrates.indices {
      topology.substrates[substrate].capacity = Capacity(kilobitsPerSecond: 100_000)
      topology.substrates[substrate].latency = Latency(milliseconds: 10)
    }
    return topology
  }
}

extension Experiment {
  /// All files of ``batches(for:)`` at once, which only small experiments should ask for.
  func files(for emitters: [Emitter] = []) throws -> [EmittedFile] {
    try batches(for: emitters).flatMap { try $0.files() }
  }
}
