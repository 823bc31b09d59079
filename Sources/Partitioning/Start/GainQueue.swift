/// The vertices of the two sides of a bisection by what moving them gains, in buckets: a change takes constant time.
///
/// Where gains differ widely a bucket holds similar ones. Of those in a bucket, the last that came is the first to go.
///
/// > C. M. Fiduccia and R. M. Mattheyses. "A Linear-Time Heuristic for Improving Network Partitions." *DAC*, 1982.
/// > doi:10.1109/DAC.1982.1585498
struct GainQueue: ~Copyable {
  private static let mostBuckets = 1024

  private let greatest: Int
  private let shift: Int
  private let bucketCount: Int
  /// The first vertex of each bucket, those of the first side first; −1 for none.
  private var heads: Table<Int32>
  /// No bucket of a side above this holds a vertex.
  private var tops: Table<Int>
  private var nexts: Table<Int32>
  private var previous: Table<Int32>
  /// The bucket of each vertex; −1 for none.
  private var buckets: Table<Int32>

  /// - Parameters:
  ///   - vertexCount: How many vertices there are.
  ///   - greatest: No gain is greater, or less than minus this.
  init(vertexCount: Int, greatest: Int) {
    self.greatest = greatest
    var shift = 0
    while (2 * greatest) >> shift >= Self.mostBuckets { shift += 1 }
    self.shift = shift
    bucketCount = (2 * greatest) >> shift + 1
    heads = Table(repeating: -1, count: 2 * bucketCount)
    tops = Table(repeating: -1, count: 2)
    nexts = Table(repeating: -1, count: vertexCount)
    previous = Table(repeating: -1, count: vertexCount)
    buckets = Table(repeating: -1, count: vertexCount)
  }

  mutating func removeAll() {
    for bucket in 0..<heads.count { heads[bucket] = -1 }
    for vertex in 0..<buckets.count { buckets[vertex] = -1 }
    tops[0] = -1
    tops[1] = -1
  }

  func contains(_ vertex: Int32) -> Bool { buckets[vertex] >= 0 }

  /// The vertex of a side whose gain is as great as any.
  mutating func first(of side: Int) -> Int32? {
    while tops[side] >= 0 {
      let vertex = heads[side * bucketCount + tops[side]]
      if vertex >= 0 { return vertex }
      tops[side] -= 1
    }
    return nil
  }

  /// Adds a vertex that isn't there.
  mutating func insert(_ vertex: Int32, of side: Int, gain: Int) {
    let place = (gain + greatest) >> shift
    let bucket = side * bucketCount + place
    let head = heads[bucket]
    nexts[vertex] = head
    previous[vertex] = -1
    if head >= 0 { previous[head] = vertex }
    heads[bucket] = vertex
    buckets[vertex] = Int32(bucket)
    if place > tops[side] { tops[side] = place }
  }

  /// Removes a vertex that is there.
  mutating func remove(_ vertex: Int32) {
    let next = nexts[vertex], before = previous[vertex]
    if next >= 0 { previous[next] = before }
    if before >= 0 { nexts[before] = next } else { heads[Int(buckets[vertex])] = next }
    buckets[vertex] = -1
  }
}
