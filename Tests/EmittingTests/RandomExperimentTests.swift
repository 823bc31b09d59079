import Emitting
import Partitioning
import Planning
import TestSupport
import Testing
import TopologyModel

/// Plans of random topologies, counted again from the files that are written of them.
struct RandomExperimentTests {
  @Test(arguments: 0..<40)
  func whatCrossesHostsIsWhatThePlanCosts(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let topology = Topology.random(
      computers: .random(in: 1...40, using: &random), substrates: .random(in: 0...50, using: &random),
      seed: UInt64(seed))
    var options = PackingOptions()
    options.packing = .random(in: 1...12, using: &random)
    options.nodesOnly = Bool.random(using: &random)
    if Bool.random(using: &random) { options.passPacking[1] = 3 }
    if Bool.random(using: &random) { options.passSize[2] = 2 }
    let annotated = try annotate(topology, options: options).topology
    let partitioner = Partitioner(options: PartitioningOptions(effort: .fast, seed: UInt64(seed)))
    let partitioned = try partition(annotated, options: options, with: partitioner)
    let embedding = try embed(partitioned.topology, options: options, site: SiteConfiguration())
    #expect(PlanChecker(annotated, options: options).problems(of: embedding, totals: partitioned.totals) == [])

    let files = try Experiment(
      project: "P", name: "e", input: [], language: .topDL, annotated: annotated, embedding: embedding,
      site: SiteConfiguration()
    ).files()
    let file = try #require(files.first { $0.path == "phys_topo.ns" })
    let lines = String(decoding: file.contents, as: UTF8.self).split(separator: "\n")
    #expect(lines.count { $0.hasSuffix("[$ns node]") } == partitioned.totals.hosts)
    // A link or LAN costs one less than the hosts that its statement names.
    let links = lines.filter { $0.contains("[$ns duplex-link ") || $0.contains("[$ns make-lan ") }
    #expect(links.reduce(0) { $0 + $1.count { $0 == "{" } - 1 } == partitioned.totals.cost)
  }
}
