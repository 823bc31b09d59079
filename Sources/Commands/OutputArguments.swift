internal import ArgumentParser

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

  @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: "Draw the experiment.")
  var image = true

  @Flag(help: "Say what each stage does, and how long it takes.")
  var debug = false

  @Flag(help: "Keep temporary files. There are none to keep: accepted for old scripts.")
  var keepTmp = false
}
