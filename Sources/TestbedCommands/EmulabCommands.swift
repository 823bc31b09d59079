internal import Commands
internal import ArgumentParser
internal import EmulabService
internal import Foundation
internal import Swapping
internal import Testbed
internal import XMLRPC

/// An experiment as Emulab's commands name it: `-e PROJECT,EXPERIMENT`, or two words.
struct EmulabExperiment: ParsableArguments {
  @Option(name: .customShort("e"), help: ArgumentHelp("The experiment.", valueName: "project,experiment"))
  var name: String?

  @Argument(
    help: ArgumentHelp("PROJECT EXPERIMENT, where -e is missing, and what else the command takes.", valueName: "word"))
  var words: [String] = []

  /// The experiment, and the other words.
  ///
  /// - Parameter count: How many other words there are.
  /// - Returns: The arguments that name the experiment, and the other words.
  /// - Throws: If there are more or fewer words.
  func parts(others count: Int) throws -> (arguments: [String: XMLRPCValue], others: [String]) {
    let names = name.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard names.map({ $0.count == 2 }) ?? true, words.count == count + (names == nil ? 2 : 0) else {
      throw ValidationError("name the experiment as -e PROJECT,EXPERIMENT, or as PROJECT EXPERIMENT")
    }
    let pair = names ?? Array(words.prefix(2))
    return (["proj": .string(pair[0]), "exp": .string(pair[1])], Array(words.suffix(count)))
  }
}

/// A call of a method of Emulab's interface, by the testbed's owner, as a command.
enum EmulabCall {
  /// Calls a method, prints its output, and ends as Emulab's commands do where it fails.
  static func run(_ method: String, _ arguments: [String: XMLRPCValue]) async throws {
    let root = try ExperimentStore(environment: Environment.current).root
    let service = EmulabService(
      try LocalTestbed.current { _ in }, members: ProjectMembers(root: root), programs: OwnProgram.directory)
    let response = await service.call(method, arguments)
    guard response.code == .success else {
      Console.note("\(response.output)\(response.output.hasSuffix("\n") ? "" : "\n")")
      throw ExitCode(response.exitCode)
    }
    try Console.write(response.output)
  }
}

/// The options that Emulab's commands have, and that change nothing here.
struct EmulabPatience: ParsableArguments {
  @Flag(name: .customShort("w"), help: "Wait until it is done. This always waits.") var wait = false
  @Flag(name: .customShort("N"), help: "Send no mail. None is ever sent.") var noMail = false
}

/// `testbed startexp`.
struct TestbedStartExperimentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "startexp", abstract: "Emulab's form: create an experiment, and swap it in unless -f is given.")

  @Flag(name: .customShort("q"), help: "Say less.") var quiet = false
  @Flag(name: .customShort("i"), help: "Swap it in at once. There is no queue to wait in: this is so without it.")
  var immediate = false
  @Flag(name: .customShort("f"), help: "Don't swap it in.") var preload = false
  @OptionGroup var patience: EmulabPatience
  @Option(name: .customShort("E"), help: "What it is for.") var description: String?
  @Option(name: .customShort("g"), help: "The group.") var group: String?
  @Option(name: .customShort("S"), help: "Why it can't be swapped out.") var noSwapReason: String?
  @Option(name: .customShort("L"), help: "Why it can't be swapped out when idle.") var noIdleSwapReason: String?
  @Option(name: .customShort("a"), help: "How many minutes it may be swapped in. Kept, not held to.") var duration: Int?
  @Option(name: .customShort("l"), help: "After how many idle minutes to swap it out. Kept, not held to.") var idle:
    Int?
  @Option(name: .customShort("p"), help: "The project.") var project: String
  @Option(name: .customShort("e"), help: "The experiment.") var experiment: String
  @Argument(help: "The NS file.") var file: String

  func run() async throws {
    var arguments: [String: XMLRPCValue] = [
      "proj": .string(project), "exp": .string(experiment), "noswapin": .boolean(preload), "wait": true,
      "batch": .boolean(!immediate), "nsfilepath": .string(file),
    ]
    for (name, text) in [("description", description), ("group", group)] { arguments[name] = text.map { .string($0) } }
    if let noSwapReason {
      arguments["swappable"] = false
      arguments["noswap_reason"] = .string(noSwapReason)
    }
    if let noIdleSwapReason {
      arguments["idleswap"] = 0
      arguments["noidleswap_reason"] = .string(noIdleSwapReason)
    }
    if let idle { arguments["idleswap"] = .int(idle) }
    if let duration { arguments["max_duration"] = .int(duration) }
    try await EmulabCall.run("startexp", arguments)
    if !quiet { try Console.write("Experiment \(project)/\(experiment) has been successfully created!\n") }
  }
}

/// `testbed swapexp`.
struct TestbedSwapExperimentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swapexp", abstract: "Emulab's form of swapin and swapout.",
    usage: """
      testbed swapexp [-w] [-N] -e PROJECT,EXPERIMENT in|out
      testbed swapexp [-w] [-N] PROJECT EXPERIMENT in|out
      """)

  @OptionGroup var patience: EmulabPatience
  @OptionGroup var experiment: EmulabExperiment

  func run() async throws {
    var (arguments, others) = try experiment.parts(others: 1)
    arguments["direction"] = .string(others[0])
    arguments["wait"] = true
    try await EmulabCall.run("swapexp", arguments)
  }
}

/// `testbed endexp`.
struct TestbedEndExperimentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "endexp", abstract: "Emulab's form of end.",
    usage: """
      testbed endexp [-w] [-N] -e PROJECT,EXPERIMENT
      testbed endexp [-w] [-N] PROJECT EXPERIMENT
      """)

  @OptionGroup var patience: EmulabPatience
  @OptionGroup var experiment: EmulabExperiment

  func run() async throws {
    var (arguments, _) = try experiment.parts(others: 0)
    arguments["wait"] = true
    try await EmulabCall.run("endexp", arguments)
  }
}

/// `testbed expinfo`.
struct TestbedExperimentInfoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expinfo", abstract: "Emulab's form of status.",
    usage: """
      testbed expinfo [-n] [-m] [-l] [-d] [-a] -e PROJECT,EXPERIMENT
      testbed expinfo [-n] [-m] [-l] [-d] [-a] PROJECT EXPERIMENT
      """)

  @Flag(name: .customShort("n"), help: "Show the nodes.") var nodes = false
  @Flag(name: .customShort("m"), help: "Show where they are.") var mapping = false
  @Flag(name: .customShort("l"), help: "Show links and LANs.") var links = false
  @Flag(name: .customShort("d"), help: "Show how they are shaped.") var shaping = false
  @Flag(name: .customShort("a"), help: "Show all.") var all = false
  @OptionGroup var experiment: EmulabExperiment

  func run() async throws {
    var (arguments, _) = try experiment.parts(others: 0)
    let parts = [("nodeinfo", nodes), ("mapping", mapping), ("linkinfo", links), ("shaping", shaping)]
    arguments["show"] = .string(parts.filter { $0.1 || all }.map(\.0).joined(separator: ","))
    try await EmulabCall.run("expinfo", arguments)
  }
}

/// `testbed expwait`.
struct TestbedExperimentWaitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expwait", abstract: "Wait until an experiment is in a state.",
    usage: """
      testbed expwait [-t SECONDS] -e PROJECT,EXPERIMENT STATE
      testbed expwait [-t SECONDS] PROJECT EXPERIMENT STATE
      """)

  @Option(name: .customShort("t"), help: "How many seconds to wait at most.") var timeout: Int?
  @OptionGroup var experiment: EmulabExperiment

  func run() async throws {
    var (arguments, others) = try experiment.parts(others: 1)
    arguments["state"] = .string(others[0])
    if let timeout { arguments["timeout"] = .int(timeout) }
    try await EmulabCall.run("statewait", arguments)
    try Console.write("\n")
  }
}

/// `testbed nscheck`.
struct TestbedScriptCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nscheck", abstract: "Check an NS file, and make nothing of it.")

  @Argument(help: "The NS file.") var file: String

  func run() async throws { try await EmulabCall.run("nscheck", ["nsfilepath": .string(file)]) }
}
