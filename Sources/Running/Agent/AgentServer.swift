internal import CLinux
internal import Glibc
internal import SystemPackage

/// Answers requests to a host's agent on a Unix socket that only its owner may use.
public struct AgentServer: Sendable {
  /// The longest request in bytes.
  private static let limit = 1 << 26

  private let socket: FileDescriptor

  /// Listens on a socket.
  ///
  /// - Throws: What the kernel refuses.
  public init(directory: String, name: String) throws(RunningError) {
    let number = unsafe clinux_listen(directory, name)
    guard number >= 0 else { throw RunningError(kernel: "can't listen on \(directory)/\(name)") }
    socket = FileDescriptor(rawValue: number)
  }

  /// Answers from now on, each client on a thread of its own: there are few, and some wait long.
  public func serve(_ agent: HostAgent) {
    Threads.start("agent") { [self] in
      while true {
        let number = clinux_accept(socket.rawValue)
        guard number >= 0 else { continue }
        let client = FileDescriptor(rawValue: number)
        Threads.start("client") {
          defer { try? client.close() }
          while let request = try? JSONLine.read(AgentRequest.self, from: client, limit: Self.limit) {
            guard (try? JSONLine.write(agent.reply(to: request), to: client)) != nil else { return }
          }
        }
      }
    }
  }
}
