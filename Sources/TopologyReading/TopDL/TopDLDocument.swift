internal import TopologyModel

/// A TopDL document while its tags and texts come in, one by one.
///
/// Only what TopDL allows gets into a tree: whatever is inside an unknown element is skipped and takes no memory.
struct TopDLDocument {
  /// TopDL itself nests to 8 levels.
  static let depthLimit = 64

  private(set) var decoder: TopDLDecoder
  /// Whether the rest of the document doesn't matter any more.
  private(set) var isStopped = false

  private var rootIsOpen = false
  /// How many elements are open from an unknown one on.
  private var skippedDepth = 0
  private var depth = 0
  /// Whether the text that is being read has been reported to be out of place.
  private var isStrayText = false

  init(file: String) { decoder = TopDLDecoder(file: file) }

  /// Reports an error after which reading makes no sense.
  mutating func stop(_ message: String, line: Int?) {
    guard !isStopped else { return }
    decoder.findings.report(message, line: line)
    isStopped = true
  }

  /// The name of the innermost element that is being read, for messages.
  var currentTag: String? { decoder.tree.current?.tag }

  /// A start tag.
  ///
  /// - Parameters:
  ///   - element: What it is, `attribute` for both elements of that tag; `nil` where TopDL has no such element.
  ///   - tag: The tag, for messages.
  ///   - count: Its XML attribute `count`, which a `cpu` may have.
  ///   - line: Its line.
  mutating func start(
    _ element: TopDLElement?, tag: @autoclosure () -> String, count: @autoclosure () -> String?, line: Int
  ) {
    guard !isStopped else { return }
    isStrayText = false
    depth += 1
    guard depth <= Self.depthLimit else {
      return stop("elements are nested more than \(Self.depthLimit) deep", line: line)
    }
    guard rootIsOpen else { return startRoot(tag(), line: line) }
    guard skippedDepth == 0 else {
      skippedDepth += 1
      return
    }
    let context = decoder.tree.current ?? .topology
    let element = element == .attribute && context == .attribute ? .attributeKey : element
    guard let element, context.children.contains(element) else {
      skippedDepth = 1
      return reportUnknown(tag(), in: context, line: line)
    }
    decoder.tree.start(element, line: line)
    if element == .cpu, let count = count() { addCount(count, line: line) }
  }

  private mutating func startRoot(_ tag: String, line: Int) {
    guard tag == "experiment" || tag == "topology" else {
      return stop("the root of a topology is <experiment> or <topology>, not <\(tag)>", line: line)
    }
    rootIsOpen = true
  }

  private mutating func reportUnknown(_ tag: String, in context: TopDLElement, line: Int) {
    let place = decoder.tree.current == nil ? "a topology" : "<\(context.tag)>"
    let allowed = context.childrenInOrder.map(\.tag).joined(separator: ", ")
    decoder.report(
      "<\(tag)> is not allowed in \(place), which \(allowed.isEmpty ? "holds text only" : "may hold \(allowed)")",
      line: line)
    isStopped = decoder.findings.isFull
  }

  private mutating func addCount(_ count: String, line: Int) {
    decoder.tree.start(.count, line: line)
    var count = count
    _ = count.withUTF8 { unsafe decoder.tree.append($0, isReference: false) }
    _ = decoder.tree.end()
  }

  /// Some of an element's text.
  ///
  /// - Parameters:
  ///   - text: The text, in UTF-8.
  ///   - isReference: Whether it is white space that was written as a character reference.
  ///   - line: Its line.
  mutating func characters(_ text: UnsafeBufferPointer<UInt8>, isReference: Bool, line: Int) {
    guard !isStopped, skippedDepth == 0 else { return }
    if let element = decoder.tree.current, element.children.isEmpty {
      guard unsafe decoder.tree.append(text, isReference: isReference) else {
        return stop("the text of <\(element.tag)> is longer than \(ElementTree.textLimit) bytes", line: line)
      }
    } else if !isStrayText, unsafe !text.allSatisfy(\.isXMLSpace) {
      isStrayText = true
      decoder.report(
        "text is not allowed in \(decoder.tree.current.map { "<\($0.tag)>" } ?? "a topology")", line: line)
      isStopped = decoder.findings.isFull
    }
  }

  /// An end tag.
  mutating func end() {
    guard !isStopped else { return }
    isStrayText = false
    depth -= 1
    if skippedDepth > 0 {
      skippedDepth -= 1
    } else if decoder.tree.current != nil, decoder.tree.end() {
      decoder.decodeTree()
      decoder.tree.reset()
      isStopped = decoder.findings.isFull
    }
  }

  /// The topology that the document describes.
  ///
  /// - Throws: All errors.
  mutating func finish() throws(ReadError) -> Topology { try decoder.finish() }
}
