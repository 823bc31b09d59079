/// Points in the unit square, in square cells; their order winds through the cells, so that neighbours in the order
/// are near each other.
struct Points {
  /// How many cells there are in a row, and how many rows.
  let cellsAcross: Int
  private(set) var x: [Double] = []
  private(set) var y: [Double] = []
  /// Where the points of each cell begin.
  private var offsets: [Int32] = [0]

  /// So many random points, in cells that are at least so wide.
  init(count: Int, cellWidth: Double, random: inout RandomSource) {
    let drawn = (0..<count).map { _ in (x: random.unit(), y: random.unit()) }
    let across = max(1, min(Int(1 / cellWidth), Int(Double(count).squareRoot())))
    cellsAcross = across
    let cells = Rows(
      count: across * across,
      entries: drawn.indices.lazy.map { point in
        let column = Int(drawn[point].x * Double(across))
        let row = Int(drawn[point].y * Double(across))
        return (row: Int32(Points.cell(row: row, column: column, across: across)), value: Int32(point))
      })
    for cell in 0..<(across * across) {
      for point in cells[cell] {
        x.append(drawn[Int(point)].x)
        y.append(drawn[Int(point)].y)
      }
      offsets.append(Int32(x.count))
    }
  }

  /// Odd rows run backwards, so that one cell follows its neighbour.
  private static func cell(row: Int, column: Int, across: Int) -> Int {
    row * across + (row.isMultiple(of: 2) ? column : across - 1 - column)
  }

  /// The square of the distance of two points.
  func squaredDistance(_ first: Int32, _ second: Int32) -> Double {
    let dx = x[Int(first)] - x[Int(second)]
    let dy = y[Int(first)] - y[Int(second)]
    return dx * dx + dy * dy
  }

  /// The points in the cell of a point and in the cells around it.
  func around(_ point: Int32) -> [Range<Int32>] {
    let column = Int(x[Int(point)] * Double(cellsAcross))
    let row = Int(y[Int(point)] * Double(cellsAcross))
    return (max(0, row - 1)...min(cellsAcross - 1, row + 1)).flatMap { row in
      (max(0, column - 1)...min(cellsAcross - 1, column + 1)).map { column in
        let cell = Points.cell(row: row, column: column, across: cellsAcross)
        return offsets[cell]..<offsets[cell + 1]
      }
    }
  }
}

extension Network {
  /// Links every component to the one before it: its first node to the node before that.
  mutating func joinComponents(_ medium: Medium) {
    var root = Array(0..<Int32(nodeCount))
    func find(_ node: Int32) -> Int32 {
      var node = node
      while root[Int(node)] != node {
        root[Int(node)] = root[Int(root[Int(node)])]
        node = root[Int(node)]
      }
      return node
    }
    for substrate in 0..<substrateCount {
      for (first, second) in zip(members(of: substrate), members(of: substrate).dropFirst()) {
        let (low, high) = (min(find(first), find(second)), max(find(first), find(second)))
        root[Int(high)] = low
      }
    }
    // The lower root always won, so a root is the first node of its component.
    for node in (1..<Int32(nodeCount)) where root[Int(node)] == node { link(node - 1, node, medium) }
  }
}
