internal import CLinux
internal import Glibc
internal import SystemPackage

/// Answers requests to a host's agent on a Unix socket that only its owner may use.
public struct AgentServer: Sendable {
  /// The longest request in bytes.
  private static let limit = 1 << 26

  private let socket: FileDescriptor
  private let path: String

  /// Listens on a socket; on one that an agent that is gone has left, too.
  ///
  /// - Throws: What the kernel refuses.
  public init(directory: String, name: String) throws(RunningError) {
    path = "\(directory)/\(name)"
    if !AgentClient(directory: directory, name: name).isThere { Self.remove(path) }
    let number = unsafe clinux_listen(directory, name)
    guard number >= 0 else { throw RunningError(kernel: "can't listen on \(directory)/\(name)") }
    socket = FileDescriptor(rawValue: number)
  }

  /// Removes the socket's file: nobody is to ask any more.
  public func remove() { Self.remove(path) }

  private static func remove(_ path: String) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
    _ = unsafe unlink(path)
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
