public import ArgumentParser
internal import Emitting
internal import SystemPackage
internal import Testbed

/// `container_image`: draws a topology.
public struct ContainerImageCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "container_image",
    abstract: "Draw a topology.",
    usage: """
      container_image [options] TOPOLOGY OUTPUT
      container_image [options] --experiment PROJECT/EXPERIMENT OUTPUT
      """,
    discussion: """
      TOPOLOGY is NS-2 if its name ends in .tcl or .ns, and TopDL otherwise. The suffix of OUTPUT says what is written: \
      .png, .jpg, .svg or .pdf, which Graphviz draws, .dot for other programs, or .html for a page to search and walk \
      through in a browser, however large the topology is.

      Of more than a few hundred computers on hosts, hosts are drawn, with how much crosses between them.
      """)

  @Option(
    help: ArgumentHelp("Draw that experiment of the local testbed.", valueName: "project/experiment"))
  var experiment: String?

  @Option(
    name: .customLong("topo"), help: ArgumentHelp("The topology, in place of the first argument.", valueName: "file"))
  var topologyFile: String?

  @Option(name: .customLong("out"), help: ArgumentHelp("The output, in place of the last argument.", valueName: "file"))
  var outputFile: String?

  @Option(
    name: .customLong("html"), help: ArgumentHelp("Also write a page for a browser to that file.", valueName: "file"))
  var pageFile: String?

  @OptionGroup var drawing: DrawingArguments

  @Argument(help: ArgumentHelp("The topology and the output.", valueName: "file"))
  var files: [String] = []

  public init() {}

  public func validate() throws {
    guard topologyFile == nil || experiment == nil else {
      throw ValidationError("--topo and --experiment exclude each other")
    }
    _ = try source()
    for case (let file?, _) in try [(source().output, 0), (pageFile, 1)] where ImageFormat(file: file) == nil {
      throw ValidationError("the name of \(file) doesn't say what to write: end it in \(ImageFormat.suffixes)")
    }
    if let pageFile, ImageFormat(file: pageFile) != .page {
      throw ValidationError("\(pageFile) isn't the name of a page: end it in .html")
    }
  }

  /// What the positional arguments are, which depends on the options.
  private func source() throws -> (topology: String?, output: String?) {
    var rest = files[...]
    let topology = topologyFile ?? (experiment == nil ? rest.popFirst() : nil)
    let output = outputFile ?? rest.popFirst()
    if topology == nil, experiment == nil { throw ValidationError("name a topology, or an --experiment") }
    if output == nil, pageFile == nil { throw ValidationError("name the file to write") }
    if let extra = rest.first { throw ValidationError("\(extra) is one file too many") }
    return (topology, output)
  }

  public func run() async throws {
    let journal = Journal(isDetailed: false)
    let interruption = Interruption()
    journal.warn(drawing.warnings)
    let (named, output) = try source()
    let path = try named ?? storedTopology()
    let input = try await TopologyFile.read(path, converter: nil, journal: journal, interruption: interruption)
    let picture = Picture(input.topology, title: experiment ?? path)
    if let pageFile { try OutputFile.write(picture.page, to: pageFile) }
    guard let output, let format = ImageFormat(file: output) else { return }
    switch format {
    case .page: try OutputFile.write(picture.page, to: output)
    case .dot: try OutputFile.write(Array(picture.dot(drawing.options()).utf8), to: output)
    case .drawn(let name):
      let dot = try picture.dot(drawing.options())
      do throws(CommandError) {
        let image = try await Graphviz.draw(
          dot, as: name, within: drawing.timeLimit, interruption: interruption)
        try OutputFile.write(image, to: output)
      } catch {
        throw CommandError("\(error); files in .dot and .html need no Graphviz")
      }
    }
  }

  /// The topology of the experiment.
  private func storedTopology() throws -> String {
    let parts = (experiment ?? "").split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { throw CommandError("name the experiment as PROJECT/EXPERIMENT, without a group") }
    let name = try ExperimentName(project: parts[0], experiment: parts[1])
    let store = try ExperimentStore(environment: Environment.current)
    let file = store.containersDirectory(of: name).appending("topo.xml")
    guard file.isPresent else { throw CommandError("there is no experiment \(name) with a topology (\(file))") }
    return file.string
  }
}
