public import ArgumentParser
internal import Planning
internal import TopologyModel
internal import TopologyReading

/// `containerize annotate`: the first stage by itself.
public struct AnnotateCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "containerize annotate",
    abstract: "Write a topology with the container kind of every computer, as TopDL on standard output.")

  @OptionGroup(title: "Packing") var packing: PackingArguments
  @OptionGroup(title: "Site") var site: SiteArguments

  @Argument(help: "The topology: NS-2 if its name ends in .tcl or .ns, TopDL otherwise.")
  var file: String

  public init() {}

  public func run() async throws {
    let journal = Journal(isDetailed: false)
    let interruption = Interruption()
    let site = try site.configuration()
    let options = try packing.options()
    let input = try await TopologyFile.read(
      file, converter: site.topdlConverter, journal: journal, interruption: interruption)
    let annotated = try annotate(input.topology, options: options)
    journal.warn(annotated.warnings)
    try Console.write(TopDLWriter().bytes(of: annotated.topology))
  }
}

/// `containerize partition`: the second stage by itself.
public struct PartitionCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "containerize partition",
    abstract: "Write an annotated topology with the partition of every container, as TopDL on standard output.",
    discussion: "A topology that isn't annotated is annotated first; annotating twice changes nothing.")

  @OptionGroup(title: "Packing") var packing: PackingArguments
  @OptionGroup(title: "Site") var site: SiteArguments
  @OptionGroup(title: "Search") var search: SearchArguments

  @Argument(help: "The annotated topology: NS-2 if its name ends in .tcl or .ns, TopDL otherwise.")
  var file: String

  public init() {}

  public func run() async throws {
    let journal = Journal(isDetailed: false)
    let interruption = Interruption()
    let site = try site.configuration()
    let options = try packing.options()
    let input = try await TopologyFile.read(
      file, converter: site.topdlConverter, journal: journal, interruption: interruption)
    let annotated = try annotate(input.topology, options: options)
    journal.warn(annotated.warnings)
    let partitioned = try partition(
      annotated.topology, options: options, with: search.partitioner(interruption: interruption, journal: journal))
    journal.warn(partitioned.warnings)
    try Console.write(TopDLWriter().bytes(of: partitioned.topology))
  }
}
