public import ArgumentParser
internal import SystemPackage
internal import TopologyReading

/// `ns2topdl`: turns an NS-2 file into TopDL; the sandbox that scripts from strangers run in.
public struct NS2TopDLCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "ns2topdl",
    abstract: "Translate an NS-2 file to TopDL, on standard output.",
    discussion: """
      The file is a Tcl script. It runs without files, processes, networks, environment or clock, and is stopped when it \
      runs too long or uses too much memory. What it prints goes to standard error.
      """)

  @Argument(help: "The NS-2 file.", completion: .file(extensions: ["tcl", "ns"]))
  var file: String

  @Flag(name: .shortAndLong, help: "Don't warn of statements that are ignored.")
  var quiet = false

  @Flag(name: [.customShort("n"), .long], help: "Only check the file.")
  var checkOnly = false

  @Option(help: ArgumentHelp("How many seconds of a processor the script may take.", valueName: "s"))
  var timeLimit = NS2Limits().seconds

  @Option(help: ArgumentHelp("How much memory the script may use.", valueName: "MB"))
  var memoryLimit = ScriptSandbox.defaultMemory >> 20

  public init() {}

  public func validate() throws {
    guard timeLimit > 0, memoryLimit > 0 else { throw ValidationError("limits are greater than 0") }
  }

  public func run() throws {
    // Somewhat more than the script's own limit, which gives the better message.
    ScriptSandbox.enter(file: file, seconds: timeLimit * 2 + 10, memory: memoryLimit << 20)
    var limits = NS2Limits()
    limits.seconds = timeLimit
    let reading: NS2Reader.Reading
    do {
      reading = try NS2Reader(limits: limits).read(file)
    } catch {
      // Warnings first, so that errors are what is left on the screen.
      for diagnostic in error.diagnostics where diagnostic.severity == .warning && !quiet {
        Console.note("\(diagnostic)\n")
      }
      throw ReadError(error.diagnostics.filter { $0.severity == .error })
    }
    Console.note(reading.output)
    if !quiet {
      for warning in reading.warnings { Console.note("\(warning)\n") }
    }
    if !checkOnly { try Console.write(TopDLWriter().bytes(of: reading.topology)) }
  }
}
