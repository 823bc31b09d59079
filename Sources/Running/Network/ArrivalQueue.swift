/// Frames on their way, the next to arrive first; those that arrive at once in the order in which they left.
struct ArrivalQueue {
  /// A frame on its way.
  struct Entry {
    /// When it arrives, in nanoseconds.
    var time: Int64
    /// The number of the frame, for the order.
    fileprivate var order: UInt64
    /// Where it arrives.
    var port: Int
    /// Its bytes.
    var frame: [UInt8]

    fileprivate func isBefore(_ other: Self) -> Bool { (time, order) < (other.time, other.order) }
  }

  /// A heap: no entry is before the one at half its place.
  private var entries: [Entry] = []
  private var count: UInt64 = 0

  /// When the next frame arrives; `nil` if none is on its way.
  var nextTime: Int64? { entries.first?.time }

  /// Takes a frame.
  mutating func insert(_ frame: [UInt8], at time: Int64, for port: Int) {
    count += 1
    entries.append(Entry(time: time, order: count, port: port, frame: frame))
    var place = entries.count - 1
    while place > 0, entries[place].isBefore(entries[(place - 1) / 2]) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Gives up the next frame if it has arrived.
  mutating func removeFirst(until now: Int64) -> Entry? {
    guard let first = entries.first, first.time <= now else { return nil }
    let last = entries.removeLast()
    guard !entries.isEmpty else { return first }
    entries[0] = last
    var place = 0
    while true {
      let left = 2 * place + 1
      guard left < entries.count else { return first }
      let right = left + 1
      let next = right < entries.count && entries[right].isBefore(entries[left]) ? right : left
      guard entries[next].isBefore(entries[place]) else { return first }
      entries.swapAt(place, next)
      place = next
    }
  }
}
