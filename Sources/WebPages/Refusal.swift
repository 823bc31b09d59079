internal import Hummingbird

/// Why a request isn't done: a page that says so.
struct Refusal: Error {
  private let status: HTTPResponse.Status
  private let title: String
  private let text: String
  private var allowed: [HTTPRequest.Method] = []
  /// Where to go on.
  private let back: Place?

  init(_ status: HTTPResponse.Status, _ title: String, _ text: String, back: Place? = nil) {
    self.status = status
    self.title = title
    self.text = text
    self.back = back
  }

  /// That something else can be done there.
  static func method(_ method: HTTPRequest.Method, _ allowed: [HTTPRequest.Method]) -> Self {
    var refusal = Self(
      .methodNotAllowed, "Not that way",
      "\(method.rawValue) isn't what can be done here: \(allowed.map(\.rawValue).joined(separator: ", ")).")
    refusal.allowed = allowed
    return refusal
  }

  /// The answer.
  var response: Response {
    let link: HTML = back.map { "<p><a href=\"\($0.path)\">Back</a></p>" } ?? ""
    var response = Response.page(PageFrame.message(title, text, more: link), status: status)
    if !allowed.isEmpty { response.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ") }
    return response
  }
}

extension Response {
  /// A page, or another document.
  static func page(
    _ html: HTML, type: String = "text/html; charset=utf-8", status: HTTPResponse.Status = .ok
  ) -> Response {
    var fields = SecurityHeaders.fields
    fields[.contentType] = type
    return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(string: html.text)))
  }

  /// Another place to go on to.
  static func redirect(to place: Place) -> Response {
    var fields = SecurityHeaders.fields
    fields[.location] = place.path
    return Response(status: .seeOther, headers: fields)
  }

  /// The same without what a HEAD request isn't answered with.
  var withoutBody: Response {
    var response = self
    let length = body.contentLength
    response.body = ResponseBody()
    response.headers[.contentLength] = length.map(String.init)
    return response
  }
}
