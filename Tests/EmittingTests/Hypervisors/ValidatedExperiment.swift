import Foundation
import Partitioning
import Planning
import TestSupport
import Testing
import TopologyModel
import TopologyReading

@testable import Emitting

/// An experiment whose files programs check, many at once: starting a program takes longer than its work.
struct ValidatedExperiment: Sendable {
  let name: String
  let files: [EmittedFile]

  /// An experiment with the files of its directory and of every emitter, and what its picture is drawn from.
  init(_ name: String, _ experiment: Experiment) throws {
    self.name = name
    files =
      try experiment.files(for: Emitter.allCases)
      + [EmittedFile("picture.dot", text: experiment.picture.dot(DrawingOptions()))]
  }

  /// A topology in a language that is read, packed as `--default-container` says.
  private init(_ name: String, _ topology: Topology, kind: ContainerKind) throws {
    var options = PackingOptions()
    options.defaultKind = kind
    let annotated = try annotate(topology, options: options).topology
    let partitioner = Partitioner(options: PartitioningOptions(effort: .fast))
    let partitioned = try partition(annotated, options: options, with: partitioner).topology
    let site = SiteConfiguration()
    try self.init(
      name,
      Experiment(
        project: "DeterTest", name: "example1", input: [], language: .ns2, annotated: annotated,
        embedding: try embed(partitioned, options: options, site: site), site: site))
  }

  /// All of them: the experiments of the golden files, generated ones, and where they are there the examples of the
  /// documentation and of users with every default container.
  static let all: Result<[Self], any Error> = Result {
    try EmittingCase.all.map { try Self($0.name, $0.experiment) }
      + [Self("unplugged", .unplugged()), Self("hostile", .hostile())]
      + [1, 30, 1000].map { try Self("generated-\($0)", Experiment(planning: .generated($0))) } + examples()
  }

  private static func examples() throws -> [Self] {
    guard let folder = Examples.shared?.appending(path: "examples/ns") else { return [] }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try files.flatMap { file in
      let topology = try NS2Reader().read(folder.appending(path: file).path).topology
      return try ContainerKind.allCases.compactMap { kind in
        do {
          return try Self("\(file)-\(kind.rawValue)", topology, kind: kind)
        } catch let error as PlanningError {
          // The documented limit of virtual machines, and nothing else, is in the way.
          guard kind == .qemu, "\(error)".contains("Requested a QEMU node with more than 7") else { throw error }
          return nil
        }
      }
    }
  }
}

extension Topology {
  /// A tree of LANs with computers of every kind, packed by hand: a search of this size takes too long in a test.
  fileprivate static func generated(_ count: Int) -> Topology {
    var builder = TopologyBuilder()
    for index in 0..<count {
      let kind = index % 50 == 7 ? "embedded_pnode" : ["openvz", "qemu", "process"][index / 20 % 3]
      builder.add("n-\(index)", ["containers:node_type": kind, "startup": "echo $HOSTNAME > '/tmp/{it}' # \(index)"])
      // Virtual machines and processes may share a host.
      let host = kind == "openvz" ? "\(index / 20)" : "v-\((index + 10) / 30)"
      if kind != "embedded_pnode" { builder.add(attribute: "containers:partition", host) }
    }
    for parent in 0..<count where 8 * parent + 1 < count {
      let children = (8 * parent + 1)...min(8 * parent + 8, count - 1)
      builder.join("lan-\(parent)", ["n-\(parent)"] + children.map { "n-\($0)" })
    }
    var topology = builder.topology
    topology.attributes["rtproto"] = "static"
    for index in topology.substrates.indices where index % 3 == 0 {
      topology.substrates[index].latency = Latency(milliseconds: Double(index % 40) / 2)
      topology.substrates[index].capacity = Capacity(kilobitsPerSecond: Double(100 + index))
      topology.substrates[index].attributes["loss"] = "0.0\(index % 9)"
    }
    return topology
  }
}

extension Experiment {
  /// An experiment whose virtual machines are plugged into no switch.
  static func unplugged() throws -> Self {
    var site = SiteConfiguration()
    site[.switchShaping] = "false"
    site[.switchedContainers] = ""
    return try Experiment(
      planning: .star(
        satellites: 3, center: ["containers:node_type": "qemu"], satellite: ["containers:node_type": "qemu"]),
      site: site)
  }

  /// An experiment of texts that mean something to some program, in every place that takes text.
  static func hostile() throws -> Self {
    var builder = TopologyBuilder()
    for (index, text) in hostileTexts.enumerated() {
      // A testbed takes start commands of one line only, for its own machines.
      let kinds =
        text.contains("\n") ? ["qemu", "openvz", "process"] : ["qemu", "openvz", "process", "embedded_pnode"]
      let kind = kinds[index % kinds.count]
      builder.add(
        "n-\(index)",
        [
          "containers:node_type": kind, "containers:qemu_url": text, "containers:openvz_template": text,
          "containers:partition": kind == "openvz" ? "o" : "v", "startup": text, "fixed": text, text: text,
        ])
    }
    builder.join("lan", hostileTexts.indices.map { "n-\($0)" })
    var topology = builder.topology
    topology.attributes["note"] = hostileTexts.joined()
    for (index, text) in hostileTexts.enumerated() {
      topology.interfaces[topology.computers[index].interfaces.lowerBound].name = text
      topology.updateComputer(index) { computer in
        computer.software = [Software(location: text, install: "/opt/\(text)"), Software(location: text)]
        computer.operatingSystems = [OperatingSystem(attributes: ["osid": text])]
      }
    }
    var site = SiteConfiguration()
    site[.baseURL] = hostileTexts[1]
    site[.openvzTemplateDirectories] = hostileTexts[3]
    return try Experiment(planning: topology, site: site)
  }

  /// Text that means something to shells, Tcl, YAML, JSON, XML, Jinja, Go, QEMU, dot or file systems.
  static let hostileTexts = [
    #"quote " and ' and backslash \"#, "$HOME ${x} `x` $(x) [exit] {a}", "<a href='x'>&amp;]]></a>", ": - # %TAG !x",
    "../../etc/passwd", "~", "null", "yes", "1e3", "0x10", "12:30:45", "2001-01-01", "=", "*a &b", "tab\there",
    "\u{85}\u{2028}\u{A0}\u{FEFF} naïve 日本 \u{1F600}", " blanks  around ", "- x", "a: b", "[]", "{}", "|", ">", "?",
    "two\nlines\r\n", "{{ lookup('pipe', 'id') }} {% raw %} {# no #}", "$$ ${HOME:-x} {{.Name}} {{{{",
    "__clabNodeName__",
    "!unsafe x", "-readconfig", "\"\n[device]\n", "'\\''; exit 1; '", "%(exec_root)s %s %n", "<!-- --> <![CDATA[",
    "file:///x?a=b&c=d#e", "\\N \\l \\\"", "a,b,,c=d",
  ]
}

/// Files of many experiments in one folder.
struct ValidatedFiles {
  let folder: TemporaryFolder
  /// The paths of the files on the disk.
  private(set) var paths: [String] = []
  /// The folders of the experiments.
  let directories: [String]

  /// Writes the files whose paths in the experiment's directory a condition chooses.
  init(_ isChosen: (String) -> Bool) throws {
    folder = try TemporaryFolder()
    let experiments = try ValidatedExperiment.all.get()
    directories = experiments.map { [root = folder.url.path] in "\(root)/\($0.name)" }
    var made: Set<Substring> = []
    for (experiment, directory) in zip(experiments, directories) {
      for file in experiment.files where isChosen(file.path) {
        let path = "\(directory)/\(file.path)"
        let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        if made.insert(parent).inserted {
          try FileManager.default.createDirectory(atPath: String(parent), withIntermediateDirectories: true)
        }
        try Data(file.contents).write(to: URL(filePath: path))
        paths.append(path)
      }
    }
    try #require(!paths.isEmpty)
  }

  /// The paths with an ending.
  func paths(_ ending: String) -> [String] { paths.filter { $0.hasSuffix(ending) } }

  /// A damaged copy of the first file that holds something.
  func damaged(_ ending: String, _ found: String, _ damage: String) throws -> String {
    for path in paths(ending) {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      guard text.contains(found) else { continue }
      let file = URL(filePath: path).lastPathComponent
      return try folder.write(text.replacing(found, with: damage, maxReplacements: 1), to: "damaged/\(file)")
    }
    Issue.record("no \(ending) has \(found)")
    return ""
  }
}
