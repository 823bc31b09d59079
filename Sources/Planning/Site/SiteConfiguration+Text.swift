extension SiteConfiguration {
  /// The section that ``text`` puts everything in; any name is read.
  static let sectionName = "containers"

  /// Reads a site configuration file.
  ///
  /// The syntax is that of Python's `configparser`: sections, `key = value` or `key: value`, comment lines,
  /// continuation lines, keys in any case, `%(name)s` for another key's value and `%%` for a percent sign. What the
  /// file doesn't say has its default.
  ///
  /// - Parameters:
  ///   - text: The file's contents.
  ///   - file: Its name, for messages.
  /// - Throws: Everything that is wrong with the file, each as `file:line: message`.
  public init(parsing text: String, file: String) throws(PlanningError) {
    let source = ConfigurationFile(text, file: file)
    let (values, problems) = source.resolved()
    guard source.problems.isEmpty, problems.isEmpty else { throw PlanningError(source.problems + problems) }
    self.init(values, otherKeys: source.entries.map(\.key).filter { Key(rawValue: $0) == nil })
  }

  /// The effective settings as a configuration file, which reads as the same value.
  public var text: String {
    var lines = ["[\(Self.sectionName)]"]
    for entry in entries {
      let value = entry.value.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
      lines.append("\(entry.key) = \(value.split(separator: "\n").joined(separator: "\n\t"))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A value as a file can hold it: lines trimmed, without empty ones and ones that would read as comments.
  static func canonical(_ value: String) -> String {
    let lines = value.split(whereSeparator: \.isNewline).map { $0.trimmed() }.filter { !$0.isEmpty }
    return lines.enumerated().filter { $0 == 0 || !ConfigurationFile.isComment($1) }.map(\.element)
      .joined(separator: "\n")
  }

  /// What is wrong with a value; `nil` for nothing.
  static func problem(with value: String, of key: String) -> String? {
    switch Key(rawValue: key) {
    case .switchShaping where truthValue(value) == nil:
      return "`\(key)` is `true` or `false`, not `\(value)`"
    case .underlayMTU where !(naturalNumber(value).map { (626...65535).contains($0) } ?? false):
      return "`\(key)` is a number of bytes from 626 to 65535, not `\(value)`"
    case .switchedContainers:
      let unknown = value.split(separator: ",").map { String($0.trimmed()) }.filter { switchedKind($0) == nil }
      return unknown.isEmpty ? nil : "`\(key)` names no container kind with \(listing(unknown.map { "`\($0)`" }))"
    default: return nil
    }
  }
}

extension ConfigurationFile {
  /// The effective values of all keys that are written or have a default, by key, and what is wrong with them.
  func resolved() -> (values: [String: String], problems: [String]) {
    let written = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value) })
    let defaults = SiteConfiguration.Key.allCases.compactMap { key in
      written[key.rawValue] == nil ? key.defaultValue.map { (key: key.rawValue, value: $0) } : nil
    }
    let keys = entries.map { (key: $0.key, line: Int?.some($0.line)) } + defaults.map { ($0.key, nil) }
    let interpolation = Interpolation(values: Dictionary(defaults, uniquingKeysWith: { $1 }).merging(written) { $1 })
    var values: [String: String] = [:]
    var problems: [String] = []
    for (key, line) in keys {
      do throws(Interpolation.Failure) {
        let value = SiteConfiguration.canonical(try interpolation.value(of: key))
        if let problem = SiteConfiguration.problem(with: value, of: key) { throw Interpolation.Failure(problem) }
        values[key] = value
      } catch {
        problems.append(line.map { "\(file):\($0): \(error.message)" } ?? "\(file): in `\(key)`: \(error.message)")
      }
    }
    return (values, problems)
  }
}
