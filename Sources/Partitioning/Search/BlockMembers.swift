/// The vertices of each block, in no particular order, with constant-time change and random choice.
struct BlockMembers: ~Copyable {
  private var starts: Table<Int32>
  private var counts: Table<Int32>
  private var rooms: Table<Int32>
  /// The blocks' vertices, each block's in a piece of its own that moves to the end when it is outgrown.
  private var vertices: [Int32] = []
  private var positions: Table<Int32>

  init(blockOf: borrowing Table<Int32>, blockCount: Int) {
    starts = Table(repeating: 0, count: blockCount)
    counts = Table(repeating: 0, count: blockCount)
    rooms = Table(repeating: 0, count: blockCount)
    positions = Table(repeating: 0, count: blockOf.count)
    for vertex in 0..<blockOf.count { rooms[blockOf[vertex]] += 1 }
    var end = 0
    for block in 0..<blockCount {
      starts[block] = Int32(end)
      // Room for a vertex more, which a swap needs for a moment.
      rooms[block] += 1
      end += Int(rooms[block])
    }
    vertices = [Int32](repeating: -1, count: end)
    for vertex in 0..<blockOf.count { insert(Int32(vertex), into: blockOf[vertex]) }
  }

  func count(_ block: Int32) -> Int { Int(counts[block]) }

  func member(_ index: Int, of block: Int32) -> Int32 { vertices[Int(starts[block]) + index] }

  mutating func insert(_ vertex: Int32, into block: Int32) {
    if counts[block] == rooms[block] { relocate(block) }
    let position = starts[block] + counts[block]
    vertices[Int(position)] = vertex
    positions[vertex] = position
    counts[block] += 1
  }

  mutating func remove(_ vertex: Int32, from block: Int32) {
    counts[block] -= 1
    let position = positions[vertex]
    let last = vertices[Int(starts[block] + counts[block])]
    vertices[Int(position)] = last
    positions[last] = position
  }

  private mutating func relocate(_ block: Int32) {
    let start = Int(starts[block]), count = Int(counts[block])
    starts[block] = Int32(vertices.count)
    rooms[block] = Int32(2 * count + 2)
    for index in 0..<count {
      positions[vertices[start + index]] = Int32(vertices.count)
      vertices.append(vertices[start + index])
    }
    vertices.append(contentsOf: repeatElement(-1, count: count + 2))
  }
}
