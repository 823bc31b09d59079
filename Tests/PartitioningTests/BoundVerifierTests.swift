import Partitioning
import TestSupport
import Testing

/// Certificates of bounds: right ones are accepted, damaged ones are refused.
@Suite struct BoundVerifierTests {
  /// A feasible problem's partition and its certificate.
  private func certified(
    _ problem: PartitioningProblem, _ effort: Effort = .balanced
  ) -> (partition: Partition, certificate: BoundCertificate)? {
    guard case .partition(let partition) = Partitioner(options: PartitioningOptions(effort: effort)).solve(problem)
    else { return nil }
    return partition.certificate.map { (partition, $0) }
  }

  @Test(arguments: 0..<16 as Range<UInt64>)
  func acceptsTheCertificatesOfTinyProblems(seed: UInt64) {
    var problems = RandomProblem(seed: 4000 + seed)
    for number in 0..<20 {
      let problem = problems.next(vertexCount: 0...9)
      guard let (partition, certificate) = certified(problem, .fast) else { continue }
      #expect(certificate.lowerBound == partition.lowerBound && certificate.fewestBlocks == partition.fewestBlocks)
      #expect(
        BoundVerifier(problem).verdict(on: certificate) == .holds, "problem \(number) of seed \(seed): \(problem)")
    }
  }

  /// Graphs whose bounds come from each source.
  private static let examples: [PartitioningProblem] = [
    PartitioningProblem(Graphs.grid(5, 6), capacity: .uniform(10)),
    PartitioningProblem(Graphs.random(vertexCount: 24, links: 40, lans: 0, seed: 5), capacity: .uniform(6)),
    PartitioningProblem(Graphs.random(vertexCount: 20, links: 20, lans: 4, seed: 6), capacity: .uniform(5)),
    PartitioningProblem(
      Graphs.random(vertexCount: 20, links: 30, lans: 2, heaviest: 4, seed: 7), capacity: .uniform(12)),
    PartitioningProblem(
      Graphs.random(vertexCount: 20, links: 30, lans: 2, seed: 8), capacity: .perBlock([6, 5, 5, 4]),
      fixedBlocks: [1, -1, -1, 2] + [Int32](repeating: -1, count: 16)),
    PartitioningProblem(
      Graphs.random(vertexCount: 36, links: 50, lans: 2, seed: 9), capacity: .uniform(6),
      classes: (0..<36).map { $0 % 2 }),
    PartitioningProblem(Graphs.star(leaves: 30), capacity: .uniform(4)),
    PartitioningProblem(Graphs.path(12), capacity: .uniform(3)),
  ]

  @Test(arguments: 0..<8)
  func acceptsTheCertificatesOfSmallGraphs(number: Int) throws {
    let problem = Self.examples[number]
    let (partition, certificate) = try #require(certified(problem, number == 0 ? .balanced : .fast))
    #expect(partition.isOptimal, "\(partition)")
    #expect(BoundVerifier(problem).verdict(on: certificate) == .holds)
    // A bound that is greater by one is wrong, as the partition shows.
    for index in certificate.classes.indices {
      var damaged = certificate
      damaged.classes[index].lowerBound += 1
      damaged.lowerBound += 1
      expectRefused(damaged, problem)
    }
    var damaged = certificate
    damaged.lowerBound += 1
    expectRefused(damaged, problem)
    damaged = certificate
    damaged.fewestBlocks += 1
    expectRefused(damaged, problem)
    damaged.blocks += 1
    expectRefused(damaged, problem)
  }

  private func expectRefused(_ certificate: BoundCertificate, _ problem: PartitioningProblem) {
    guard case .refused(let reason) = BoundVerifier(problem).verdict(on: certificate) else {
      Issue.record("accepted: \(certificate)")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func refusesDamagedPrices(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let problem = Self.examples[[1, 2, 4][Int(seed % 3)]]
    var certificate = try #require(certified(problem, .fast)).certificate
    var damaged = try #require(certificate.classes[0].prices, "\(certificate.classes[0].by)")
    let kind = Int.random(in: 0..<damaged.kinds.count, using: &random)
    let vertex = Int.random(in: 0..<damaged.prices.count, using: &random)
    let change = [1, -1, 5, -40, 100_000, -100_000, .max, .min].randomElement(using: &random) ?? 1
    switch seed % 7 {
    case 0: damaged.prices[vertex] &+= change
    case 1: damaged.kinds[kind].worth &+= change
    case 2: damaged.value &+= change
    case 3: damaged.kinds[kind].blocks &+= change
    case 4: damaged.kinds[kind].fixed.append(vertex)
    case 5: damaged.prices.removeLast()
    default:
      // Adds up, but promises more than blocks are worth at least.
      let most = damaged.kinds.reduce(0) { max($0, $1.worth) }
      for index in damaged.kinds.indices {
        damaged.kinds[index].worth -= most + 100 * damaged.scale
        damaged.value += (most + 100 * damaged.scale) * damaged.kinds[index].blocks
      }
    }
    certificate.classes[0].prices = damaged
    expectRefused(certificate, problem)
  }

  @Test func refusesCertificatesOfOtherProblems() throws {
    let (_, certificate) = try #require(certified(Self.examples[1], .fast))
    var other = Self.examples[1]
    other.capacity = .uniform(7)
    expectRefused(certificate, other)
    other = PartitioningProblem(
      Graphs.random(vertexCount: 24, links: 38, lans: 0, seed: 5), capacity: .uniform(6))
    expectRefused(certificate, other)
    other = Self.examples[1]
    other.classes = [1] + [Int32](repeating: 2, count: 23)
    expectRefused(certificate, other)
  }

  @Test func saysWhereTheWorkDoesNotSuffice() throws {
    let (_, certificate) = try #require(certified(Self.examples[1], .fast))
    guard case .unchecked = BoundVerifier(Self.examples[1], workLimit: 100).verdict(on: certificate) else {
      Issue.record("it can't be checked with so little work")
      return
    }
  }
}
