/// One thing said of an element, by name.
public struct Attribute: Sendable, Equatable {
  /// The key, such as `containers:node_type`.
  public var name: String
  /// What is said.
  public var value: String

  /// An attribute.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// What is said of an element: names with values, in file order.
///
/// A name may occur more than once, as in TopDL; the first occurrence counts.
public struct Attributes: Sendable, Equatable {
  /// All of them, in file order.
  public var entries: [Attribute]

  /// Attributes in the given order.
  public init(_ entries: [Attribute] = []) { self.entries = entries }

  /// Whether nothing is said.
  public var isEmpty: Bool { entries.isEmpty }

  /// The first value of a name.
  ///
  /// Setting replaces the first occurrence or adds one at the end; setting `nil` removes every occurrence.
  public subscript(name: String) -> String? {
    get { entries.first { $0.name == name }?.value }
    set {
      guard let newValue else { return entries.removeAll { $0.name == name } }
      if let index = entries.firstIndex(where: { $0.name == name }) {
        entries[index].value = newValue
      } else {
        entries.append(Attribute(name, newValue))
      }
    }
  }
}

extension Attributes: ExpressibleByDictionaryLiteral {
  /// Attributes in the order of the literal.
  public init(dictionaryLiteral elements: (String, String)...) {
    entries = elements.map { Attribute($0, $1) }
  }
}
