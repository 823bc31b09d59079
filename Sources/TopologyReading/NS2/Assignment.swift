/// `set` as the reference parser redefines it: the first assignment of a newly made object to a global variable names
/// the object after the variable.
extension Simulation {
  func defineAssignment() throws(ScriptError) {
    try interpreter.call(["::rename", "::set", "::real_set"])
    interpreter.define("set") { [unowned self] arguments throws(ScriptError) in
      guard arguments.count > 1 else { throw ScriptError("wrong # args: should be \"set varName ?newValue?\"") }
      guard arguments.count > 2 else { return try interpreter.variable(arguments[1]) }
      if arguments.count > 3 { warn("set ignores what follows the value: \(arguments[3...].joined(separator: " "))") }
      return try assign(arguments[2], to: arguments[1])
    }
  }

  /// Assigns a value, and names the object made last after the variable where that is due.
  @discardableResult
  func assign(_ value: String, to variable: String) throws(ScriptError) -> String {
    guard let object = lastObject else {
      noteEnvironment(variable)
      try interpreter.setVariable(variable, value)
      return value
    }
    try interpreter.setVariable(variable, value)
    guard interpreter.isGlobal(String(variable.prefix { $0 != "(" })) else { return value }
    lastObject = nil
    guard value == object.name else { return value }
    let name = String(variable.compactMap { $0 == "(" ? "-" : $0 == ")" ? nil : $0 })
    try rename(object, to: name)
    try interpreter.setVariable(variable, name)
    return name
  }

  /// `opt(NAME)` is remembered: it goes to the environment of program agents.
  private func noteEnvironment(_ variable: String) {
    guard variable.hasPrefix("opt("), let end = variable.firstIndex(of: ")") else { return }
    let name = String(variable[variable.index(variable.startIndex, offsetBy: 4)..<end])
    guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte), !environmentNames.contains(name) else { return }
    environmentNames.append(name)
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
