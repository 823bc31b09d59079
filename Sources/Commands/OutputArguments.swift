internal import ArgumentParser
internal import Emitting

/// The options that say what becomes of the plan.
struct OutputArguments: ParsableArguments {
  @Flag(help: "Show the plan and create nothing.")
  var dryRun = false

  @Flag(help: "Print the plan as JSON.")
  var json = false

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp("Write the experiment directory there, and create no experiment.", valueName: "dir"))
  var directory: String?

  @Flag(help: "Create the experiment in the local testbed, even where the site configuration names another.")
  var local = false

  @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: "Draw the experiment.")
  var image = true

  @Option(
    help: ArgumentHelp(
      "Write files for other programs too: \(Self.emitterNames).", valueName: "format,…"))
  var emit: [String] = []

  @Flag(help: "Say what each stage does, and how long it takes.")
  var debug = false

  @Flag(help: "Keep temporary files. There are none to keep: accepted for old scripts.")
  var keepTmp = false

  private static let emitterNames = Emitter.allCases.map(\.rawValue).joined(separator: ", ")

  func validate() throws { _ = try emitters() }

  /// The emitters that are asked for.
  ///
  /// - Throws: What isn't the name of one.
  func emitters() throws -> [Emitter] {
    try emit.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map { name in
      guard let emitter = Emitter(rawValue: String(name)) else {
        throw ValidationError("--emit takes \(Self.emitterNames), not \"\(name)\"")
      }
      return emitter
    }
  }
}
