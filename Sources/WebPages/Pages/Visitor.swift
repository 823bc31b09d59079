/// Who looks at a page: a session.
struct Visitor: Sendable {
  /// What the forms of its pages have.
  let formCode: String

  /// The name of the form's field that has it.
  static let fieldName = "code"

  /// A button that does something.
  ///
  /// - Parameters:
  ///   - words: What it says.
  ///   - place: Where it leads.
  ///   - style: Its class.
  ///   - fields: Further fields of its form.
  /// - Returns: The form.
  func button(_ words: String, _ place: Place, style: String = "", fields: HTML = "") -> HTML {
    """
    <form method="post" action="\(place.path)"><input type="hidden" name="\(Self.fieldName)" value="\(formCode)">\
    \(fields)<button class="\(style)">\(words)</button></form>
    """
  }
}
