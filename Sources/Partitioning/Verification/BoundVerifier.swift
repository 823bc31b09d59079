/// Adds a lower bound up again from its certificate, in whole numbers, and finds out whether it holds.
///
/// It knows the problem and the certificate, and shares no code with the search.
public struct BoundVerifier: Sendable {
  /// What a check found.
  public enum Verdict: Sendable, Equatable {
    /// The bound holds.
    case holds
    /// The certificate doesn't prove the bound: why.
    case refused(String)
    /// The check would take more work than it may do: which part.
    case unchecked(String)
  }

  /// The problem.
  public var problem: PartitioningProblem
  /// How much work a check may do, in small steps: the default is some minutes' worth.
  public var workLimit: Int

  /// A verifier of bounds for a problem.
  public init(_ problem: PartitioningProblem, workLimit: Int = 5_000_000_000) {
    self.problem = problem
    self.workLimit = workLimit
  }

  /// Checks a certificate.
  ///
  /// - Complexity: What it takes depends on what the bound rests on: structure is counted in O(pins · log(pins)); prices
  ///   take a search for blocks that are worth too much, which ends with the work limit.
  public func verdict(on certificate: BoundCertificate) -> Verdict {
    do throws(Objection) {
      var workLeft = workLimit
      var verifier = self
      verifier.problem = problem.withUsefulCapacities
      try verifier.check(certificate, &workLeft)
      return .holds
    } catch {
      switch error {
      case .wrong(let reason): return .refused(reason)
      case .tooMuchWork(let part): return .unchecked(part)
      }
    }
  }

  /// What keeps a certificate from being accepted.
  enum Objection: Error {
    case wrong(String)
    case tooMuchWork(String)
  }

  private func check(_ certificate: BoundCertificate, _ workLeft: inout Int) throws(Objection) {
    guard certificate.version == BoundCertificate.currentVersion else {
      throw .wrong("version \(certificate.version) isn't known; this is version \(BoundCertificate.currentVersion)")
    }
    let classes = classes()
    guard certificate.classes.map(\.vertex) == classes.map({ $0.first ?? -1 }) else {
      throw .wrong("it is about other classes of vertices")
    }
    try checkBlockCounts(certificate, classes, &workLeft)
    var sum = crossing(classes)
    for (bound, vertices) in zip(certificate.classes, classes) {
      try check(bound, vertices, &workLeft)
      let (total, overflow) = sum.addingReportingOverflow(bound.lowerBound)
      if overflow { throw .wrong("its bounds are larger than all nets together") }
      sum = total
    }
    guard sum == certificate.lowerBound else {
      throw .wrong("its parts add up to \(sum), not to \(certificate.lowerBound)")
    }
  }

  /// The vertices of each class, in the order of their first vertices.
  private func classes() -> [[Int]] {
    let count = problem.hypergraph.vertexCount
    if problem.classes.isEmpty { return count == 0 ? [] : [Array(0..<count)] }
    var numbers: [Int32: Int] = [:]
    var classes: [[Int]] = []
    for vertex in 0..<count {
      if let number = numbers[problem.classes[vertex]] {
        classes[number].append(vertex)
      } else {
        numbers[problem.classes[vertex]] = classes.count
        classes.append([vertex])
      }
    }
    return classes
  }

  /// What nets cost because they join classes.
  private func crossing(_ classes: [[Int]]) -> Int {
    if classes.count < 2 { return 0 }
    let hypergraph = problem.hypergraph
    return hypergraph.netWeights.indices.reduce(0) { sum, net in
      let pins = hypergraph.pins[Int(hypergraph.netOffsets[net])..<Int(hypergraph.netOffsets[net + 1])]
      let joined = Set(pins.map { problem.classes[Int($0)] }).count
      return sum + Int(hypergraph.netWeights[net]) * max(0, joined - 1)
    }
  }

  // MARK: How many blocks

  private func checkBlockCounts(
    _ certificate: BoundCertificate, _ classes: [[Int]], _ workLeft: inout Int
  ) throws(Objection) {
    let asked: Int?
    switch (problem.capacity, problem.blockCount) {
    case (.perBlock(let capacities), _): asked = capacities.count
    case (.uniform, .exactly(let count)): asked = count
    case (.uniform, .fewest): asked = nil
    }
    if let asked, certificate.blocks != asked || certificate.fewestBlocks != asked {
      throw .wrong("it is about \(certificate.blocks) blocks, not about the \(asked) that are asked for")
    }
    guard certificate.blocks >= certificate.fewestBlocks, certificate.blocks <= problem.hypergraph.vertexCount,
      certificate.classes.allSatisfy({ $0.blocks >= 0 && $0.blocks <= certificate.blocks })
    else { throw .wrong("it has impossible numbers of blocks") }
    if asked == nil { try checkFewest(certificate, classes, &workLeft) }
    if classes.count == 1 {
      guard certificate.classes[0].blocks == certificate.blocks else { throw .wrong("it miscounts the blocks") }
      return
    }
    // Only if no class can do with fewer blocks is it certain how many each has.
    let claims = certificate.classes.contains { $0.lowerBound > 0 }
    if !claims { return }
    guard case .uniform = problem.capacity, certificate.classes.reduce(0, { $0 + $1.blocks }) == certificate.blocks
    else { throw .wrong("it takes for certain how many blocks each class has") }
    for (bound, vertices) in zip(certificate.classes, classes) {
      try checkNeed(bound.blocks, vertices, &workLeft)
    }
  }

  /// Checks that no feasible partition has fewer blocks than it is said.
  private func checkFewest(
    _ certificate: BoundCertificate, _ classes: [[Int]], _ workLeft: inout Int
  ) throws(Objection) {
    let named = Int(problem.fixedBlocks.max() ?? -1) + 1
    if certificate.fewestBlocks <= named { return }
    guard certificate.fewestBlocks <= certificate.classes.reduce(0, { $0 + $1.blocks }) else {
      throw .wrong("its classes don't need \(certificate.fewestBlocks) blocks")
    }
    // Where a class has more blocks than it needs, as it was cheaper to find, the sum is less.
    var spare = certificate.classes.reduce(0) { $0 + $1.blocks } - certificate.fewestBlocks
    for (bound, vertices) in zip(certificate.classes, classes) {
      var count = bound.blocks
      while true {
        do throws(Objection) {
          try checkNeed(count, vertices, &workLeft)
          break
        } catch {
          if spare == 0 { throw error }
          spare -= 1
          count -= 1
        }
      }
    }
  }

  /// Checks that a class needs so many blocks.
  private func checkNeed(_ count: Int, _ vertices: [Int], _ workLeft: inout Int) throws(Objection) {
    guard case .uniform(let capacity) = problem.capacity, count > 0 else { return }
    var loads: [Int32: Int] = [:]
    var weights: [Int] = []
    for vertex in vertices {
      let weight = Int(problem.hypergraph.vertexWeights[vertex])
      let block = problem.fixedBlocks.isEmpty ? -1 : problem.fixedBlocks[vertex]
      if block < 0 { weights.append(weight) } else { loads[block, default: 0] += weight }
    }
    // Blocks without weight are needed too: each vertex is in one.
    if count == 1 { return }
    switch BlockCountCheck.areTooFew(
      weights: weights, loads: loads.values.sorted(), capacity: capacity, count: count - 1, workLeft: &workLeft)
    {
    case true?: return
    case false?: throw .wrong("the class of vertex \(vertices[0]) fits \(count - 1) blocks")
    case nil: throw .tooMuchWork("whether the class of vertex \(vertices[0]) fits \(count - 1) blocks")
    }
  }

  // MARK: What a class costs

  private func check(
    _ bound: BoundCertificate.ClassBound, _ vertices: [Int], _ workLeft: inout Int
  ) throws(Objection) {
    if bound.lowerBound < 0 { throw .wrong("a bound is negative") }
    if bound.lowerBound == 0 { return }
    guard let statement = ClassStatement(problem, vertices: vertices, blocks: bound.blocks) else {
      throw .wrong("the class of vertex \(bound.vertex) can't have \(bound.blocks) blocks")
    }
    switch bound.by {
    case .trivial: throw .wrong("\(bound.lowerBound) is more than nothing")
    case .structure:
      let counted = StructureCount.bound(statement)
      if counted < bound.lowerBound { throw .wrong("the structure proves \(counted), not \(bound.lowerBound)") }
    case .enumeration:
      switch PlacementSearch.exists(statement, below: bound.lowerBound, workLeft: &workLeft) {
      case false?: return
      case true?: throw .wrong("a partition costs less than \(bound.lowerBound)")
      case nil: throw .tooMuchWork("all partitions")
      }
    case .linearProgram, .integerProgram:
      guard let prices = bound.prices else { throw .wrong("it has no prices") }
      let check = try PriceCheck(statement, prices)
      try check.checkWorths(&workLeft)
      try check.check(bound.lowerBound, mayChoose: bound.by == .integerProgram, &workLeft)
    case .regions: try RegionCheck.check(bound, statement, &workLeft)
    }
  }
}
