internal import Glibc
internal import Hummingbird

/// Whom a request claims to be for, and which page it comes from: what browsers say, whatever the page wants.
struct RequestSource {
  private let request: Request
  /// The machine's name.
  private let machine: String

  init(_ request: Request, machine: String) {
    self.request = request
    self.machine = machine
  }

  /// Whether it is for this machine by an address or a name that nobody else can have.
  ///
  /// A page of a stranger can have its own name lead here ("DNS rebinding"): then the request is for that name. There is
  /// no such trick with an address. The port may differ, as with a tunnel through `ssh -L`.
  var isForThisMachine: Bool {
    guard let authority = request.head.authority?.lowercased() else { return false }
    let host: Substring
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return false }
      host = authority[authority.index(after: authority.startIndex)..<end]
    } else {
      host = authority.prefix { $0 != ":" }
    }
    return host == "localhost" || host.hasSuffix(".localhost") || host == machine.lowercased()
      || Self.isAddress(String(host))
  }

  /// Whether it isn't from a page of somebody else.
  var isFromOwnPage: Bool {
    if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" { return false }
    guard let origin = request.headers[.origin] else { return true }
    return origin == "http://\(request.head.authority ?? "")"
  }

  private static func isAddress(_ text: String) -> Bool {
    var bytes = [UInt8](repeating: 0, count: 16)
    return unsafe inet_pton(AF_INET, text, &bytes) == 1 || inet_pton(AF_INET6, text, &bytes) == 1
  }
}

extension HTTPFields.Name {
  /// Which relation the page that makes a request has to what it asks for.
  fileprivate static let secFetchSite = HTTPFields.Name("Sec-Fetch-Site") ?? .origin
}
