/// The entries of a configuration file as Python's `configparser` reads one, all sections taken together.
///
/// Sections in brackets; `key = value` or `key: value`, keys in any case; lines that begin with `#` or `;` are
/// comments, wherever they stand; a line that is indented deeper than its key goes on with the value. The name of the
/// section isn't documented, so any will do: `[DEFAULT]` gives way to the others, and two others may not contradict
/// each other.
///
/// > Python 3 documentation, library reference, `configparser`: supported file structure.
struct ConfigurationFile {
  /// A key with its value as written: not yet interpolated.
  struct Entry {
    /// In lower case.
    var key: String
    /// The lines of the value, trimmed; comments and empty lines are gone.
    var value: String
    /// The line of the key, from 1.
    var line: Int
    /// Whether it stands in the section `[DEFAULT]`.
    var isDefault: Bool
  }

  /// In file order; no key occurs twice.
  private(set) var entries: [Entry] = []
  /// What is wrong with the file, as `file:line: message`.
  private(set) var problems: [String] = []
  /// The file's name, for messages.
  let file: String
  private var positions: [String: Int] = [:]

  /// Reads the text of a file.
  ///
  /// - Parameters:
  ///   - text: The contents.
  ///   - file: Its name, for messages.
  init(_ text: String, file: String) {
    self.file = file
    var section: Substring?
    var keyIndentation = 0
    var reading: Entry?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let content = line.drop { $0 == "\u{FEFF}" }.trimmed()
      guard !content.isEmpty, !Self.isComment(content) else { continue }
      let indentation = line.prefix { $0.isWhitespace }.count
      if reading != nil, indentation > keyIndentation {
        reading?.value += "\n" + content
        continue
      }
      if let entry = reading { add(entry) }
      reading = nil
      keyIndentation = indentation
      if content.first == "[" {
        section = content.dropFirst().prefix { $0 != "]" }
        if !content.contains("]") { report(index + 1, "a section's name ends with `]`") }
      } else if let section {
        reading = entry(content, line: index + 1, isDefault: section == "DEFAULT")
      } else {
        report(index + 1, "a section such as `[\(SiteConfiguration.sectionName)]` comes before the first key")
        section = ""
      }
    }
    if let entry = reading { add(entry) }
  }

  /// Whether a trimmed line is a comment.
  static func isComment(_ line: Substring) -> Bool { line.first == "#" || line.first == ";" }

  private mutating func entry(_ content: Substring, line: Int, isDefault: Bool) -> Entry? {
    guard let delimiter = content.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
      report(line, "`\(content)` is neither `key = value` nor a section nor a comment")
      return nil
    }
    let key = content[..<delimiter].trimmed().lowercased()
    guard !key.isEmpty else {
      report(line, "no key stands before `\(content[delimiter])`")
      return nil
    }
    let value = content[content.index(after: delimiter)...].trimmed()
    return Entry(key: key, value: String(value), line: line, isDefault: isDefault)
  }

  private mutating func add(_ entry: Entry) {
    guard let position = positions[entry.key] else {
      positions[entry.key] = entries.count
      return entries.append(entry)
    }
    let earlier = entries[position]
    if earlier.isDefault == entry.isDefault {
      report(entry.line, "`\(entry.key)` is given already, in line \(earlier.line)")
    } else if earlier.isDefault {
      entries[position] = entry
    }
  }

  private mutating func report(_ line: Int, _ message: String) { problems.append("\(file):\(line): \(message)") }
}
