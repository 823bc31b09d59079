/// One child of a document's root with all that is in it, stored flat and used again for the next one.
///
/// A file is read child by child, so that memory holds the topology and one such tree, never the whole document.
struct ElementTree {
  /// An element: its kind, its line and where its children and its text are.
  struct Node {
    var element: TopDLElement
    var line: Int
    var text: Range<Int> = 0..<0
    var firstChild = -1
    var nextSibling = -1
  }

  /// The most bytes one text may have.
  static let textLimit = 1 << 20

  private(set) var nodes: [Node] = []
  /// The texts of all elements, one after the other: UTF-8.
  private var bytes: [UInt8] = []
  /// The elements that are not ended yet, each with its latest child.
  private var open: [(node: Int, lastChild: Int)] = []
  /// Where the text of the innermost element ends when white space at its end is trimmed.
  private var textEnd = 0

  /// The element that is being read; `nil` before the first and after the last end tag.
  var current: TopDLElement? { open.last.map { nodes[$0.node].element } }

  /// Forgets everything and keeps the memory.
  mutating func reset() {
    nodes.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
  }

  /// A start tag.
  mutating func start(_ element: TopDLElement, line: Int) {
    let index = nodes.count
    if let parent = open.indices.last {
      let (node, lastChild) = open[parent]
      if lastChild < 0 { nodes[node].firstChild = index } else { nodes[lastChild].nextSibling = index }
      open[parent].lastChild = index
    }
    nodes.append(Node(element: element, line: line, text: bytes.count..<bytes.count))
    open.append((index, -1))
    textEnd = bytes.count
  }

  /// Characters of the innermost element's text.
  ///
  /// - Parameters:
  ///   - characters: Some of the text, in UTF-8.
  ///   - isReference: Whether they were written as a character reference: such white space is not trimmed.
  /// - Returns: Whether there is room for them.
  mutating func append(_ characters: UnsafeBufferPointer<UInt8>, isReference: Bool) -> Bool {
    guard let node = open.last?.node else { return true }
    var characters = unsafe characters[...]
    if !isReference, bytes.count == nodes[node].text.lowerBound {
      while let first = unsafe characters.first, first.isXMLSpace { unsafe characters.removeFirst() }
    }
    unsafe bytes.append(contentsOf: characters)
    if isReference {
      textEnd = bytes.count
    } else if let last = unsafe characters.lastIndex(where: { !$0.isXMLSpace }) {
      let trailingSpace = unsafe characters.endIndex - 1 - last
      textEnd = bytes.count - trailingSpace
    }
    return bytes.count - nodes[node].text.lowerBound <= Self.textLimit
  }

  /// An end tag.
  ///
  /// - Returns: Whether it ended the whole tree.
  mutating func end() -> Bool {
    guard let (node, _) = open.popLast() else { return true }
    if nodes[node].element.children.isEmpty {
      bytes.removeLast(bytes.count - textEnd)
      nodes[node].text = nodes[node].text.lowerBound..<textEnd
    }
    return open.isEmpty
  }
}

extension ElementTree {
  /// The node of the tree's own element.
  static let root = 0

  subscript(node: Int) -> Node { nodes[node] }

  /// The text of a node: UTF-8, without white space around it.
  func text(of node: Int) -> ArraySlice<UInt8> { bytes[nodes[node].text] }

  /// The first child of a node.
  func firstChild(of node: Int) -> Int? {
    var children = children(of: node)
    return children.next()
  }

  /// The children of a node, in file order.
  func children(of node: Int) -> Children { Children(nodes: nodes, following: nodes[node].firstChild) }

  /// The children of a node.
  struct Children: Sequence, IteratorProtocol {
    let nodes: [Node]
    var following: Int

    mutating func next() -> Int? {
      guard following >= 0 else { return nil }
      defer { following = nodes[following].nextSibling }
      return following
    }
  }
}

extension UInt8 {
  /// White space as XML has it.
  var isXMLSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
