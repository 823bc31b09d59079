internal import Commands
internal import ArgumentParser
internal import Swapping
internal import Testbed

/// `testbed swapin`.
struct TestbedSwapInCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swapin",
    abstract: "Bring up an experiment's hosts and nodes, and make sure that links and routes are as asked.",
    discussion: "Ctrl-C undoes it.")

  @OptionGroup var argument: ExperimentArgument

  @Flag(help: "Print how the experiment is as JSON.")
  var json = false

  func run() throws {
    let interruption = Interruption()
    let name = try argument.name()
    let testbed = try LocalTestbed.current()
    defer { interruption.settle(.swap) }
    let report = try testbed.swapIn(name) { undo in interruption.begin(.swap, undo: undo) }
    if json {
      try Console.write(json: report)
    } else {
      try Console.write("Experiment \(name) successfully swapped in\n")
    }
  }
}

/// `testbed swapout`.
struct TestbedSwapOutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swapout", abstract: "Take an experiment off the machine, and leave nothing of it there.")

  @OptionGroup var argument: ExperimentArgument

  func run() throws {
    let name = try argument.name()
    try LocalTestbed.current().swapOut(name)
    try Console.write("Experiment \(name) successfully swapped out\n")
  }
}

/// `testbed end`.
struct TestbedEndCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Swap an experiment out if need be, and remove its directory.")

  @OptionGroup var argument: ExperimentArgument

  func run() throws {
    let name = try argument.name()
    try LocalTestbed.current().end(name)
    try Console.write("Experiment \(name) successfully ended\n")
  }
}

/// `testbed start`.
struct TestbedStartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start a ghost: a node that was made and not started.")

  @OptionGroup var argument: ExperimentArgument
  @Argument(help: "The node.") var node: String

  func run() throws { try LocalTestbed.current().startGhost(node, of: argument.name()) }
}
