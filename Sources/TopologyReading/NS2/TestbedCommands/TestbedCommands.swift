/// The `tb-*` commands, which exist once a script has sourced `tb_compat.tcl`.
///
/// > DeterLab core documentation, "NS commands"; Emulab's `tb_compat.tcl`, whose checks these are.
extension Simulation {
  /// A command's body: from its arguments, without its name, to its result.
  typealias TestbedCommand = (_ arguments: [String]) throws(ScriptError) -> String

  func defineTestbedCommands() {
    guard !hasSourcedTestbedCommands else { return }
    hasSourcedTestbedCommands = true
    defineAddressCommands()
    defineNodeCommands()
    defineHardwareCommands()
    defineLossCommands()
    defineShapingCommands()
    defineSettingCommands()
  }

  /// Defines a command with its parameters as Tcl's usage messages show them: `?x?` is optional, `args` takes all.
  func define(_ name: String, _ parameters: String, _ body: @escaping TestbedCommand) {
    let names = parameters.split(separator: " ")
    let takesAll = names.last == "args"
    let most = takesAll ? Int.max : names.count
    let least = names.count - (takesAll ? 1 : 0) - names.count { $0.hasPrefix("?") }
    interpreter.define(name) { arguments throws(ScriptError) in
      guard (least...most).contains(arguments.count - 1) else {
        let usage = takesAll ? names.dropLast() + ["?arg ...?"] : names
        throw ScriptError("wrong # args: should be \"\(([name[...]] + usage).joined(separator: " "))\"")
      }
      return try body(Array(arguments.dropFirst()))
    }
  }

  /// Defines a command whose last argument must be 0 or 1.
  func defineSwitch(_ name: String, _ parameters: String, _ body: @escaping TestbedCommand) {
    define(name, parameters) { [unowned self] arguments throws(ScriptError) in
      guard let value = arguments.last, Self.isSwitch(value) else {
        fail("[\(name)] \(arguments.last ?? "") must be 0/1")
        return ""
      }
      return try body(arguments)
    }
  }

  /// Whether a text is a number that is 0 or 1.
  static func isSwitch(_ text: String) -> Bool { Double(text) == 0 || Double(text) == 1 }

  /// Remembers something said of the experiment as a whole.
  func set(_ name: String, _ value: String) {
    if let index = settings.firstIndex(where: { $0.name == name }) {
      settings[index].value = value
    } else {
      settings.append((name, value))
    }
  }
}
