public import ArgumentParser
internal import Emitting
internal import Planning
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
      configuration the experiment is created in the local testbed, under $CONTAINERIZE_HOME; with one, that server is \
      asked for the hosts (see docs/emulab.md).

      annotate writes FILE with the container kind of every computer, partition an annotated FILE with the partition of \
      every container, both as TopDL on standard output: the first two stages by themselves, for other programs to call. In a pipe, FILE is \
      /dev/stdin. \
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
    let registry = try TestbedRegistry(of: name, site: site, output: output)
    let destination = try Destination(of: name, output: output, isRegistered: registry != nil)
    let options = try packing.options()
    // Better now than after a long search.
    if !output.dryRun {
      try destination.requireFree()
      try await registry?.requireFree(journal: journal)
    }

    let input = try await journal.stage("read") {
      try await TopologyFile.read(
        file, converter: site.topdlConverter, journal: journal, interruption: interruption)
    } sizes: {
      "\(counted($0.topology.computers.count, "computer")), \(counted($0.topology.substrates.count, "substrate"))"
    }
    let partitioner = search.partitioner(interruption: interruption, journal: journal)
    let plan = try Plan(input.topology, options: options, site: site, partitioner: partitioner, journal: journal)
    let experiment = Experiment(
      project: name.project, name: name.experiment, input: input.bytes, language: input.language,
      annotated: plan.annotated, embedding: plan.embedding, site: site)
    let emitters = try output.emitters()
    let batches = try journal.stage("emit") { try experiment.batches(for: emitters) }
    journal.warn(experiment.warnings)
    let report = PlanReport(
      name: name, embedding: plan.embedding, totals: plan.totals, directory: destination.path,
      url: name.page(at: site[.baseURL] ?? ""))
    guard !output.dryRun else {
      return try output.json ? Console.write(json: report) : Console.write(report.text)
    }
    journal.tell(report.summary)
    try await journal.stage("create") {
      try await create(experiment, batches, at: destination, registry, journal, interruption)
    }
    if output.json {
      try Console.write(json: report)
    } else {
      try Console.write(
        """
        Containerized experiment \(name) successfully created!
        Access it via \(report.url)

        """)
    }
  }
}

extension ContainerizeCommand {
  /// Writes an experiment's files aside, and makes them appear.
  private func create(
    _ experiment: Experiment, _ batches: [EmittedBatch], at destination: Destination, _ registry: TestbedRegistry?,
    _ journal: Journal, _ interruption: Interruption
  ) async throws {
    let staged = try destination.begin(interruption)
    defer { interruption.settle(.creation) }
    let progress = journal.progress(of: "create")
    let isDrawn = output.image
    try await DirectoryWriter(staged, prefix: destination.prefix, progress: progress).write(batches) {
      isDrawn ? await Visualization.file(of: experiment, journal: journal, interruption: interruption) : nil
    }
    try await commit(staged, registry, experiment, interruption)
  }

  /// Makes a staged experiment appear: where a testbed's server makes experiments, there first.
  private func commit(
    _ staged: StagedDirectory, _ registry: TestbedRegistry?, _ experiment: Experiment, _ interruption: Interruption
  ) async throws {
    guard let registry else { return try staged.commit() }
    try await registry.withExperiment(script: experiment.hostScript(), interruption: interruption) {
      try staged.commit()
    }
  }
}

extension ExperimentName {
  /// The testbed's page of the experiment.
  fileprivate func page(at base: String) -> String { "\(base)/showexp.php3?pid=\(project)&eid=\(experiment)" }
}
