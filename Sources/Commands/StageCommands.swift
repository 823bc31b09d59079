public import ArgumentParser
internal import Planning
internal import TopologyModel
internal import TopologyReading

/// `containerize annotate`: the first stage by itself.
public struct AnnotateCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "containerize annotate",
    abstract: "Write a topology with the container kind of every computer, as TopDL on standard output.")

  @OptionGroup var input: StageInput

  public init() {}

  public func run() async throws {
    let journal = Journal(isDetailed: false)
    let annotated = try await input.annotated(journal: journal, interruption: Interruption())
    try Console.write(TopDLWriter().bytes(of: annotated))
  }
}

/// `containerize partition`: the second stage by itself.
public struct PartitionCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "containerize partition",
    abstract: "Write an annotated topology with the partition of every container, as TopDL on standard output.",
    discussion: "A topology that isn't annotated is annotated first; annotating twice changes nothing.")

  @OptionGroup var input: StageInput
  @OptionGroup(title: "Search") var search: SearchArguments

  public init() {}

  public func run() async throws {
    let journal = Journal(isDetailed: false)
    let interruption = Interruption()
    let annotated = try await input.annotated(journal: journal, interruption: interruption)
    let partitioned = try partition(
      annotated, options: input.packing.options(),
      with: search.partitioner(interruption: interruption, journal: journal))
    journal.warn(partitioned.warnings)
    try Console.write(TopDLWriter().bytes(of: partitioned.topology))
  }
}

/// What a stage by itself is asked: a topology, and how it is packed.
struct StageInput: ParsableArguments {
  @OptionGroup(title: "Packing") var packing: PackingArguments
  @OptionGroup(title: "Site") var site: SiteArguments

  @Argument(help: "The topology: NS-2 if its name ends in .tcl or .ns, TopDL otherwise.")
  var file: String

  /// The topology with the container kind of every computer.
  func annotated(journal: Journal, interruption: Interruption) async throws -> Topology {
    let site = try site.configuration()
    let options = try packing.options()
    let input = try await TopologyFile.read(
      file, converter: site.topdlConverter, journal: journal, interruption: interruption)
    let annotated = try annotate(input.topology, options: options)
    journal.warn(annotated.warnings)
    return annotated.topology
  }
}
