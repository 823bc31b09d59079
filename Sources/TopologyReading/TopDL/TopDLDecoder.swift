internal import TopologyModel

/// Makes model values of ``ElementTree``s, one child of the root after the other.
///
/// Where something is missing or wrong it reports an error and goes on with a stand-in, so that one reading finds all
/// errors; a topology with stand-ins never leaves the reader.
struct TopDLDecoder {
  /// What is being decoded.
  var tree = ElementTree()
  /// What is wrong so far.
  var findings: Findings
  /// The topology so far; while a fragment is decoded, that fragment's.
  var assembly = TopologyAssembly()

  private var table = StringTable()
  private var hasVersion = false

  init(file: String) { findings = Findings(file: file) }

  /// Decodes a child of the root.
  mutating func decodeTree() { decodePart(ElementTree.root) }

  /// Decodes a child of the root, or of a fragment.
  mutating func decodePart(_ node: Int) {
    switch tree[node].element {
    case .version: decodeVersion(node)
    case .substrates: decodeSubstrate(node)
    case .elements: decodeElement(node)
    case .attribute: assembly.topology.attributes.entries.append(attribute(node))
    case .fragments: decodeFragment(node)
    case .namemaps: decodeNameMap(node)
    default: break
    }
  }

  private mutating func decodeVersion(_ node: Int) {
    if hasVersion { report("more than one <version>", line: tree[node].line) }
    hasVersion = true
    assembly.topology.version = string(node)
  }

  /// The whole topology.
  ///
  /// - Throws: All errors.
  mutating func finish() throws(ReadError) -> Topology {
    let topology = assembly.finish(&findings)
    try findings.check()
    return topology
  }
}

// MARK: Errors

extension TopDLDecoder {
  /// Adds an error that lies in the tree.
  mutating func report(_ message: String, line: Int) { findings.report(place + message, line: line) }

  /// What the tree describes, such as `computer a: `: many files are one single line.
  private var place: String {
    guard !tree.nodes.isEmpty else { return "" }
    switch tree[ElementTree.root].element {
    case .substrates: return place("substrate", ElementTree.root)
    case .fragments: return place("fragment", ElementTree.root)
    case .elements:
      guard let element = tree.firstChild(of: ElementTree.root) else { return "" }
      return place(tree[element].element.tag, element)
    default: return ""
    }
  }

  private func place(_ kind: String, _ node: Int) -> String {
    guard let name = tree.children(of: node).first(where: { tree[$0].element == .name }) else { return "" }
    let text = tree.text(of: name)
    return TopDLName.isValid(text) ? "\(kind) \(String(decoding: text, as: UTF8.self)): " : ""
  }
}

// MARK: Children and their texts

extension TopDLDecoder {
  /// The child that may occur once.
  mutating func child(_ element: TopDLElement, of node: Int) -> Int? {
    var found: Int?
    for child in tree.children(of: node) where tree[child].element == element {
      if found != nil {
        report("more than one <\(element.tag)> in <\(tree[node].element.tag)>", line: tree[child].line)
        break
      }
      found = child
    }
    return found
  }

  /// The child that must occur once.
  mutating func requiredChild(_ element: TopDLElement, of node: Int) -> Int? {
    let found = child(element, of: node)
    if found == nil {
      report("<\(tree[node].element.tag)> without <\(element.tag)>", line: tree[node].line)
    }
    return found
  }

  /// The text of a node.
  mutating func string(_ node: Int) -> String { table.string(tree.text(of: node)) }

  /// The text of a child that may be missing.
  mutating func string(_ element: TopDLElement, of node: Int) -> String? {
    child(element, of: node).map { string($0) }
  }

  /// The text of a child that must be there.
  mutating func requiredString(_ element: TopDLElement, of node: Int) -> String {
    requiredChild(element, of: node).map { string($0) } ?? ""
  }

  /// The texts of all children of one kind.
  mutating func strings(_ element: TopDLElement, of node: Int) -> [String] {
    var strings: [String] = []
    for child in tree.children(of: node) where tree[child].element == element { strings.append(string(child)) }
    return strings
  }

  /// The name of an element or a substrate; `nil`, and an error, where it is missing or no name.
  mutating func requiredName(of node: Int) -> String? {
    guard let child = requiredChild(.name, of: node) else { return nil }
    return name(child)
  }

  /// The text of a node that names an element or a substrate; `nil`, and an error, where it can't.
  mutating func name(_ node: Int) -> String? {
    let text = tree.text(of: node)
    guard TopDLName.isValid(text) else {
      let tag = tree[node].element.tag
      report(
        text.isEmpty
          ? "empty <\(tag)>" : "\(tag) \(quoted(node)) has characters other than A-Z, a-z, 0-9, _ and -",
        line: tree[node].line)
      return nil
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A quantity that must be there: finite and not negative.
  mutating func requiredQuantity(_ element: TopDLElement, of node: Int) -> Double {
    guard let child = requiredChild(element, of: node) else { return 0 }
    guard let value = Double(decimal: tree.text(of: child)) else { return wrong(child, "is not a number", 0) }
    guard value >= 0 else { return wrong(child, "is negative", 0) }
    guard value.isFinite else { return wrong(child, "is too large", 0) }
    return value
  }

  /// The integer in a node.
  mutating func integer(_ node: Int) -> Int {
    Int(string(node)) ?? wrong(node, "is not an integer", 0)
  }

  /// The word in a node, one of those of a type.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(_ node: Int, or standIn: Word) -> Word {
    word(node, string(node), or: standIn)
  }

  /// The word in a node that is meant by a text, one of those of a type.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ node: Int, _ text: String, or standIn: Word
  ) -> Word {
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
    return wrong(node, "is not one of \(words)", standIn)
  }

  /// Reports that a node's text is wrong, and answers with a stand-in.
  private mutating func wrong<Value>(_ node: Int, _ reason: String, _ standIn: Value) -> Value {
    report("\(tree[node].element.tag) \(quoted(node)) \(reason)", line: tree[node].line)
    return standIn
  }

  /// The text of a node for a message: not too long, and one line.
  private func quoted(_ node: Int) -> String {
    let text = String(decoding: tree.text(of: node), as: UTF8.self)
    let shown = text.count > 60 ? text.prefix(60) + "…" : text[...]
    return shown.debugDescription
  }
}
