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
  let values = Mutex<[Value?]>(.init(repeating: nil, count: count))
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
    while case let index = next.wrappingAdd(1, ordering: .relaxed).oldValue, index < count {
      let value = body(index)
      values.withLock { $0[index] = value }
    }
  }
  return values.withLock { $0.compactMap { $0 } }
}
