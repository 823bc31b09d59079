internal import Commands
public import ArgumentParser
internal import Swapping
internal import Testbed

/// `testbed`: the local testbed's experiments, swapped in and out on this machine.
public struct TestbedCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "testbed",
    abstract: "Swap experiments in and out on this machine, and see how they are.",
    discussion: "Experiments are those that containerize has created under $CONTAINERIZE_HOME.",
    subcommands: [
      TestbedSwapInCommand.self, TestbedSwapOutCommand.self, TestbedEndCommand.self, TestbedListCommand.self,
      TestbedStatusCommand.self, TestbedEventsCommand.self, TestbedStartCommand.self, TestbedExecCommand.self,
      TestbedRebootCommand.self, TestbedCopyCommand.self, TestbedNamesCommand.self, TestbedProxyCommand.self,
      TestbedServeCommand.self, TestbedDoctorCommand.self, TestbedCertificateCommand.self,
      TestbedStartExperimentCommand.self, TestbedSwapExperimentCommand.self, TestbedEndExperimentCommand.self,
      TestbedExperimentInfoCommand.self, TestbedExperimentWaitCommand.self, TestbedScriptCheckCommand.self,
    ])

  public init() {}
}

/// The experiment that a command is about.
struct ExperimentArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The experiment.", valueName: "project/experiment"))
  var experiment: String

  /// Its name.
  func name() throws -> ExperimentName { try ExperimentName(text: experiment) }
}

extension ExperimentName {
  /// A name such as `PROJECT/EXPERIMENT`.
  init(text: String) throws {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { throw CommandError("name the experiment as PROJECT/EXPERIMENT, without a group") }
    try self.init(project: parts[0], experiment: parts[1])
  }
}

extension LocalTestbed {
  /// The testbed that the environment names.
  static func current(progress: @escaping @Sendable (String) -> Void = { Console.note("\($0)\n") }) throws -> Self {
    try Self(
      ExperimentStore(environment: Environment.current), programs: OwnProgram.directory, progress: progress)
  }
}
