internal import Dispatch
internal import Glibc
internal import Synchronization
internal import SystemPackage

/// Ctrl-C, and requests to end.
///
/// Either what was begun is undone and the process ends as the shell expects, or the work is asked to come to an end
/// with the best it has, and only a second request ends the process.
///
/// A signal's handler may do next to nothing, so it only wakes a thread, which may do anything.
package final class Interruption: Sendable {
  /// What the first request means.
  private enum Response {
    /// Undo and end.
    case undo
    /// Finish with the best so far.
    case finish
  }

  /// What is under way that must be undone. Each is at most once under way in a process.
  package enum Work: CaseIterable {
    /// Another program reads a script.
    case conversion
    /// Graphviz draws.
    case drawing
    /// An experiment is written.
    case creation
    /// A testbed's server is told of an experiment.
    case registration
    /// An experiment is swapped in.
    case swap
    /// A batch is searched.
    case batch
  }

  private struct State {
    var response: Response
    var hasHappened = false
    var isEnding = false
    var undos: [Work: @Sendable () -> Void] = [:]
  }

  private let state: Mutex<State>

  /// Signals that ask a program to end.
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// The pipe through which the handler wakes the thread; written once, before the handler is in place.
  nonisolated(unsafe) private static var writingEnd: CInt = -1

  /// Takes these signals from now on. Made once in a process.
  package init() {
    state = Mutex(State(response: .undo))
    // A reader that goes away is found out by the write that fails.
    signal(SIGPIPE, SIG_IGN)
    guard let pipe = try? FileDescriptor.pipe() else { return }
    let readingEnd = pipe.readEnd.rawValue
    unsafe Self.writingEnd = pipe.writeEnd.rawValue
    for end in [pipe.readEnd, pipe.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
    DispatchQueue.global().async { [self] in
      var number: UInt8 = 0
      while unsafe read(readingEnd, &number, 1) == 1 {
        let isTheEnd = state.withLock { state in
          defer { state.hasHappened = true }
          return state.response == .undo || state.hasHappened
        }
        if isTheEnd { end(CInt(number)) }
      }
    }
    // A handler, unlike an ignored signal, isn't passed on to the programs that this one starts.
    for number in Self.signals where !Self.isIgnored(number) {
      signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        _ = unsafe write(Interruption.writingEnd, &byte, 1)
      }
    }
  }

  /// Whether whoever started this process wants it to go on: `nohup`, or a shell that put it in the background.
  private static func isIgnored(_ number: CInt) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0 else { return false }
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Says that from now on there is something to finish with.
  package func beginSearch() { state.withLock { $0.response = .finish } }

  /// Whether the user wants out.
  package var hasHappened: Bool { state.withLock { $0.hasHappened } }

  /// Begins something that is undone if the user wants out before ``settle(_:)``.
  ///
  /// - Parameters:
  ///   - work: What it is.
  ///   - begin: Begins it; a request to end waits until it has.
  ///   - undo: Undoes it.
  /// - Returns: What `begin` returns.
  /// - Throws: What `begin` throws.
  package func begin<Begun: Sendable>(
    _ work: Work, _ begin: () throws -> Begun, undo: @escaping @Sendable (Begun) -> Void
  ) throws -> Begun {
    try state.withLock { state in
      let begun = try begin()
      state.undos[work] = { undo(begun) }
      return begun
    }
  }

  /// Says what is to be done if the user wants out before ``settle(_:)``.
  package func begin(_ work: Work, undo: @escaping @Sendable () -> Void) { state.withLock { $0.undos[work] = undo } }

  /// Says that there is nothing to be undone any more.
  package func settle(_ work: Work) {
    let isEnding = state.withLock { state in
      state.undos[work] = nil
      return state.isEnding
    }
    // What was undone under way fails, which is nothing to tell the user of: the process is about to end.
    while isEnding { pause() }
  }

  private func end(_ number: CInt) {
    let undos = state.withLock { state in
      state.isEnding = true
      return Work.allCases.compactMap { state.undos[$0] }
    }
    for undo in undos { undo() }
    _exit(128 + number)
  }
}
