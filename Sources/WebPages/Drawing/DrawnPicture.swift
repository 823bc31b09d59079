internal import Foundation

/// A picture as Graphviz has drawn it, in pieces: so that what stands for a node can be coloured, and leads to its page.
///
/// Graphviz groups what belongs to a node, and puts the name that the dot file gives it first:
/// `<g id="node3" class="node">`, `<title>computer n&#45;0</title>`. That name begins with what the node stands for.
struct DrawnPicture: Sendable, Equatable {
  /// What is drawn.
  enum Subject: Sendable, Equatable {
    case computer(String)
    case host(String)
  }

  private enum Piece: Sendable, Equatable {
    case fixed(String)
    /// What stands for a subject, but for its group and title.
    case shape(Subject, String)
  }

  private var pieces: [Piece] = []
  /// Whether a page can have it inside: it isn't so large that browsers get slow.
  let isSmall: Bool

  private static let greatestSmall = 1 << 20

  /// The picture in an SVG document; `nil` where it isn't one of Graphviz's.
  init?(svg: String) {
    guard let begin = svg.range(of: "<svg") else { return nil }
    isSmall = svg.utf8.count <= Self.greatestSmall
    var rest = svg[begin.lowerBound...]
    var fixed = ""
    while let group = rest.range(of: "<g id=") {
      fixed += rest[..<group.lowerBound]
      rest = rest[group.lowerBound...]
      guard let opened = rest.range(of: ">"), let title = Self.title(in: rest[opened.upperBound...]) else { return nil }
      let tag = rest[..<opened.upperBound]
      rest = title.rest
      guard tag.contains("class=\"node\""), let subject = Self.subject(title.text) else {
        // Titles of other things say nothing to people.
        fixed += tag
        continue
      }
      guard let end = rest.range(of: "</g>") else { return nil }
      pieces += [.fixed(fixed), .shape(subject, String(rest[..<end.lowerBound]))]
      fixed = ""
      rest = rest[end.upperBound...]
    }
    pieces.append(.fixed(fixed + rest))
  }

  private static func title(in text: Substring) -> (text: String, rest: Substring)? {
    guard let begin = text.range(of: "<title>"), let end = text.range(of: "</title>") else { return nil }
    return (plain(text[begin.upperBound..<end.lowerBound]), text[end.upperBound...])
  }

  private static func subject(_ title: String) -> Subject? {
    for (word, subject) in [("computer ", Subject.computer), ("host ", Subject.host)] where title.hasPrefix(word) {
      return subject(String(title.dropFirst(word.count)))
    }
    return nil
  }

  /// The text that Graphviz has quoted.
  private static func plain(_ quoted: Substring) -> String {
    var text = String(quoted)
    for (entity, character) in [
      ("&#45;", "-"), ("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#160;", "\u{A0}"),
    ] {
      text = text.replacing(entity, with: character)
    }
    return text.replacing("&amp;", with: "&")
  }

  // MARK: Colours

  /// The picture.
  ///
  /// - Parameters:
  ///   - style: The class of what stands for a subject, which is its colour.
  ///   - link: The path that it leads to; `nil` for none.
  /// - Returns: The element `svg`.
  func html(style: (Subject) -> String, link: (Subject) -> String?) -> HTML {
    var text = ""
    var number = 0
    for piece in pieces {
      switch piece {
      case .fixed(let svg): text += svg
      case .shape(let subject, let svg):
        // The table of nodes has the same links for those who use the keyboard.
        let content = HTML(verbatim: svg)
        let shape: HTML = "<title>\(subject.name)</title>\(content)"
        let inner = link(subject).map { path -> HTML in "<a href=\"\(path)\" tabindex=\"-1\">\(shape)</a>" } ?? shape
        text += ("<g id=\"\(Self.identifier(number))\" class=\"\(style(subject))\">\(inner)</g>" as HTML).text
        number += 1
      }
    }
    return HTML(verbatim: text)
  }

  /// The classes of what stands for subjects.
  func fragments(style: (Subject) -> String) -> [Fragment] {
    let subjects = pieces.compactMap { piece in if case .shape(let subject, _) = piece { subject } else { nil } }
    return subjects.enumerated().map { Fragment(Self.identifier($0), style: style($1)) }
  }

  private static func identifier(_ number: Int) -> String { "shape-\(number)" }
}

extension DrawnPicture.Subject {
  /// Its name.
  var name: String {
    switch self {
    case .computer(let name), .host(let name): name
    }
  }
}
