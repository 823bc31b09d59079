internal import ArgumentParser
internal import Emitting

/// The options that say what a drawing looks like.
struct DrawingArguments: ParsableArguments {
  @Flag(help: "Draw a box around the computers of each host.")
  var partitions = false

  @Option(
    help: ArgumentHelp("The layout program of Graphviz. (default: fdp, or sfdp for many nodes)", valueName: "name"))
  var program: String?

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Write names on links and addresses at interfaces. (default: where they can be read)")
  var labels: Bool?

  @Flag(exclusivity: .chooseLast, help: "How near to look. (default: computers, or hosts where there are too many)")
  var level: Level?

  @Option(help: ArgumentHelp("How long Graphviz may take.", valueName: "s"))
  var timeLimit = 60.0

  @Option(help: ArgumentHelp("Deprecated, and without effect.", valueName: "prefix"))
  var attrPrefix: String?

  enum Level: String, EnumerableFlag {
    case detail, overview

    static func help(for value: Self) -> ArgumentHelp? {
      switch value {
      case .detail: "Draw every computer, however many there are."
      case .overview: "Draw hosts, however few there are."
      }
    }
  }

  func validate() throws {
    guard timeLimit > 0, timeLimit < 1e6 else {
      throw ValidationError("a time limit is a number of seconds greater than 0")
    }
  }

  /// The options as values.
  func options() -> DrawingOptions {
    var options = DrawingOptions()
    options.showsHosts = partitions
    options.program = program
    options.showsLabels = labels
    options.level =
      switch level {
      case nil: nil
      case .detail: .detail
      case .overview: .overview
      }
    return options
  }

  /// What the user should know.
  var warnings: [String] {
    attrPrefix == nil ? [] : ["--attr-prefix is deprecated and has no effect: attributes begin with containers:"]
  }
}
