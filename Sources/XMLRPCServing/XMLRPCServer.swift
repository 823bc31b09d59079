internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOSSL
public import ServiceLifecycle
public import XMLRPC

/// Answers calls at one path of a web server.
public struct XMLRPCServer: Service {
  /// Answers a call; never throws, for whatever is wrong is an answer, too.
  public typealias Handler = @Sendable (_ call: XMLRPCCall, _ peer: XMLRPCPeer) async -> XMLRPCResponse

  /// Who may connect, and how.
  public enum Access: Sendable {
    /// Over TLS, who shows a certificate that an authority signed: all three as PEM.
    case certificates(server: String, key: String, authority: String)
    /// Without TLS, users of this machine: only at 127.0.0.1.
    case thisMachine
  }

  private let address: String
  private let port: Int
  private let path: String
  private let access: Access
  private let listening: @Sendable (_ address: String) -> Void
  private let handler: Handler

  /// How long a connection may be idle.
  private static let patience = TimeAmount.minutes(5)
  /// How many connections there may be.
  private static let connectionLimit = 500

  /// A server, which listens once it runs.
  ///
  /// - Parameters:
  ///   - address: The address to listen at.
  ///   - port: The port; 0 for any.
  ///   - path: The path that calls are sent to.
  ///   - access: Who may connect.
  ///   - listening: Is told where it listens, as `ADDRESS:PORT`.
  ///   - handler: Answers calls, many at once.
  public init(
    address: String, port: Int, path: String, access: Access, listening: @escaping @Sendable (String) -> Void,
    handler: @escaping Handler
  ) {
    self.address = address
    self.port = port
    self.path = path
    self.access = access
    self.listening = listening
    self.handler = handler
  }

  /// Serves until it is asked to end.
  ///
  /// - Throws: Why it can't listen.
  public func run() async throws {
    let application = Application(
      responder: CallbackResponder(callback: respond), server: try protocols(),
      configuration: ApplicationConfiguration(
        address: .hostname(address, port: port),
        availableConnectionsDelegate: MaximumAvailableConnections(Self.connectionLimit)),
      onServerRunning: { [listening] channel in
        let address = channel.localAddress
        listening("\(address?.ipAddress ?? ""):\(address?.port ?? 0)")
      }, logger: Logger(label: "xmlrpc") { _ in SwiftLogNoOpLogHandler() })
    do {
      try await application.run()
    } catch {
      throw XMLRPCError("can't listen at \(address):\(port): \(error)")
    }
  }

  private func protocols() throws(XMLRPCError) -> HTTPServerBuilder {
    let http = HTTPServerBuilder.http1(configuration: .init(idleTimeout: Self.patience))
    guard case .certificates(let server, let key, let authority) = access else { return http }
    do {
      var configuration = TLSConfiguration.makeServerConfigurationWithMTLS(
        certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(server.utf8)).map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)),
        trustRoots: .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8))))
      configuration.minimumTLSVersion = .tlsv12
      return try .tls(http, tlsConfiguration: configuration)
    } catch {
      throw XMLRPCError("the server's certificate can't be used: \(error)")
    }
  }

  // MARK: Requests

  private struct Connection: InitializableFromSource {
    let channel: any Channel
    init(source: ApplicationRequestContextSource) { channel = source.channel }
  }

  @Sendable private func respond(to request: Request, on connection: Connection) async -> Response {
    guard request.uri.path == path else { return Self.refusal(.notFound, "calls are sent to \(path)") }
    guard request.method == .post else { return Self.refusal(.methodNotAllowed, "calls are POST requests") }
    // Web pages of strangers can't send this type without being asked, so that they can't call with their reader's rights.
    let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
    guard type == "text/xml" || type == "application/xml" else {
      return Self.refusal(.unsupportedMediaType, "calls have the type text/xml")
    }
    guard let peer = await peer(of: connection.channel, request) else {
      return Self.refusal(.forbidden, "nobody knows who you are")
    }
    guard let body = try? await request.body.collect(upTo: XMLRPCLimits.bytes) else {
      return Self.refusal(.contentTooLarge, "calls have at most \(XMLRPCLimits.bytes) bytes")
    }
    let answer: XMLRPCResponse
    do throws(XMLRPCError) {
      answer = await handler(try XMLRPCCall(parsing: Array(body.readableBytesView)), peer)
    } catch {
      answer = .fault(code: Self.parseError, text: error.description)
    }
    return Response(
      status: .ok, headers: [.contentType: "text/xml"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.document)))
  }

  /// > Dan Libby: Specification for Fault Code Interoperability, 2001: "parse error, not well formed".
  private static let parseError = -32700

  private func peer(of channel: any Channel, _ request: Request) async -> XMLRPCPeer? {
    switch access {
    case .certificates: return await .holder(of: channel)
    case .thisMachine:
      // Another name than these is one that somebody let point here.
      let host = request.head.authority?.prefix { $0 != ":" }
      return host == "127.0.0.1" || host == "localhost" ? .localUser(of: channel) : nil
    }
  }

  private static func refusal(_ status: HTTPResponse.Status, _ reason: String) -> Response {
    var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
    if status == .methodNotAllowed { headers[.allow] = "POST" }
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: reason + "\n")))
  }
}
