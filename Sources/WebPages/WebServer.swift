internal import Glibc
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
public import ServiceLifecycle
public import Swapping
internal import SystemPackage

/// The web pages of the local testbed: its experiments, how they are, and what can be done with them.
///
/// Only who has the token sees them; without TLS, so that they are for this machine, or for the end of a tunnel.
public struct WebServer: Service {
  /// How many connections there are at most: each page that is open keeps one.
  private static let greatestConnectionCount = 512
  /// How long a connection may be silent, in seconds.
  private static let patience = 120

  private let application: Application<Site>
  private let address: String
  private let port: Int

  /// Pages.
  ///
  /// - Parameters:
  ///   - testbed: The testbed that they show.
  ///   - address: The address to listen at.
  ///   - port: The port; 0 for any.
  ///   - token: What those know who may see them.
  ///   - draw: Has Graphviz draw a dot file, and returns an SVG document.
  ///   - onRunning: Is told the URL that the pages are at, with the token, when they are there.
  public init(
    _ testbed: LocalTestbed, address: String, port: Int, token: AccessToken,
    draw: @escaping @Sendable (_ dot: String) async throws -> [UInt8],
    onRunning: @escaping @Sendable (_ url: String) -> Void
  ) {
    (self.address, self.port) = (address, port)
    let operations = Operations(testbed)
    let observer = Observer(testbed, drawings: Drawings(testbed.store, draw: draw), operations: operations)
    let site = Site(
      testbed: testbed, token: token, machine: Self.machine, observer: observer, operations: operations)
    // Requests are nothing to tell the person of who started this.
    let logger = Logger(label: "web") { _ in SwiftLogNoOpLogHandler() }
    application = Application(
      responder: site, server: .http1(configuration: .init(idleTimeout: .seconds(Int64(Self.patience)))),
      configuration: ApplicationConfiguration(
        address: .hostname(address, port: port),
        availableConnectionsDelegate: MaximumAvailableConnections(Self.greatestConnectionCount)),
      onServerRunning: { channel in
        let host = address.contains(":") ? "[\(address)]" : address
        onRunning("http://\(host):\(channel.localAddress?.port ?? port)/?token=\(token.text)")
      }, logger: logger)
  }

  public func run() async throws {
    do {
      try await application.run()
    } catch let error as IOError {
      let reason = Errno(rawValue: error.errnoCode).description.lowercased()
      throw WebError("can't show web pages at \(address):\(port): \(reason)")
    }
  }

  /// The name of this machine.
  private static var machine: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
