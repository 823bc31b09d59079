internal import Commands
internal import ArgumentParser
internal import Logging
internal import ServiceLifecycle
internal import StatusService
internal import Swapping
internal import SystemPackage
internal import Testbed
internal import UnixSignals
internal import WebPages

/// `testbed serve`: all that answers over the network, until this ends. Each service says where it is once it listens.
struct TestbedServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show web pages, tell programs how nodes are, and answer Emulab's clients, until this ends.",
    discussion: """
      A client of the status service writes the line "status_request PROJECT/EXPERIMENT" and reads a line: \
      "status_reply" and a dictionary of Python, from hypervisors to nodes to a list of boot status and exit code.

      The web pages are at the address that is printed, for whoever has the token at its end, which is also in the file \
      web-token of the testbed's directory. See docs/running.md, and docs/emulab.md for Emulab's XML-RPC interface.
      """)

  @Option(help: "The address to listen at; whoever reaches it may ask the status service.")
  var address = "127.0.0.1"

  @Option(help: "The port of the status service; 0 for any.")
  var statusPort = 6330

  @OptionGroup var emulab: EmulabServers

  @Flag(inversion: .prefixedNo, help: "Show web pages.")
  var web = true

  @Option(help: "The port of the web pages; 0 for any.")
  var webPort = 6331

  func validate() throws {
    for port in [statusPort, webPort] where !(0...65_535).contains(port) {
      throw ValidationError("\(port) is no port: 0 to 65535")
    }
  }

  func run() async throws {
    let testbed = try LocalTestbed.current { _ in }
    var services: [any Service] = [try statusServer(of: testbed)]
    services += try emulab.services(of: testbed, address: address)
    if web { services.append(try webServer(of: testbed)) }
    try await Self.serve(services)
  }

  private func statusServer(of testbed: LocalTestbed) throws -> StatusServer {
    let server = try StatusServer(address: address, port: statusPort) { experiment throws(StatusError) in
      try testbed.hypervisors(of: experiment)
    }
    try Console.write("status service: \(server.address)\n")
    return server
  }

  private func webServer(of testbed: LocalTestbed) throws -> WebServer {
    let token = try AccessToken(file: testbed.store.root.appending("web-token"))
    return WebServer(testbed, address: address, port: webPort, token: token, draw: Self.draw) { url in
      try? Console.write("web pages: \(url)\n")
    }
  }

  /// How long Graphviz may take for a picture, in seconds.
  private static let drawingLimit = 60.0

  @Sendable private static func draw(_ dot: String) async throws -> [UInt8] {
    try await Graphviz.draw(dot, as: "svg", within: drawingLimit, interruption: nil)
  }

  /// Runs services until a signal asks them to end, or one can't go on.
  private static func serve(_ services: [any Service]) async throws {
    let group = ServiceGroup(services: services, gracefulShutdownSignals: [.sigint, .sigterm, .sighup], logger: logger)
    try await group.run()
  }

  /// What libraries have to say: problems only, on standard error.
  private static let logger = {
    var logger = Logger(label: "testbed", factory: StreamLogHandler.standardError(label:))
    logger.logLevel = .error
    return logger
  }()
}
