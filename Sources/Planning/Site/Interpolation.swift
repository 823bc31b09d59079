/// Replaces `%(name)s` in configuration values by the value of that name, and `%%` by a percent sign.
///
/// As in Python, nesting ends at ten levels. The length of a result is bounded too, so that a small file can't ask for
/// a huge value.
///
/// > Python 3 documentation, library reference, `configparser.BasicInterpolation`.
struct Interpolation {
  /// Why a value can't be interpolated.
  struct Failure: Error {
    /// What is wrong with it.
    var message: String

    init(_ message: String) { self.message = message }
  }

  /// The values as written, by key.
  var values: [String: String]

  private static let deepestNesting = 10
  private static let longestValue = 1 << 16

  /// The value of a key with everything replaced.
  func value(of key: String) throws(Failure) -> String { try expand(values[key] ?? "", path: [key]) }

  /// Replaces what is to be replaced in a text; the keys on the way to it may not occur again.
  private func expand(_ text: String, path: [String]) throws(Failure) -> String {
    var result = ""
    var rest = text[...]
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      rest = rest[percent...].dropFirst()
      if rest.first == "%" {
        result.append("%")
        rest = rest.dropFirst()
        continue
      }
      guard rest.first == "(", let end = rest.firstIndex(of: ")"), rest[end...].dropFirst().first == "s" else {
        throw Failure("a `%` is followed by `%` or by `(name)s`")
      }
      let name = rest.dropFirst().prefix(upTo: end).lowercased()
      guard let value = values[name] else { throw Failure("there is no `\(name)` to put in `%(\(name))s`") }
      guard !path.contains(name) else {
        throw Failure("`\(name)` refers to itself: \((path + [name]).joined(separator: " → "))")
      }
      guard path.count < Self.deepestNesting else {
        throw Failure("references are nested more than \(Self.deepestNesting) deep")
      }
      result += try expand(value, path: path + [name])
      rest = rest[end...].dropFirst(2)
      guard result.utf8.count <= Self.longestValue else {
        throw Failure("the value is longer than \(Self.longestValue) bytes")
      }
    }
    return result + rest
  }
}
