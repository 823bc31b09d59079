internal import Dispatch
internal import Glibc
internal import Synchronization

/// How many threads a search works on.
enum ThreadCount {
  /// The most that whoever began the search allows; `nil` for as many as there are processors.
  @TaskLocal static var limit: Int?

  /// As many as may work at a time.
  static var current: Int { max(1, limit ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

/// The values of a function at `0..<count`, in order, worked out on ``ThreadCount/current`` threads.
///
/// Which thread takes which index is left to chance, so a deterministic function makes a deterministic result.
func concurrentMap<Value: Sendable>(count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
  let threadCount = min(count, ThreadCount.current)
  if threadCount <= 1 { return (0..<count).map(body) }
  let next = Atomic(0)
  return unsafe [Value](unsafeUninitializedCapacity: count) { values, initializedCount in
    // Each index is taken once, so that no two threads write to the same place.
    nonisolated(unsafe) let places = unsafe values
    DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
      while case let index = next.wrappingAdd(1, ordering: .relaxed).oldValue, index < count {
        unsafe places.initializeElement(at: index, to: body(index))
      }
    }
    initializedCount = count
  }
}
