/// Checks what prices prove about a class of vertices.
struct PriceCheck {
  private let statement: ClassStatement
  private let certificate: BoundCertificate.BlockPrices
  /// The statement's kinds with what blocks of them are worth at most.
  private let worths: [Int]

  /// Larger classes aren't searched for blocks.
  private static let mostVertices = 2000
  /// No more blocks than these are chosen from.
  private static let mostOptions = 100_000
  /// Sums of prices and weights in their units stay below this, so that nothing overflows.
  private static let largest = 1 << 56

  /// - Throws: If the certificate doesn't fit the class, or doesn't add up.
  init(_ statement: ClassStatement, _ certificate: BoundCertificate.BlockPrices) throws(BoundVerifier.Objection) {
    guard certificate.prices.count == statement.vertices.count else {
      throw .wrong("it has \(certificate.prices.count) prices for \(statement.vertices.count) vertices")
    }
    let kinds = certificate.kinds.map { kind in
      ClassStatement.Kind(
        capacity: kind.capacity, fixed: kind.fixed.map { statement.vertices.firstIndex(of: $0) ?? -1 },
        blocks: kind.blocks)
    }
    let numbers = statement.kinds.map { kinds.firstIndex(of: $0) }
    guard kinds.count == numbers.count, !numbers.contains(nil) else { throw .wrong("it has other kinds of blocks") }
    guard certificate.scale > 0,
      Self.isSmall([certificate.scale], times: statement.netWeight), Self.isSmall(certificate.prices, times: 1),
      Self.isSmall(certificate.kinds.map(\.worth), times: statement.blockCount),
      Self.isSmall([certificate.value], times: 1)
    else { throw .wrong("it has impossible prices") }
    worths = numbers.map { certificate.kinds[$0 ?? 0].worth }
    self.statement = statement
    self.certificate = certificate
    var value = certificate.prices.reduce(0, +)
    for (kind, worth) in zip(statement.kinds, worths) { value -= kind.blocks * worth }
    guard value == certificate.value else {
      throw .wrong("its prices add up to \(value), not to \(certificate.value)")
    }
  }

  private static func isSmall(_ numbers: [Int], times factor: Int) -> Bool {
    var sum = 0
    for number in numbers {
      let (product, overflow) = Int(clamping: number.magnitude).multipliedReportingOverflow(by: factor)
      if overflow || product > largest { return false }
      sum += product
      if sum > largest { return false }
    }
    return true
  }

  /// Checks that no block is worth more than is said.
  func checkWorths(_ workLeft: inout Int) throws(BoundVerifier.Objection) {
    if statement.vertices.count > Self.mostVertices {
      throw .tooMuchWork("what blocks of \(statement.vertices.count) vertices are worth")
    }
    for (kind, worth) in zip(statement.kinds, worths) {
      let most = BlockElimination.mostWorth(
        statement, prices: certificate.prices, scale: certificate.scale, kind: kind, workLeft: &workLeft)
      if let most, most <= worth { continue }
      let found = blocks(kind, threshold: worth, most: 1, &workLeft)
      guard let found else { throw .tooMuchWork("what blocks are worth") }
      if let block = found.first {
        let names = block.vertices.map { String(statement.vertices[$0]) }.joined(separator: ", ")
        throw .wrong("the block of vertices \(names) is worth more than it says")
      }
    }
  }

  /// The blocks of a kind that are worth more than a threshold, at most so many; `nil` where that takes too much work.
  private func blocks(
    _ kind: ClassStatement.Kind, threshold: Int, most: Int, _ workLeft: inout Int
  ) -> [BlockSearch.Block]? {
    BlockListing.blocks(
      statement, prices: certificate.prices, scale: certificate.scale, kind: kind, threshold: threshold, most: most,
      workLeft: &workLeft)
      ?? BlockSearch.blocks(
        statement, prices: certificate.prices, scale: certificate.scale, kind: kind, threshold: threshold, most: most,
        workLeft: &workLeft)
  }

  /// Checks that no partition costs less than a bound, given that the worths are right.
  ///
  /// - Parameters:
  ///   - bound: The bound.
  ///   - mayChoose: Whether all choices of the blocks that such a partition may have are to be tried, if the prices don't
  ///     add up to the bound.
  ///   - workLeft: How much work may be done; what was done is taken off.
  /// - Throws: What keeps the bound from being accepted.
  func check(_ bound: Int, mayChoose: Bool, _ workLeft: inout Int) throws(BoundVerifier.Objection) {
    let (limit, overflow) = (bound - 1).addingReportingOverflow(statement.netWeight)
    guard !overflow, Self.isSmall([certificate.scale], times: max(0, limit)) else {
      throw .wrong("\(bound) is more than all nets weigh in all blocks")
    }
    // Whoever costs less than the bound lacks no more than this.
    let lack = limit * certificate.scale - certificate.value
    if lack < 0 { return }
    if !mayChoose {
      throw .wrong("its prices prove less than \(bound)")
    }
    var options: [ChoiceSearch.Option] = []
    for (number, kind) in statement.kinds.enumerated() {
      let threshold = worths[number] - lack - 1
      let blocks =
        BlockElimination.blocks(
          statement, prices: certificate.prices, scale: certificate.scale, kind: kind, threshold: threshold,
          most: Self.mostOptions, workLeft: &workLeft)
        ?? blocks(kind, threshold: threshold, most: Self.mostOptions, &workLeft)
      guard let blocks, blocks.count < Self.mostOptions else { throw .tooMuchWork("which blocks are worth enough") }
      options += blocks.map { .init(vertices: $0.vertices, kind: number, lack: worths[number] - $0.worth) }
    }
    let exists = ChoiceSearch.exists(
      options, vertexCount: statement.vertices.count, blocks: statement.kinds.map(\.blocks), most: lack,
      workLeft: &workLeft)
    guard let exists else { throw .tooMuchWork("which blocks make a partition") }
    if exists { throw .wrong("a partition costs less than \(bound)") }
  }
}
