/// Looks for blocks that hold each vertex once and together lack little of what blocks can be worth: every choice is
/// tried.
struct ChoiceSearch {
  /// A block that a partition may have.
  struct Option {
    /// Positions in the class's vertices, ascending.
    var vertices: [Int]
    /// The number of its kind.
    var kind: Int
    /// By how much less it is worth than its kind's blocks can be.
    var lack: Int
  }

  private let vertexCount: Int
  private var workLeft: Int

  /// Whether some options are a partition with so many blocks of each kind that lack no more than so much in all.
  ///
  /// - Returns: `nil` where the work didn't suffice.
  static func exists(
    _ options: [Option], vertexCount: Int, blocks: [Int], most lack: Int, workLeft: inout Int
  ) -> Bool? {
    var search = ChoiceSearch(vertexCount: vertexCount, workLeft: workLeft)
    defer { workLeft = search.workLeft }
    let exists = search.choose(
      options, isCovered: [Bool](repeating: false, count: vertexCount), blocks: blocks, lack: lack)
    return exists || search.workLeft > 0 ? exists : nil
  }

  private init(vertexCount: Int, workLeft: Int) {
    self.vertexCount = vertexCount
    self.workLeft = workLeft
  }

  private mutating func choose(_ options: [Option], isCovered: [Bool], blocks: [Int], lack: Int) -> Bool {
    workLeft -= vertexCount + options.reduce(0) { $0 + $1.vertices.count }
    if workLeft <= 0 { return false }
    var counts = [Int](repeating: 0, count: vertexCount)
    for option in options {
      for vertex in option.vertices { counts[vertex] += 1 }
    }
    // The vertex that has the fewest blocks to be in; without blocks there is no partition.
    guard
      let vertex = counts.indices.filter({ !isCovered[$0] }).min(by: { (counts[$0], $0) < (counts[$1], $1) })
    else { return blocks.allSatisfy { $0 == 0 } }
    for option in options where option.vertices.contains(vertex) {
      var covered = isCovered
      for other in option.vertices { covered[other] = true }
      var left = blocks
      left[option.kind] -= 1
      let lackLeft = lack - option.lack
      let rest = options.filter { other in
        other.lack <= lackLeft && left[other.kind] > 0 && !other.vertices.contains { covered[$0] }
      }
      if choose(rest, isCovered: covered, blocks: left, lack: lackLeft) { return true }
      if workLeft <= 0 { return false }
    }
    return false
  }
}
