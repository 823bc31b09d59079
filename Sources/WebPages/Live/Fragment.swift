/// A part of a page that changes while somebody looks at it: an element, its class, what is in it.
struct Fragment: Sendable, Equatable, Encodable {
  /// The element's identifier.
  let id: String
  /// Its class; `nil` where that stays.
  let style: String?
  /// What is in it; `nil` where that stays.
  let content: String?

  /// An element whose content changes.
  init(_ id: String, _ content: HTML) {
    self.id = id
    style = nil
    self.content = content.text
  }

  /// An element whose class changes.
  init(_ id: String, style: String) {
    self.id = id
    self.style = style
    content = nil
  }

  /// The element as a page has it at first.
  ///
  /// - Parameters:
  ///   - element: Its kind.
  ///   - attributes: Its further attributes.
  /// - Returns: The element with what is in it.
  func element(_ element: String = "div", _ attributes: HTML = "") -> HTML {
    let content = HTML(verbatim: content ?? "")
    return "<\(HTML(verbatim: element)) id=\"\(id)\" \(attributes)>\(content)</\(HTML(verbatim: element))>"
  }
}
