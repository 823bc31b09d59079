internal import Dispatch
internal import Synchronization

/// The best answer so far, which is there at any moment once there is one.
///
/// Most steps of a search look at the clock often. Some can't, such as bisecting a large graph: whoever has to
/// answer takes what is here, and that step ends by itself, unheard.
final class Incumbent: Sendable {
  private struct State {
    var draft: PartitionDraft?
    /// The class that is being searched, the names of its blocks, and the best answer to it.
    var part = 0
    var blockNames: [Int32] = []
    var found: TaskSolver.Answer?
  }

  private let state = Mutex(State())

  /// Begins with a packing.
  func begin(_ draft: PartitionDraft) { state.withLock { $0.draft = draft } }

  /// Says that the answers from now on are to this class.
  func begin(part: Int, blockNames: [Int32]) {
    state.withLock { ($0.part, $0.blockNames, $0.found) = (part, blockNames, nil) }
  }

  /// Takes a better answer to the class, or a better bound.
  func improve(_ found: TaskSolver.Answer) {
    state.withLock { state in
      state.found = found
      state.draft?.set(found, part: state.part, blockNames: state.blockNames)
    }
  }

  /// Takes a partition of the class if it is better than that of the answer that there is already.
  func improve(_ blocks: [Int32], cost: Int) {
    state.withLock { state in
      guard var found = state.found, cost < found.cost else { return }
      (found.blocks, found.cost) = (blocks, cost)
      state.found = found
      state.draft?.set(found, part: state.part, blockNames: state.blockNames)
    }
  }

  /// The partition so far; `nil` where not even a packing is known.
  func partition(isInterrupted: Bool) -> Partition? {
    // The lock isn't held while the partition is put together.
    state.withLock { $0.draft }?.partition(isInterrupted: isInterrupted)
  }
}

/// Does work on a thread of its own and waits for it, but not for long once it should have stopped.
///
/// - Parameters:
///   - shouldStop: Whether the work should end; asked a hundred times a second.
///   - work: The work. It goes on by itself, unheard, where it isn't waited for.
///   - substitute: What to return instead of the work's result; while it is `nil`, the work is waited for.
/// - Returns: The result.
func stoppable<Result: Sendable>(
  when shouldStop: () -> Bool, _ work: @escaping @Sendable () -> Result, substitute: () -> Result?
) -> Result {
  let box = ResultBox<Result>()
  // A serial queue has a thread of its own, however many others wait.
  DispatchQueue(label: "search").async {
    let result = work()
    box.result.withLock { $0 = result }
    box.isDone.signal()
  }
  while true {
    if box.isDone.wait(timeout: .now() + .milliseconds(10)) == .timedOut {
      guard shouldStop() else { continue }
      // Most steps end at once.
      if box.isDone.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
        guard let result = substitute() else { continue }
        return result
      }
    }
    if let result = box.result.withLock({ $0 }) { return result }
  }
}

/// Where a thread leaves what it found.
private final class ResultBox<Result: Sendable>: Sendable {
  let result = Mutex<Result?>(nil)
  let isDone = DispatchSemaphore(value: 0)
}
