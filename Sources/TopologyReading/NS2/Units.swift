/// Bandwidths, delays and loss rates as NS-2 files write them.
extension Simulation {
  /// A number and what follows it, as Tcl's `scan "%f%s"` reads them.
  private func scan(_ text: String, what: String) throws(ScriptError) -> (value: Double, unit: String?) {
    let words = try interpreter.list(try interpreter.call(["::scan", text, "%f%s"]))
    guard let first = words.first, let value = Double(first) else {
      throw ScriptError("\"\(text)\" is not a \(what): a number and a unit are wanted")
    }
    return (value, words.count > 1 && !words[1].isEmpty ? words[1] : nil)
  }

  /// Reads a bandwidth: `100Mb`, `1.5Mbps`, `*` for any; without a unit, bits per second.
  ///
  /// - Returns: The rate in kb/s, truncated; 0 where it is any, or where the error was noted.
  func bandwidth(_ text: String, atLeastTen: Bool = true) throws(ScriptError) -> Int {
    if text == "*" { return 0 }
    let (value, unit) = try scan(text, what: "bandwidth")
    let kilobits: Double
    switch unit ?? "b" {
    case "b", "bps": kilobits = value / 1000
    case "k", "kb", "kbps", "K", "Kb", "Kbps": kilobits = value
    case "M", "Mb", "Mbps": kilobits = value * 1000
    case "G", "Gb", "Gbps": kilobits = value * 1_000_000
    case let unit:
      fail("Unknown bandwidth unit \(unit).")
      return 100_000
    }
    guard let result = Int(exactly: kilobits.rounded(.towardZero)) else {
      throw ScriptError("\"\(text)\" is not a bandwidth that any link has")
    }
    if atLeastTen, result < 10 {
      fail("Bandwidth of \(result) Kbs is too low.")
      return 0
    }
    return result
  }

  /// Reads a delay: `10ms`, `0.5s`; without a unit, seconds. `ns` counts as microseconds, as in the reference.
  ///
  /// - Returns: The delay in ms, truncated; 0 where the error was noted.
  func delay(_ text: String) throws(ScriptError) -> Int {
    let (value, unit) = try scan(text, what: "delay")
    let milliseconds: Double
    switch unit ?? "s" {
    case "s": milliseconds = value * 1000
    case "ms": milliseconds = value
    case "ns": milliseconds = value / 1000
    case let unit:
      fail("Unknown delay unit \(unit).")
      return 0
    }
    if milliseconds != 0, milliseconds < Double(Self.shortestDelay) {
      fail(
        "The delay of \(milliseconds)ms is invalid, it must be either 0 or at least \(Self.shortestDelay)ms.")
      return 0
    }
    guard let result = Int(exactly: milliseconds.rounded(.towardZero)) else {
      throw ScriptError("\"\(text)\" is not a delay that any link has")
    }
    return result
  }

  /// The shortest delay in ms that the testbed shapes.
  private static let shortestDelay = 2

  /// Reads a loss rate: 0, or 0.000005 to 1, in plain digits.
  ///
  /// - Returns: The rate; `nil` where the error was noted.
  func loss(_ text: String, command: String) -> Double? {
    guard Self.isPlainNumber(text), let value = Double(text.hasPrefix(".") ? "0" + text : text),
      value == 0 || (0.000005...1).contains(value)
    else {
      fail("[\(command)] \(text) is not a valid loss rate.")
      return nil
    }
    return value
  }

  /// Whether a text is digits, digits.digits or .digits.
  static func isPlainNumber(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }) else {
      return false
    }
    switch parts.count {
    case 1: return !parts[0].isEmpty
    case 2: return !parts[1].isEmpty
    default: return false
    }
  }

  /// Reads a time: seconds, or such as `1h20m3s`.
  static func isRelativeTime(_ text: String) -> Bool {
    if isPlainNumber(text) { return true }
    var rest = text.utf8[...]
    var units = [UInt8(ascii: "h"), UInt8(ascii: "m"), UInt8(ascii: "s")][...]
    while !rest.isEmpty {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest.dropFirst(digits.count)
      guard !digits.isEmpty, let unit = rest.popFirst(), let position = units.firstIndex(of: unit) else {
        return false
      }
      units = units[(position + 1)...]
    }
    return true
  }
}
