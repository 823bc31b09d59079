internal import CTcl
internal import Glibc

/// A Tcl interpreter for scripts from strangers.
///
/// It is safe in Tcl's sense (no files, processes, sockets or environment), stops at a deadline, and everything that
/// would reach outside, wait, or make the result depend on the time of day is refused. Tcl ties an interpreter to the
/// thread that made it.
///
/// > Tcl 8.6 manual: `Tcl_MakeSafe`, `Tcl_LimitSetTime`, `interp` (safe interpreters).
@safe final class Interpreter {
  /// A command that scripts call: from its arguments (its own name first) to its result.
  typealias Command = (_ arguments: [String]) throws(ScriptError) -> String

  private let raw: UnsafeMutablePointer<Tcl_Interp>
  /// Tcl's own `info globals` and `info frame`, whatever a script calls by these names.
  private let infoGlobals: Tcl_CmdInfo
  private let infoFrame: Tcl_CmdInfo

  private let budget: ProcessorBudget

  private static let runtime: Void = Tcl_FindExecutable(nil)

  /// - Parameter timeLimit: How many seconds of a processor scripts may take in all.
  init(timeLimit: Int) {
    Self.runtime
    budget = ProcessorBudget(seconds: timeLimit)
    guard let raw = unsafe Tcl_CreateInterp() else { preconditionFailure("Tcl is out of memory") }
    unsafe self.raw = raw
    unsafe Tcl_MakeSafe(raw)
    unsafe infoGlobals = Self.information(raw, "::tcl::info::globals")
    unsafe infoFrame = Self.information(raw, "::tcl::info::frame")
    unsafe Self.setDeadline(of: raw, budget)
    unsafe Tcl_LimitTypeSet(raw, TCL_LIMIT_TIME)
    unsafe Tcl_LimitAddHandler(
      raw, TCL_LIMIT_TIME,
      { budget, raw in
        guard let budget = unsafe budget, let raw = unsafe raw else { return }
        unsafe Interpreter.setDeadline(of: raw, Unmanaged<ProcessorBudget>.fromOpaque(budget).takeUnretainedValue())
      }, Unmanaged.passRetained(budget).toOpaque(),
      { unsafe $0.map { unsafe Unmanaged<ProcessorBudget>.fromOpaque($0).release() } })
  }

  /// Lets scripts run as long as they would with a processor of their own; Tcl knows the time of day only.
  ///
  /// A script may have to wait for a processor: when its time is over, it gets as much again as it hasn't had.
  private static func setDeadline(of raw: UnsafeMutablePointer<Tcl_Interp>, _ budget: ProcessorBudget) {
    let left = budget.left
    guard left > 0 else { return }
    var deadline = Tcl_Time()
    unsafe Tcl_GetTime(&deadline)
    deadline.sec += Int(left.rounded(.up))
    unsafe Tcl_LimitSetTime(raw, &deadline)
  }

  deinit {
    // Tcl would take time quadratic in the number of variables, and run the traces on them without a limit.
    let variables = unsafe list(fromCommand: infoGlobals, ["globals"])
    budget.end = 0
    var past = Tcl_Time(sec: 1, usec: 0)
    unsafe Tcl_LimitSetTime(raw, &past)
    for variable in variables { unsafe Tcl_UnsetVar2(raw, variable, nil, TCL_GLOBAL_ONLY) }
    unsafe Tcl_DeleteInterp(raw)
  }

  private static func information(_ raw: UnsafeMutablePointer<Tcl_Interp>, _ command: String) -> Tcl_CmdInfo {
    var information = unsafe Tcl_CmdInfo()
    let isFound = unsafe Tcl_GetCommandInfo(raw, command, &information) != 0
    precondition(isFound, "Tcl has no \(command)")
    return unsafe information
  }

  /// Runs the code of a command, and reads its result as a list; an error is an empty list.
  private func list(fromCommand command: Tcl_CmdInfo, _ words: [String]) -> [String] {
    var values: [UnsafeMutablePointer<Tcl_Obj>?] = unsafe words.map(Self.value)
    defer { unsafe values.forEach { unsafe ctcl_release($0) } }
    guard unsafe command.objProc(command.objClientData, raw, Int32(values.count), &values) == TCL_OK else { return [] }
    let text = unsafe String(cString: Tcl_GetStringResult(raw))
    return (try? list(text)) ?? []
  }

  /// A new value, which the caller releases.
  private static func value(_ text: String) -> UnsafeMutablePointer<Tcl_Obj>? {
    let value = unsafe Tcl_NewStringObj(text, Int32(text.utf8.count))
    unsafe ctcl_retain(value)
    return unsafe value
  }

  /// Whether a script was stopped because it ran too long.
  var isOverTime: Bool { unsafe Tcl_LimitExceeded(raw) != 0 }

  /// Defines a command, replacing one of that name.
  func define(_ name: String, _ command: @escaping Command) {
    let box = unsafe Unmanaged.passRetained(CommandBox(command)).toOpaque()
    unsafe Tcl_CreateObjCommand(
      raw, name,
      { box, interpreter, count, values in
        guard let box = unsafe box else { return TCL_ERROR }
        let command = unsafe Unmanaged<CommandBox>.fromOpaque(box).takeUnretainedValue().command
        let arguments = unsafe UnsafeBufferPointer(start: values, count: Int(count)).map {
          unsafe String(tcl: Tcl_GetString($0))
        }
        do throws(ScriptError) {
          let result = try command(arguments)
          unsafe Tcl_SetObjResult(interpreter, Tcl_NewStringObj(result, Int32(result.utf8.count)))
          return TCL_OK
        } catch {
          unsafe Tcl_SetObjResult(interpreter, Tcl_NewStringObj(error.message, Int32(error.message.utf8.count)))
          return TCL_ERROR
        }
      }, box, { unsafe $0.map { unsafe Unmanaged<CommandBox>.fromOpaque($0).release() } })
  }

  /// Whether there is a command of that name, hidden ones not counted.
  func isCommand(_ name: String) -> Bool {
    var information = unsafe Tcl_CmdInfo()
    return unsafe Tcl_GetCommandInfo(raw, name, &information) != 0
  }

  /// Runs a file, whose lines ``currentLine`` then knows.
  func run(file: String) throws(ScriptError) {
    let path = unsafe Self.value(file)
    defer { unsafe ctcl_release(path) }
    try check(unsafe Tcl_FSEvalFileEx(raw, path, "utf-8"))
  }

  /// Runs a script in the frame of the command that is running, and returns its result.
  @discardableResult
  func run(_ script: String) throws(ScriptError) -> String {
    try check(unsafe script.withCString { unsafe Tcl_EvalEx(raw, $0, Int32(script.utf8.count), 0) })
  }

  /// Runs one command whose words are taken as they are, and returns its result.
  @discardableResult
  func call(_ words: [String]) throws(ScriptError) -> String {
    var values: [UnsafeMutablePointer<Tcl_Obj>?] = unsafe words.map(Self.value)
    defer { unsafe values.forEach { unsafe ctcl_release($0) } }
    return try check(unsafe Tcl_EvalObjv(raw, Int32(words.count), &values, 0))
  }

  /// Sets a variable of the frame of the command that is running.
  func setVariable(_ name: String, _ value: String) throws(ScriptError) {
    guard unsafe Tcl_SetVar2(raw, name, nil, value, TCL_LEAVE_ERR_MSG) != nil else {
      throw ScriptError(unsafe String(tcl: Tcl_GetStringResult(raw)))
    }
  }

  /// Reads a variable of the frame of the command that is running.
  func variable(_ name: String) throws(ScriptError) -> String {
    guard let value = unsafe Tcl_GetVar2(raw, name, nil, TCL_LEAVE_ERR_MSG) else {
      throw ScriptError(unsafe String(tcl: Tcl_GetStringResult(raw)))
    }
    return unsafe String(tcl: value)
  }

  /// Whether a global variable or array of that name exists.
  func isGlobal(_ name: String) -> Bool { unsafe !list(fromCommand: infoGlobals, ["globals", name]).isEmpty }

  /// Splits a Tcl list.
  func list(_ text: String) throws(ScriptError) -> [String] {
    var count: Int32 = 0
    var words: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    try check(unsafe Tcl_SplitList(raw, text, &count, &words))
    defer { unsafe ctcl_free(words) }
    return unsafe UnsafeBufferPointer(start: words, count: Int(count)).compactMap { word in
      unsafe word.map { unsafe String(tcl: $0) }
    }
  }

  /// A command that is running and comes from the file.
  struct Frame {
    /// Its text, before substitution.
    var command: String
    /// Its line; `nil` where its first word is a variable, of whose place Tcl keeps no record.
    var line: Int?
  }

  /// The commands that are running and come from the file, innermost first.
  var frames: [Frame] {
    var frames: [Frame] = []
    for level in 0..<64 {
      let words = unsafe list(fromCommand: infoFrame, ["frame", "-\(level)"])
      guard !words.isEmpty else { break }
      var line = -1
      var isFromFile = false
      var command = ""
      for index in stride(from: 0, to: words.count - 1, by: 2) {
        switch words[index] {
        case "line": line = Int(words[index + 1]) ?? -1
        case "type": isFromFile = words[index + 1] == "source"
        case "cmd": command = words[index + 1]
        default: break
        }
      }
      if isFromFile { frames.append(Frame(command: command, line: line > 0 ? line : nil)) }
      if isFromFile, line > 0 { break }
    }
    return frames
  }

  @discardableResult
  private func check(_ code: Int32) throws(ScriptError) -> String {
    let result = unsafe String(tcl: Tcl_GetStringResult(raw))
    guard code != TCL_ERROR else {
      let trace = unsafe Tcl_GetVar2(raw, "::errorInfo", nil, TCL_GLOBAL_ONLY).map { unsafe String(tcl: $0) }
      throw ScriptError(result, trace: trace ?? "")
    }
    return result
  }
}

/// A Tcl error: raised by a script, or thrown by a command to be raised in one.
struct ScriptError: Error, Equatable {
  /// What is wrong, as Tcl says it.
  var message: String
  /// Tcl's trace of the commands that were running.
  var trace: String

  init(_ message: String, trace: String = "") {
    self.message = message
    self.trace = trace
  }
}

private final class CommandBox {
  let command: Interpreter.Command
  init(_ command: @escaping Interpreter.Command) { self.command = command }
}

/// The time of the processor that a thread may still use.
private final class ProcessorBudget {
  var end: Double

  init(seconds: Int) { end = Self.used + Double(seconds) }

  /// What is left, in seconds.
  var left: Double { end - Self.used }

  private static var used: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
