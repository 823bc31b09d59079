/// Checks bounds for regions of a class, and that they add up.
struct RegionCheck {
  private let statement: ClassStatement
  private let regions: [BoundCertificate.Region]

  /// - Throws: If the regions aren't regions of the class, or a bound of theirs isn't proven.
  static func check(
    _ bound: BoundCertificate.ClassBound, _ statement: ClassStatement, _ workLeft: inout Int
  ) throws(BoundVerifier.Objection) {
    guard let regions = bound.regions else { throw .wrong("it has no regions") }
    let check = RegionCheck(statement: statement, regions: regions)
    var sum = 0
    for (region, part) in zip(regions, try check.statements()) {
      try check.check(region, part, &workLeft)
      let (total, overflow) = sum.addingReportingOverflow(region.lowerBound)
      if overflow { throw .wrong("its regions' bounds are larger than all nets together") }
      sum = total
    }
    guard sum == bound.lowerBound else {
      throw .wrong("its regions add up to \(sum), not to \(bound.lowerBound)")
    }
  }

  /// What is asked of each region.
  private func statements() throws(BoundVerifier.Objection) -> [ClassStatement] {
    var regionOf = [Int](repeating: -1, count: statement.vertices.count)
    var positionOf = regionOf, positionInClass: [Int: Int] = [:]
    for (position, vertex) in statement.vertices.enumerated() { positionInClass[vertex] = position }
    for (number, region) in regions.enumerated() {
      for (position, vertex) in region.vertices.enumerated() {
        guard let inClass = positionInClass[vertex], regionOf[inClass] < 0 else {
          throw .wrong("vertex \(vertex) is in another class, or in two regions")
        }
        regionOf[inClass] = number
        positionOf[inClass] = position
      }
    }
    var nets = [[ClassStatement.Net]](repeating: [], count: regions.count)
    for net in statement.nets {
      guard let owner = owner(net, regionOf) else { continue }
      let pins = net.pins.filter { regionOf[$0] == owner }.map { positionOf[$0] }
      if pins.count > 1 { nets[owner].append(.init(weight: net.weight, pins: pins, isLink: net.isLink)) }
    }
    let capacity = statement.kinds.map(\.capacity).max() ?? 0
    return regions.indices.map { number in
      let vertices = regions[number].vertices
      return ClassStatement(
        vertices: vertices, weights: vertices.map { statement.weights[positionInClass[$0] ?? 0] }, nets: nets[number],
        kinds: [.init(capacity: capacity, fixed: [], blocks: vertices.count)])
    }
  }

  /// The region that a net counts in: the first of those that have most of its pins.
  private func owner(_ net: ClassStatement.Net, _ regionOf: [Int]) -> Int? {
    var counts: [Int: Int] = [:]
    for pin in net.pins where regionOf[pin] >= 0 { counts[regionOf[pin], default: 0] += 1 }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }

  private func check(
    _ region: BoundCertificate.Region, _ part: ClassStatement, _ workLeft: inout Int
  ) throws(BoundVerifier.Objection) {
    if region.lowerBound <= 0 {
      if region.lowerBound < 0 { throw .wrong("a region's bound is negative") }
      return
    }
    if region.prices.isEmpty {
      let counted = StructureCount.bound(part)
      if counted < region.lowerBound {
        throw .wrong("a region's structure proves \(counted), not \(region.lowerBound)")
      }
      return
    }
    let kind = BoundCertificate.Kind(
      capacity: part.kinds[0].capacity, fixed: [], blocks: part.vertices.count, worth: region.worth)
    if region.worth < 0 { throw .wrong("blocks that aren't there would be worth less than nothing") }
    let (worths, overflow) = region.worth.multipliedReportingOverflow(by: part.vertices.count)
    if overflow { throw .wrong("it has impossible prices") }
    var value = -worths
    for price in region.prices { value &+= price }
    let check = try PriceCheck(
      part, .init(scale: region.scale, prices: region.prices, kinds: [kind], value: value))
    try check.checkWorths(&workLeft)
    try check.check(region.lowerBound, mayChoose: false, &workLeft)
  }
}
