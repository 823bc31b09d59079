internal import Hummingbird

extension HTTPFields {
  /// The name of a field.
  typealias Name = Element.Name
}

/// What each answer tells browsers not to do.
enum SecurityHeaders {
  /// No script or style but our own files, nothing from elsewhere, no frame around a page.
  static let fields: HTTPFields = {
    var fields = HTTPFields()
    fields[.contentSecurityPolicy] =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
      + "base-uri 'none'; frame-ancestors 'none'"
    fields[.xContentTypeOptions] = "nosniff"
    // What a page is answered with is nobody else's to keep, and addresses are nobody else's to know.
    fields[.cacheControl] = "no-store"
    for (name, value) in [
      ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
    ] {
      if let name = HTTPFields.Name(name) { fields[name] = value }
    }
    return fields
  }()
}
