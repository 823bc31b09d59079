import Planning
import TestSupport
import Testing
import TopologyModel

@Suite struct PackingOptionsTests {
  @Test func theDocumentedDefaultsHold() {
    let options = PackingOptions()
    #expect(options.defaultKind == .openvz)
    #expect(options.demand(ofPass: 0) == .packing(10))
    #expect(!options.spreadsEvenly(pass: 0))
    #expect(options.hardwareTypes(ofPass: 0, site: SiteConfiguration()) == ["pc2133", "bpc2133", "MicroCloud"])
  }

  /// What the options say, and what they mean for passes 0 and 1.
  private static let demands: [(String, @Sendable (inout PackingOptions) -> Void, [PackingOptions.Demand])] = [
    ("packing", { $0.packing = 5 }, [.packing(5), .packing(5)]),
    ("size beats packing", { ($0.packing, $0.size) = (5, 3) }, [.hosts(3), .hosts(3)]),
    ("pass packing", { $0.passPacking = [1: 20] }, [.packing(10), .packing(20)]),
    ("pass size beats pass packing", { ($0.passPacking, $0.passSize) = ([1: 20], [1: 2]) }, [.packing(10), .hosts(2)]),
    ("size beats every pass packing", { ($0.passPacking, $0.size) = ([0: 20], 4) }, [.hosts(4), .hosts(4)]),
    ("pass size stands beside size", { ($0.passSize, $0.size) = ([0: 2], 4) }, [.hosts(2), .hosts(4)]),
  ]

  @Test(arguments: 0..<6)
  func sizeBeatsPackingAndUnlistedPassesTakeTheCommonValue(index: Int) {
    let (name, change, expected) = Self.demands[index]
    var options = PackingOptions()
    change(&options)
    #expect([0, 1].map { options.demand(ofPass: $0) } == expected, "\(name)")
  }

  @Test func repeatedOptionsAccumulateAndTheLaterValueWins() throws {
    var options = PackingOptions()
    try options.addPassPacking("0:1,1:20")
    try options.addPassPacking(" 2 : 10 , 1:5")
    #expect(options.passPacking == [0: 1, 1: 5, 2: 10])
    try options.addPassSize("3:4")
    try options.addPassSize("3:5")
    #expect(options.passSize == [3: 5])
    try options.addPassNodesOnly("0,2")
    try options.addPassNodesOnly("1")
    #expect(options.passNodesOnly == [0, 1, 2])
    try options.addPnodeTypes("pc,bpc")
    try options.addPnodeTypes("MicroCloud")
    #expect(options.pnodeTypes == ["pc", "bpc", "MicroCloud"])
    try options.addPassPnodeTypes("0:pc,bpc;1:x")
    try options.addPassPnodeTypes("1:MicroCloud")
    #expect(options.passPnodeTypes == [0: ["pc", "bpc"], 1: ["MicroCloud"]])
    let site = SiteConfiguration()
    #expect(options.hardwareTypes(ofPass: 1, site: site) == ["MicroCloud"])
    #expect(options.hardwareTypes(ofPass: 2, site: site) == ["pc", "bpc", "MicroCloud"])
  }

  private static let readers: [String: @Sendable (inout PackingOptions, String) throws(PlanningError) -> Void] = [
    "--pass-pack": { (options, text) throws(PlanningError) in try options.addPassPacking(text) },
    "--pass-size": { (options, text) throws(PlanningError) in try options.addPassSize(text) },
    "--pass-nodes-only": { (options, text) throws(PlanningError) in try options.addPassNodesOnly(text) },
    "--pnode-types": { (options, text) throws(PlanningError) in try options.addPnodeTypes(text) },
    "--pass-pnodes": { (options, text) throws(PlanningError) in try options.addPassPnodeTypes(text) },
  ]

  @Test(arguments: [
    ("--pass-pack", "", 1), ("--pass-pack", "1", 1), ("--pass-pack", "1:0", 1), ("--pass-pack", "-1:2", 1),
    ("--pass-pack", "a:1,1:b,2:3", 2), ("--pass-pack", "1:2:3", 1), ("--pass-pack", "1:2,", 1),
    ("--pass-pack", "0:99999999999999999999", 1), ("--pass-size", "1:x", 1), ("--pass-size", "+1:2", 1),
    ("--pass-nodes-only", "", 1), ("--pass-nodes-only", "0,x,-1", 2), ("--pnode-types", "pc,,bpc", 1),
    ("--pass-pnodes", "0", 1), ("--pass-pnodes", "0:", 1), ("--pass-pnodes", "0:pc;;x:pc", 2),
    ("--pass-pnodes", "0:pc,;1:bpc", 1),
  ])
  func whatCannotBeReadIsReportedEntryByEntry(option: String, text: String, problems: Int) throws {
    let read = try #require(Self.readers[option])
    var options = PackingOptions()
    do throws(PlanningError) {
      try read(&options, text)
      Issue.record("\(option)=\(text) was read")
    } catch {
      #expect(error.problems.count == problems)
      #expect(error.problems.allSatisfy { $0.hasPrefix("\(option): ") })
    }
    #expect(options == PackingOptions(), "a failed option changes nothing")
  }

  @Test func optionsThatContradictEachOtherOrMeanNothingAreRefused() {
    var options = PackingOptions()
    options.packing = 0
    options.size = 0
    options.passPacking = [2: 0]
    options.passSize = [1: -1]
    options.forcePartition = true
    options.completePartition = true
    options.openvzDiskspace = "2T"
    do throws(PlanningError) {
      _ = try annotate(.alone(1), options: options)
      Issue.record("the options were taken")
    } catch {
      #expect(error.problems.count == 6)
    }
  }
}
