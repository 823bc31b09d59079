/// What a picture is written as.
enum ImageFormat: Equatable {
  /// A drawing, in a format that Graphviz calls so.
  case drawn(String)
  /// What Graphviz draws from.
  case dot
  /// A page for a browser.
  case page

  /// The suffixes of file names, for messages.
  static let suffixes = ".png, .jpg, .svg, .pdf, .dot or .html"

  /// The format that a file's name says; `nil` where it says none.
  init?(file: String) {
    guard let dot = file.lastIndex(of: ".") else { return nil }
    switch file[file.index(after: dot)...].lowercased() {
    case "png": self = .drawn("png")
    case "jpg", "jpeg": self = .drawn("jpg")
    case "svg": self = .drawn("svg")
    case "pdf": self = .drawn("pdf")
    case "dot", "gv": self = .dot
    case "html", "htm": self = .page
    default: return nil
    }
  }
}
