internal import Hummingbird

/// A file of the pages, which is the same for everybody.
enum Asset {
  case styleSheet, script, icon

  /// The file at a place; `nil` where there is none.
  init?(_ place: Place) {
    switch place {
    case .styleSheet: self = .styleSheet
    case .script: self = .script
    case .icon: self = .icon
    default: return nil
    }
  }

  /// The answer.
  var response: Response {
    switch self {
    case .styleSheet: .page(HTML(verbatim: StyleSheet.text), type: "text/css; charset=utf-8")
    case .script: .page(HTML(verbatim: Script.text), type: "text/javascript; charset=utf-8")
    case .icon: .page(HTML(verbatim: Icon.text), type: "image/svg+xml; charset=utf-8")
    }
  }
}

/// What browsers show in a page's tab: a node with its neighbours.
enum Icon {
  static let text = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M16 16 6 6M16 16 26 6M16 16v12" \
    stroke="#5a6670" stroke-width="2"/><g fill="#5ef7c0" stroke="#1b8a68" stroke-width="2"><path d="M11 11h10v10H11z"/>\
    <path d="M3 3h6v6H3zM23 3h6v6h-6zM13 25h6v6h-6z"/></g></svg>
    """
}
