/// An element of an XML-RPC document, with all that is in it.
struct XMLElement {
  /// The elements that there are.
  enum Tag: String, CaseIterable {
    case methodCall, methodName, methodResponse, params, param, value, fault
    case i4, i8, int, boolean, string, double, base64, array, data, member, name
    case dateTime = "dateTime.iso8601"
    case structure = "struct"
    case null = "nil"
    /// Apache's spellings.
    case apacheNull = "ex:nil"
    case apacheLong = "ex:i8"
  }

  var tag: Tag
  /// The text in it, where it has no elements.
  var text = ""
  var children: [XMLElement] = []

  /// The text without white space around it.
  var trimmedText: String {
    let characters = text.unicodeScalars.drop { $0.properties.isWhitespace }
    return String(
      characters.prefix(
        upTo: characters.lastIndex { !$0.properties.isWhitespace }.map {
          characters.index(after: $0)
        } ?? characters.startIndex))
  }

  /// The root of a document.
  ///
  /// - Throws: If it isn't well-formed, has other elements, or is too large.
  static func root(of document: [UInt8]) throws(XMLRPCError) -> XMLElement {
    var builder = XMLElementBuilder()
    XMLParser.parse(document, into: &builder)
    return try builder.root()
  }
}

/// How large documents may be.
public enum XMLRPCLimits {
  /// In bytes.
  public static let bytes = 4 << 20
  /// How deep elements are nested: an array or a struct takes three levels.
  static let depth = 150
  /// The number of elements.
  static let elements = 200_000
}

/// Makes elements of what a parser finds.
struct XMLElementBuilder {
  /// Those that are not ended yet.
  private var open: [XMLElement] = []
  private var finished: XMLElement?
  private var count = 0
  private(set) var problem: XMLRPCError?

  /// Whether there is no use in going on.
  var isStopped: Bool { problem != nil }

  /// Says what is wrong; the first that is wrong counts.
  mutating func stop(_ reason: String) { if problem == nil { problem = XMLRPCError(reason) } }

  mutating func start(_ name: String, hasAttributes: Bool) {
    guard let tag = XMLElement.Tag(rawValue: name) else { return stop("<\(name.prefix(40))> is no element of XML-RPC") }
    // Apache's library declares the name space of its extensions at the root.
    guard !hasAttributes || open.isEmpty else { return stop("elements of XML-RPC have no attributes") }
    count += 1
    guard count <= XMLRPCLimits.elements else { return stop("more than \(XMLRPCLimits.elements) elements") }
    guard open.count < XMLRPCLimits.depth else {
      return stop("more than \(XMLRPCLimits.depth) elements within each other")
    }
    open.append(XMLElement(tag: tag))
  }

  mutating func characters(_ text: String) {
    if let last = open.indices.last { open[last].text += text }
  }

  mutating func end() {
    guard !isStopped, let element = open.popLast() else { return }
    if let last = open.indices.last { open[last].children.append(element) } else { finished = element }
  }

  /// The root, once the document is over.
  func root() throws(XMLRPCError) -> XMLElement {
    if let problem { throw problem }
    guard let finished else { throw XMLRPCError("not well-formed XML: there is no element") }
    return finished
  }
}
