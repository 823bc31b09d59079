public import ArgumentParser
internal import Emitting
internal import Planning
internal import SystemPackage
internal import Testbed
internal import TopologyModel

/// `containerize`: packs a topology onto hosts and creates the experiment.
public struct ContainerizeCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "containerize",
    abstract: "Pack the topology of an experiment onto physical hosts, and create the experiment.",
    usage: """
      containerize [options] PROJECT[/GROUP] EXPERIMENT FILE
      containerize annotate [options] FILE
      containerize partition [options] FILE
      """,
    discussion: """
      FILE is NS-2 if its name ends in .tcl or .ns, and TopDL otherwise. Without an xmlrpc_server in the site \
      configuration the experiment is created in the local testbed, under $CONTAINERIZE_HOME.

      annotate writes FILE with the container kind of every computer, partition an annotated FILE with the partition of \
      every container, both as TopDL on standard output: the first two stages by themselves, for other programs to call. \
      A project of such a name is written after "--".
      """)

  @OptionGroup(title: "Packing") var packing: PackingArguments
  @OptionGroup(title: "Site") var site: SiteArguments
  @OptionGroup(title: "Search") var search: SearchArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  @Argument(help: "The project that the experiment is in, and the group of the project.")
  var project: String

  @Argument(help: "The name of the experiment; none of that name may exist.")
  var experiment: String

  @Argument(help: "The topology.", completion: .file(extensions: ["tcl", "ns", "xml"]))
  var file: String

  public init() {}

  public func run() async throws {
    let journal = Journal(isDetailed: output.debug)
    let interruption = Interruption()
    let site = try site.configuration()
    let name = try ExperimentName(project: project, experiment: experiment)
    let store = try ExperimentStore(environment: Environment.current)
    let options = try packing.options()
    if let server = site.xmlrpcServer {
      journal.warn(["the testbed at \(server) isn't asked: the experiment is created in the local testbed"])
    }
    // Better now than after a long search.
    if !output.dryRun {
      try output.directory.map { try StagedDirectory.requireFree(FilePath($0)) } ?? store.requireFree(name)
    }

    let input = try await journal.stage("read") {
      try await TopologyFile.read(
        file, converter: site.topdlConverter, journal: journal, interruption: interruption)
    } sizes: {
      "\($0.topology.computers.count) computers, \($0.topology.substrates.count) substrates"
    }
    let experiment = try plan(
      input, name: name, options: options, site: site, interruption: interruption, journal: journal)
    let report = PlanReport(
      name: name, embedding: experiment.embedding, totals: experiment.totals,
      directory: output.directory ?? store.containersDirectory(of: name).string,
      url: name.page(at: site[.baseURL] ?? ""))
    if !output.dryRun {
      try await journal.stage("create") {
        try await create(experiment.batches, interruption: interruption) {
          try output.directory.map { try StagedDirectory(for: FilePath($0)) } ?? store.stage(name)
        }
      }
    }
    try tell(report)
  }
}

extension ContainerizeCommand {
  /// A planned experiment.
  private struct Planned {
    var embedding: Embedding
    var totals: Totals
    var batches: [EmittedBatch]
  }

  /// Plans the experiment, stage by stage.
  private func plan(
    _ input: TopologyFile, name: ExperimentName, options: PackingOptions, site: SiteConfiguration,
    interruption: Interruption, journal: Journal
  ) throws -> Planned {
    let annotated = try journal.stage("annotate") { try annotate(input.topology, options: options) }
    journal.warn(annotated.warnings)
    let partitioned = try journal.stage("partition") {
      try partition(
        annotated.topology, options: options, with: search.partitioner(interruption: interruption, journal: journal))
    } sizes: {
      "\($0.totals.hosts) hosts, cost \($0.totals.cost), lower bound \($0.totals.lowerBound)"
    }
    journal.warn(partitioned.warnings)
    let embedding = try journal.stage("embed") {
      try embed(partitioned.topology, options: options, site: site)
    } sizes: {
      "\($0.hosts.count) hosts, \($0.crossings.count) substrates between hosts"
    }
    journal.warn(embedding.warnings)
    let experiment = Experiment(
      project: name.project, name: name.experiment, input: input.bytes, language: input.language,
      annotated: annotated.topology, embedding: embedding, site: site)
    let batches = try journal.stage("emit") { try experiment.batches() }
    journal.warn(experiment.warnings)
    return Planned(embedding: embedding, totals: partitioned.totals, batches: batches)
  }

  /// Writes the experiment, of which nothing stays if the user wants out meanwhile.
  private func create(
    _ batches: [EmittedBatch], interruption: Interruption, in stage: () throws -> StagedDirectory
  ) async throws {
    let staged = try interruption.begin(stage) { $0.discard() }
    defer { interruption.settle() }
    try await DirectoryWriter(staged, prefix: output.directory == nil ? "containers/" : "").write(batches)
    try staged.commit()
  }

  /// Tells what was planned, or that it was created.
  private func tell(_ report: PlanReport) throws {
    if output.json {
      try Console.write(json: report)
    } else if output.dryRun {
      try Console.write(report.text)
    } else {
      try Console.write(
        """
        Containerized experiment \(report.project)/\(report.experiment) successfully created!
        Access it via \(report.url)

        """)
    }
  }
}

extension ExperimentName {
  /// The testbed's page of the experiment.
  fileprivate func page(at base: String) -> String { "\(base)/showexp.php3?pid=\(project)&eid=\(experiment)" }
}
