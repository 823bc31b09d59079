/// Whether a partition's blocks lie in an expander: whichever of them are taken for a region, most of what is cut between
/// them and others leads out of it.
///
/// Random graphs and networks with hubs are like that. In a plane or a hierarchy a few neighbouring blocks share much of
/// what they cut, so that a large graph can be searched region by region; in an expander such a search sees nearly
/// nothing of what there is to gain.
///
/// > S. Hoory, N. Linial and A. Wigderson. "Expander Graphs and Their Applications." *Bulletin of the American
/// > Mathematical Society* 43(4), 2006. doi:10.1090/S0273-0979-06-01126-8
struct Expansion {
  private let graph: SearchGraph
  private let blocks: [Int32]
  private let members: BlockRows
  /// What is cut at the blocks of the regions that were looked at, counted at each of its ends, and the part of that
  /// with both ends in the same region.
  private var cut = 0.0
  private var kept = 0.0

  /// So many blocks a region has.
  private static let regionSize = 12
  /// So many regions are looked at.
  private static let regionCount = 64
  /// A partition into fewer blocks has too few regions to tell.
  private static let fewestBlocks = 30
  /// Expanders keep less than this beyond what regions of random blocks would: of 200 networks of all kinds, those that
  /// are random or have hubs keep up to 0.12, and others from 0.2.
  private static let leastKept = 0.17
  /// Larger nets lead everywhere.
  private static let largestNet = 64

  private init(_ task: SearchTask) {
    graph = task.graph
    blocks = task.blocks
    members = BlockRows(task.blocks, blockCount: task.capacities.count)
  }

  /// Whether a task's blocks lie in an expander.
  ///
  /// - Complexity: O(vertices), as only some regions are looked at.
  static func isHigh(_ task: SearchTask, seed: UInt64) -> Bool {
    let blockCount = task.capacities.count
    if blockCount < fewestBlocks { return false }
    var expansion = Expansion(task)
    var random = RandomSource(seed: seed, stream: -(1 << 40))
    for _ in 0..<regionCount { expansion.look(from: Int32(random.index(below: blockCount))) }
    let byChance = Double(regionSize - 1) / Double(blockCount - 1)
    return expansion.kept / max(1, expansion.cut) < byChance + leastKept * (1 - byChance)
  }

  /// Grows a region breadth first, and counts.
  private mutating func look(from seed: Int32) {
    var region = [seed]
    var next = 0
    while next < region.count, region.count < Self.regionSize {
      visit(region[next]) { _, other, _ in
        if region.count < Self.regionSize, !region.contains(other) { region.append(other) }
      }
      next += 1
    }
    var (cut, kept) = (0.0, 0.0)
    for block in region {
      visit(block) { home, other, weight in
        if other == home { return }
        cut += weight
        if region.contains(other) { kept += weight }
      }
    }
    self.cut += cut
    self.kept += kept
  }

  /// Tells the blocks of what the vertices of a block are joined to, and how strongly: a net of *p* pins counts
  /// 1/(*p* − 1) for each pair.
  private func visit(_ block: Int32, _ body: (_ home: Int32, _ other: Int32, _ weight: Double) -> Void) {
    for vertex in members[block] {
      for arc in graph.arcs(of: Int(vertex)) { body(block, blocks[Int(graph.arcTargets[arc])], 1) }
      for position in graph.nets(of: Int(vertex)) {
        let pins = graph.pins(of: Int(graph.incidentNets[position]))
        if pins.count > Self.largestNet { continue }
        for pin in pins { body(block, blocks[Int(graph.pins[pin])], 1 / Double(pins.count - 1)) }
      }
    }
  }
}
