internal import AsyncHTTPClient
internal import Foundation
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// Calls methods of a server over TLS, with a certificate.
public struct XMLRPCClient: Sendable {
  /// Why a call brought no answer.
  public struct Failure: Error, CustomStringConvertible {
    /// What went wrong.
    public let description: String
    /// Whether the server may have done what was asked.
    public let mayHaveHappened: Bool

    /// A failure.
    public init(description: String, mayHaveHappened: Bool) {
      self.description = description
      self.mayHaveHappened = mayHaveHappened
    }
  }

  private let url: String
  private let configuration: TLSConfiguration

  /// How often a connection is tried, and how long each time.
  private static let attempts = 3
  private static let connectionPatience = TimeAmount.seconds(10)

  /// A client.
  ///
  /// - Parameters:
  ///   - server: `HOST` or `HOST:PORT`.
  ///   - defaultPort: The port where `server` names none.
  ///   - path: The path that calls are sent to.
  ///   - certificate: A PEM file with the client's certificate and its key.
  ///   - authority: A PEM file with the certificates that the server's is verified with; `nil` not to verify it.
  /// - Throws: What is wrong with the files.
  public init(
    server: String, defaultPort: Int, path: String, certificate: String, authority: String?
  ) throws(XMLRPCError) {
    let hasPort = server.last != "]" && server.contains(/:\d+$/)
    url = "https://\(server)\(hasPort ? "" : ":\(defaultPort)")\(path)"
    var configuration = TLSConfiguration.makeClientConfiguration()
    (configuration.certificateChain, configuration.privateKey) = try Self.identity(certificate)
    if let authority {
      do {
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authority))
      } catch {
        throw XMLRPCError("\(authority): isn't a file of certificates in PEM")
      }
    } else {
      configuration.certificateVerification = .none
    }
    self.configuration = configuration
  }

  private static func identity(
    _ file: String
  ) throws(XMLRPCError) -> ([NIOSSLCertificateSource], NIOSSLPrivateKeySource) {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw XMLRPCError("\(file): can't be read: it holds your certificate for the testbed, and its key")
    }
    guard !text.contains("ENCRYPTED") else {
      throw XMLRPCError(
        "\(file): the key is protected by a pass phrase, which can't be asked for here: make a file without one, with "
          + "\"openssl pkey\", and name it as xmlrpc_certificate in the site configuration")
    }
    do {
      let certificates = try NIOSSLCertificate.fromPEMFile(file)
      guard !certificates.isEmpty else { throw XMLRPCError("no certificate") }
      return (certificates.map { .certificate($0) }, .privateKey(try NIOSSLPrivateKey(file: file, format: .pem)))
    } catch {
      throw XMLRPCError("\(file): isn't a certificate and its key in PEM")
    }
  }

  /// Calls a method. A connection that can't be made is tried again; a call that was sent is not repeated.
  ///
  /// - Parameters:
  ///   - call: The call.
  ///   - patience: How long to wait for the answer, in seconds.
  /// - Returns: What the method returned.
  /// - Throws: Why there is no answer.
  public func answer(to call: XMLRPCCall, patience: Int) async throws(Failure) -> XMLRPCValue {
    let bytes = try await withRetries { () throws(Failure) in try await send(call.document, patience: patience) }
    let answer: XMLRPCResponse
    do throws(XMLRPCError) {
      answer = try XMLRPCResponse(parsing: bytes)
    } catch {
      throw Failure(description: "what \(url) answers isn't XML-RPC: \(error)", mayHaveHappened: true)
    }
    switch answer {
    case .value(let value): return value
    case .fault(let code, let text): throw Failure(description: "\(text) (fault \(code))", mayHaveHappened: false)
    }
  }

  private func withRetries(_ body: () async throws(Failure) -> [UInt8]) async throws(Failure) -> [UInt8] {
    for _ in 1..<Self.attempts {
      do throws(Failure) {
        return try await body()
      } catch {
        guard !error.mayHaveHappened, error.isWorthRetrying else { throw error }
        try? await Task.sleep(for: .seconds(1))
      }
    }
    return try await body()
  }

  private func send(_ document: [UInt8], patience: Int) async throws(Failure) -> [UInt8] {
    var client = HTTPClient.Configuration(
      tlsConfiguration: configuration, timeout: .init(connect: Self.connectionPatience, read: .seconds(Int64(patience)))
    )
    client.connectionPool.retryConnectionEstablishment = false
    client.httpVersion = .http1Only
    let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: client)
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "text/xml")
    request.body = .bytes(document)
    let result: Result<[UInt8], any Error>
    do {
      let response = try await http.execute(request, timeout: .seconds(Int64(patience)))
      let body = try await response.body.collect(upTo: XMLRPCLimits.bytes)
      result =
        response.status == .ok
        ? .success(Array(body.readableBytesView))
        : .failure(
          Failure(
            description: "\(url) answers \(response.status.code) \(response.status.reasonPhrase)",
            mayHaveHappened: response.status.code >= 500))
    } catch {
      result = .failure(error)
    }
    try? await http.shutdown()
    do { return try result.get() } catch { throw Failure(error, url: url) }
  }
}

extension XMLRPCClient.Failure {
  /// Whether it may go better next time.
  fileprivate var isWorthRetrying: Bool { description.hasPrefix(Self.unreachable) }

  private static let unreachable = "can't connect to "

  fileprivate init(_ error: any Error, url: String) {
    switch error {
    case let failure as Self: self = failure
    case let error as HTTPClientError where [.connectTimeout, .tlsHandshakeTimeout].contains(error):
      self.init(description: "\(Self.unreachable)\(url): no answer", mayHaveHappened: false)
    // Nothing but connecting is refused.
    case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode):
      self.init(
        description: "\(Self.unreachable)\(url): \(unsafe String(cString: strerror(error.errnoCode)))",
        mayHaveHappened: false)
    case is NIOConnectionError:
      self.init(description: "\(Self.unreachable)\(url): \(error)", mayHaveHappened: false)
    case let error as NIOSSLError:
      self.init(description: "\(url): no secure connection: \(error)", mayHaveHappened: false)
    case is BoringSSLError, is NIOSSLExtraError:
      self.init(description: "\(url): no secure connection: \(error)", mayHaveHappened: false)
    default:
      self.init(description: "\(url): \(error)", mayHaveHappened: true)
    }
  }
}
