internal import Glibc
internal import Synchronization

/// Whether the user pressed Ctrl-C: the first time asks for the best answer so far, the second ends the program.
enum PackerStopRequest {
  private static let count = Atomic(0)

  /// Listens for Ctrl-C and for requests to end.
  static func begin() {
    // Made before the handler runs, which may make nothing.
    count.store(0, ordering: .relaxed)
    for signal in [SIGINT, SIGTERM] {
      _ = Glibc.signal(signal) { number in
        if PackerStopRequest.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(128 + number) }
      }
    }
  }

  /// Whether the best answer so far was asked for.
  static var isMade: Bool { count.load(ordering: .relaxed) > 0 }
}
