internal import Crypto
internal import Glibc
public import SystemPackage

/// What whoever may use the pages knows: a secret in a file that only its owner may read.
///
/// A browser gives it once, and gets a session in a cookie in return. A session is signed with the secret, so that the
/// server keeps no list of them and may be started anew; to end all sessions, remove the file.
public struct AccessToken: Sendable {
  /// The secret as people pass it on.
  public let text: String
  private let key: SymmetricKey

  /// How long a session lasts, in seconds.
  static let sessionLength: Int64 = 7 * 24 * 3600
  private static let byteCount = 32
  private static let random = 16

  /// The secret that a file has; makes the file where there is none.
  ///
  /// - Throws: If the file can't be made or read, others may read it, or it has something else.
  public init(file: FilePath) throws(WebError) {
    do {
      let new = try FileDescriptor.open(
        file, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec], permissions: .ownerReadWrite)
      try new.closeAfter { _ = try new.writeAll((Self.hexadecimal(Self.randomBytes(Self.byteCount)) + "\n").utf8) }
    } catch Errno.fileExists {
      // It is read below.
    } catch {
      throw WebError("can't make \(file), the secret of the web pages: \("\(error)".lowercased())")
    }
    try self.init(existing: file)
  }

  private init(existing file: FilePath) throws(WebError) {
    var status = stat()
    let text: String
    do {
      let old = try FileDescriptor.open(file, .readOnly, options: [.noFollow, .closeOnExec])
      text = try old.closeAfter {
        guard unsafe fstat(old.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
        let bytes = try unsafe [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
          count = try unsafe old.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        return String(decoding: bytes, as: UTF8.self)
      }
    } catch {
      throw WebError("can't read \(file), the secret of the web pages: \("\(error)".lowercased())")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw WebError("\(file), the secret of the web pages, can be read by others: remove it, and another is made")
    }
    let secret = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    guard secret.utf8.count == 2 * Self.byteCount else {
      throw WebError("\(file) isn't a secret of the web pages: remove it, and another is made")
    }
    self.text = secret
    key = SymmetricKey(data: Array(secret.utf8))
  }

  /// Whether somebody knows the secret.
  func isTheSame(as text: String) -> Bool {
    // Of equal texts the codes are equal, and comparing codes tells nothing by its time.
    HMAC<SHA256>.isValidAuthenticationCode(
      HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key), authenticating: Array(self.text.utf8),
      using: key)
  }

  // MARK: Sessions

  /// A new session, as its cookie has it.
  ///
  /// - Parameter now: The time in seconds since 1970.
  /// - Returns: The cookie's value.
  func session(now: Int64) -> String {
    let content = "\(now + Self.sessionLength).\(Self.hexadecimal(Self.randomBytes(Self.random)))"
    return "\(content).\(code("session", content))"
  }

  /// Whether a cookie has a session that hasn't ended.
  func isSession(_ cookie: String, now: Int64) -> Bool {
    let parts = cookie.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let end = Int64(parts[0]), end > now else { return false }
    return isCode(String(parts[2]), "session", "\(parts[0]).\(parts[1])")
  }

  /// What the forms of a session's pages have, so that no other page can send them.
  func formCode(ofSession cookie: String) -> String { code("form", cookie) }

  /// Whether a form is from a page of a session.
  func isFormCode(_ text: String, ofSession cookie: String) -> Bool { isCode(text, "form", cookie) }

  private func code(_ purpose: String, _ content: String) -> String {
    Self.hexadecimal(HMAC<SHA256>.authenticationCode(for: Array("\(purpose) \(content)".utf8), using: key))
  }

  private func isCode(_ text: String, _ purpose: String, _ content: String) -> Bool {
    guard let bytes = Self.bytes(text) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      bytes, authenticating: Array("\(purpose) \(content)".utf8), using: key)
  }

  // MARK: Bytes

  private static func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}

/// Why the pages can't be served.
public struct WebError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, and what would be right.
  public let description: String

  init(_ description: String) { self.description = description }
}
