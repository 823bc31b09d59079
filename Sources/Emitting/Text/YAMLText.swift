/// Writes YAML: a mapping from names to values, one or several lines each.
///
/// Names are always in quotes, as partition 0 and node 1e3 are names, not numbers. Below the first level everything is in
/// the flow style that JSON is part of, so a reader needs the simplest YAML only.
///
/// > YAML Ain't Markup Language, version 1.2, section 1.3: JSON as an official subset.
struct YAMLText {
  /// What has been written.
  private(set) var bytes: [UInt8] = []

  /// A name with one value.
  mutating func entry(_ name: String, _ value: (inout JSONText) -> Void) {
    key(name)
    bytes.append(UInt8(ascii: " "))
    append(value)
  }

  /// A name with a list of values, one a line.
  mutating func entry<Element>(
    _ name: String, list: some Collection<Element>, _ value: (inout JSONText, Element) -> Void
  ) {
    key(name)
    guard !list.isEmpty else { return bytes.append(contentsOf: " []\n".utf8) }
    bytes.append(UInt8(ascii: "\n"))
    for element in list {
      bytes.append(contentsOf: "- ".utf8)
      append { value(&$0, element) }
    }
  }

  /// The file; an empty mapping where nothing was written.
  consuming func finished() -> [UInt8] {
    if bytes.isEmpty { bytes.append(contentsOf: "{}\n".utf8) }
    return bytes
  }

  private mutating func key(_ name: String) {
    var text = JSONText()
    text.string(name)
    bytes.append(contentsOf: text.bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func append(_ value: (inout JSONText) -> Void) {
    var text = JSONText()
    value(&text)
    bytes.append(contentsOf: text.bytes)
    bytes.append(UInt8(ascii: "\n"))
  }
}
