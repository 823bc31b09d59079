internal import ArgumentParser
internal import Swapping
internal import Testbed

/// `testbed exec`.
struct TestbedExecCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exec", abstract: "Run a command in a node.",
    usage: "testbed exec PROJECT/EXPERIMENT NODE -- COMMAND…",
    discussion: "It has this command's standard streams, and its exit code becomes this command's.")

  @OptionGroup var argument: ExperimentArgument
  @Argument(help: "The node.") var node: String
  @Argument(parsing: .postTerminator, help: "The command; a shell where there is none.") var command: [String] = []

  func run() throws {
    let entry = try LocalTestbed.current().entry(of: node, of: argument.name())
    try NodeProgram.replaceThisProcess(by: command, in: entry)
  }
}

/// `testbed cp`.
struct TestbedCopyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cp", abstract: "Copy files and directories to a node, or from it.",
    usage: """
      testbed cp PROJECT/EXPERIMENT NODE:PATH DIRECTORY
      testbed cp PROJECT/EXPERIMENT PATH NODE:DIRECTORY
      """)

  @OptionGroup var argument: ExperimentArgument
  @Argument(help: "What to copy.") var source: String
  @Argument(help: "The directory to copy it to.") var target: String

  func run() throws {
    let (from, to) = (Place(source), Place(target))
    guard (from.node == nil) != (to.node == nil), let node = from.node ?? to.node else {
      throw ValidationError("one of the two is on a node, as NODE:PATH, and the other is here")
    }
    let entry = try LocalTestbed.current().entry(of: node, of: argument.name())
    let (directory, file) = from.parts
    try NodeProgram.pipe(
      from: (
        ["tar", "--create", "--file=-", "--directory=\(directory)", "--", file], from.node == nil ? nil : entry
      ),
      to: (["tar", "--extract", "--file=-", "--directory=\(to.path)"], to.node == nil ? nil : entry))
  }

  /// A path, here or on a node.
  private struct Place {
    var node: String?
    var path: String

    init(_ text: String) {
      // A path with a slash before the colon is one with a colon in it.
      if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/"), colon != text.startIndex {
        node = String(text[..<colon])
        path = String(text[text.index(after: colon)...])
      } else {
        path = text
      }
      if path.isEmpty { path = "." }
    }

    /// The directory that something is in, and its name there.
    var parts: (directory: String, name: String) {
      guard let slash = path.lastIndex(of: "/") else { return (".", path) }
      let name = String(path[path.index(after: slash)...])
      let directory = String(path[..<slash])
      return (directory.isEmpty ? "/" : directory, name.isEmpty ? "." : name)
    }
  }
}
