internal import FoundationEssentials

/// Does work on all processors.
///
/// - Parameters:
///   - items: What to work on.
///   - work: The work on an item; independent of that on any other.
///   - finish: Gets the results, one after the other, in the order of the items.
/// - Throws: What the work or the end of it throws; nothing is begun after that.
func concurrently<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ work: @escaping @Sendable (Item) throws -> Result, finish: (Result) throws -> Void
) async throws {
  let width = 2 * ProcessInfo.processInfo.activeProcessorCount
  try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    var begun = 0
    func begin() {
      guard begun < items.count else { return }
      let (index, item) = (begun, items[begun])
      group.addTask { (index, try work(item)) }
      begun += 1
    }
    for _ in 0..<width { begin() }
    var waiting: [Int: Result] = [:]
    var next = 0
    while let (index, result) = try await group.next() {
      begin()
      waiting[index] = result
      while let ready = waiting.removeValue(forKey: next) {
        try finish(ready)
        next += 1
      }
    }
  }
}
