/// Writes YAML: a mapping from names to values, one or several lines each.
///
/// Names are always in quotes, as partition 0 and node 1e3 are names, not numbers. Below the first level everything is in
/// the flow style that JSON is part of, so a reader needs the simplest YAML only.
///
/// > YAML Ain't Markup Language, version 1.2, section 1.3: JSON as an official subset.
struct YAMLText {
  private var text = JSONText()

  /// A name with one value.
  mutating func entry(_ name: String, _ value: (inout JSONText) -> Void) {
    key(name)
    text.outside(" ")
    append(value)
  }

  /// A name with a list of values, one a line.
  mutating func entry<Element>(
    _ name: String, list: some Collection<Element>, _ value: (inout JSONText, Element) -> Void
  ) {
    key(name)
    guard !list.isEmpty else { return text.outside(" []\n") }
    text.outside("\n")
    for element in list {
      text.outside("- ")
      append { value(&$0, element) }
    }
  }

  /// The file; an empty mapping where nothing was written.
  consuming func finished() -> [UInt8] {
    if text.bytes.isEmpty { text.outside("{}\n") }
    return text.bytes
  }

  private mutating func key(_ name: String) {
    text.string(name)
    text.outside(":")
  }

  private mutating func append(_ value: (inout JSONText) -> Void) {
    value(&text)
    text.outside("\n")
  }
}
