internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle

/// Tells programs how the nodes of experiments are: the line protocol of the first Containers system, over TCP.
///
/// A client writes `status_request PROJECT/EXPERIMENT`, and gets `status_reply` and a dictionary of Python on one line: of
/// hypervisors, of nodes, of boot status and exit code.
public struct StatusServer: Service {
  /// How the nodes of an experiment are, by its name; may take its time.
  public typealias Answer = @Sendable (_ experiment: String) throws(StatusError) -> [HypervisorStatus]

  /// How many requests are answered at once.
  private static let width = 4
  /// How long a client may be silent.
  private static let patience = TimeAmount.minutes(10)

  private let channel: any Channel

  /// Where it listens, as `ADDRESS:PORT`.
  public var address: String {
    guard let address = channel.localAddress, let port = address.port else { return "" }
    return "\(address.ipAddress ?? ""):\(port)"
  }

  /// Listens.
  ///
  /// - Parameters:
  ///   - address: The address to listen at.
  ///   - port: The port; 0 for any.
  ///   - answer: Answers requests, on several threads.
  /// - Throws: What hinders it.
  public init(address: String, port: Int, answer: @escaping Answer) throws(StatusError) {
    let threads = NIOThreadPool(numberOfThreads: Self.width)
    threads.start()
    do {
      channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.backlog, value: 1024)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.allowRemoteHalfClosure, value: true)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(IdleStateHandler(allTimeout: Self.patience))
            try pipeline.addHandler(ByteToMessageHandler(LineDecoder(limit: StatusLine.greatestLength)))
            try pipeline.addHandler(StatusHandler(threads: threads, answer: answer))
          }
        }
        .bind(host: address, port: port).wait()
    } catch {
      throw StatusError("can't listen at \(address):\(port): \(error)")
    }
  }

  /// Serves until it is asked to end.
  public func run() async throws {
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await channel.closeFuture.get()
    } onCancelOrGracefulShutdown: {
      channel.close(promise: nil)
    }
  }
}
