internal import Commands
internal import ArgumentParser
internal import Logging
internal import ServiceLifecycle
internal import StatusService
internal import Swapping
internal import Testbed
internal import UnixSignals

/// `testbed serve`: all that answers over the network, until this ends. Each service says where it is once it listens.
struct TestbedServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Tell programs how the nodes of experiments are, until this ends.",
    discussion: """
      A client writes the line "status_request PROJECT/EXPERIMENT" and reads a line: "status_reply" and a dictionary of \
      Python, from hypervisors to nodes to a list of boot status and exit code. See docs/running.md.
      """)

  @Option(help: "The address to listen at; whoever reaches it may ask.")
  var address = "127.0.0.1"

  @Option(help: "The port of the status service; 0 for any.")
  var statusPort = 6330

  func validate() throws {
    guard (0...65_535).contains(statusPort) else { throw ValidationError("\(statusPort) is no port: 0 to 65535") }
  }

  func run() async throws {
    let testbed = try LocalTestbed.current { _ in }
    try await Self.serve([statusServer(of: testbed)])
  }

  private func statusServer(of testbed: LocalTestbed) throws -> StatusServer {
    let server = try StatusServer(address: address, port: statusPort) { experiment throws(StatusError) in
      try testbed.hypervisors(of: experiment)
    }
    try Console.write("status service: \(server.address)\n")
    return server
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
