/// Where the image of a virtual machine or the template of a container is, as its node says.
struct ImageLocation: Hashable {
  enum Place: Hashable {
    /// One that was made on this machine, by `tools/guest-image` or a user.
    case named(String)
    /// A file of this machine.
    case file(String)
    /// Something to be fetched.
    case remote(String)
  }

  let place: Place
  /// The SHA-256 of what is there, in hexadecimal digits; `nil` where none is given.
  let checksum: String?
  /// Whether the small guest stands in for an image that can't be had any more.
  let isStandIn: Bool

  /// The image that the testbed's site configuration names unless it is told otherwise: on a server that only the old
  /// testbed could reach.
  static let unreachable = "http://scratch/benito/pangolinbz.img.bz2"
  /// The name of the small guest.
  static let smallGuest = "guest"
  private static let checksumMark = "#sha256="

  /// A location.
  ///
  /// - Parameters:
  ///   - text: A URL (`http`, `https`, `file`), a path from `/`, or a name; after `#sha256=` its checksum.
  ///   - kind: What is there, for messages.
  /// - Throws: If it is none.
  init(_ text: String?, kind: String = "image") throws(RunningError) {
    isStandIn = text == Self.unreachable
    var text = isStandIn ? Self.smallGuest : text ?? Self.smallGuest
    if let mark = text.firstRange(of: Self.checksumMark) {
      let digits = text[mark.upperBound...].lowercased()
      guard digits.utf8.count == 64, digits.allSatisfy({ $0.isHexDigit && $0.isASCII }) else {
        throw RunningError("\(kind) \(text): after \(Self.checksumMark) are 64 hexadecimal digits")
      }
      checksum = digits
      text = String(text[..<mark.lowerBound])
    } else {
      checksum = nil
    }
    guard !text.utf8.contains(0), !text.contains(where: \.isNewline) else {
      throw RunningError("the place of the \(kind) has a line end in it")
    }
    if text.hasPrefix("http://") || text.hasPrefix("https://") {
      place = .remote(text)
    } else if text.hasPrefix("file://") {
      let path = text.dropFirst("file://".count)
      guard path.hasPrefix("/") else { throw RunningError("\(kind) \(text): a file is named as file:///PATH") }
      place = .file(String(path))
    } else if text.hasPrefix("/") {
      place = .file(text)
    } else if !text.isEmpty, !text.contains("/"), !text.hasPrefix(".") {
      place = .named(text)
    } else {
      throw RunningError("\(kind) \(text): neither a URL (http, https, file), nor a path from /, nor a name")
    }
  }
}
