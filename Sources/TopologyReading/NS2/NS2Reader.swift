public import TopologyModel

/// Reads NS-2 files: Tcl scripts that describe an experiment to an Emulab testbed.
///
/// A file is run by a real Tcl interpreter with our own definitions of `Simulator` and the `tb-*` commands. It is a
/// script from a stranger, so it reaches nothing outside and is stopped when it uses up its ``NS2Limits``; memory and
/// the stack are for the process to limit, see ``ScriptSandbox``.
///
/// > DeterLab core documentation, "NS commands"; Emulab's `tbsetup/ns2ir`, whose behaviour this follows.
public struct NS2Reader: Sendable {
  /// What a script may use up.
  public var limits: NS2Limits

  /// A reader.
  public init(limits: NS2Limits = NS2Limits()) { self.limits = limits }

  /// What a file says.
  public struct Reading: Sendable {
    /// The experiment at the moment of its `run` statement.
    public var topology: Topology
    /// Statements that were ignored, and other things the author should know.
    public var warnings: [Diagnostic]
    /// What the script printed.
    public var output: String
  }

  /// Reads a file.
  ///
  /// - Parameter path: The file.
  /// - Returns: The experiment, and what its author should know.
  /// - Throws: Everything that is wrong with it: semantic errors are all collected; a Tcl error ends the reading.
  public func read(_ path: String) throws(ReadError) -> Reading {
    var script = try ScriptFile(path: path, limit: limits.fileBytes)
    var repairs: [Diagnostic] = []
    while true {
      let interpreter = Interpreter(timeLimit: limits.seconds)
      let simulation = Simulation(interpreter: interpreter, file: path, script: script.bytes, limits: limits)
      let error = run(script, simulation)
      if let error, error.message.hasPrefix("invalid character \"#\""), let line = ErrorPlace(trace: error.trace).line,
        script.repairComparison(onLine: line)
      {
        repairs.append(
          Diagnostic(file: path, line: line, severity: .warning, message: "\"<#\" is no operator: read as \"<=\""))
        continue
      }
      return try result(of: simulation, error, path, repairs)
    }
  }

  /// Runs a script, and returns what stopped it.
  private func run(_ script: ScriptFile, _ simulation: Simulation) -> ScriptError? {
    do throws(ScriptError) {
      try simulation.defineSafeCommands()
      try simulation.defineAssignment()
      try script.withFile { path throws(ScriptError) in try simulation.interpreter.run(file: path) }
      return nil
    } catch {
      return error
    }
  }

  private func result(
    of simulation: Simulation, _ error: ScriptError?, _ path: String, _ repairs: [Diagnostic]
  ) throws(ReadError) -> Reading {
    var diagnostics = repairs + simulation.diagnostics
    if simulation.interpreter.isOverTime {
      diagnostics.append(
        Diagnostic(file: path, message: "the script was stopped: it takes a processor more than \(limits.seconds) s"))
    } else if let status = simulation.exitStatus {
      if status != "0" { diagnostics.append(Diagnostic(file: path, message: "the script exits with status \(status)")) }
    } else if let error {
      diagnostics.append(diagnostic(for: error, in: path, simulation))
    }
    let hasErrors = diagnostics.contains { $0.severity == .error }
    if !simulation.hasRun, !hasErrors {
      diagnostics.append(Diagnostic(file: path, message: "No 'Simulator run' statement found."))
    }
    guard let topology = simulation.topology, !hasErrors else { throw ReadError(diagnostics) }
    return Reading(topology: topology, warnings: diagnostics, output: simulation.output)
  }

  private func diagnostic(for error: ScriptError, in path: String, _ simulation: Simulation) -> Diagnostic {
    var message = error.message.replacing("\n", with: " ")
    if message.hasPrefix("Unknown: tb-"), !simulation.hasSourcedTestbedCommands {
      message += " (tb- commands exist after \"source tb_compat.tcl\")"
    }
    let place = ErrorPlace(trace: error.trace)
    if let procedure = place.procedure { message += " (in procedure \(procedure))" }
    return Diagnostic(file: path, line: place.line, message: message)
  }
}
