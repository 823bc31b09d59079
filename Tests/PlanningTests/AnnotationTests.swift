import Planning
import TestSupport
import Testing
import TopologyModel

@Suite struct AnnotationTests {
  private func annotated(
    _ topology: Topology, _ change: (inout PackingOptions) -> Void = { _ in }
  ) throws(PlanningError) -> AnnotatedTopology {
    var options = PackingOptions()
    change(&options)
    return try annotate(topology, options: options)
  }

  private func problems(_ topology: Topology, _ change: (inout PackingOptions) -> Void = { _ in }) -> [String] {
    do throws(PlanningError) {
      _ = try annotated(topology, change)
      return []
    } catch {
      return error.problems
    }
  }

  private func kinds(_ annotated: AnnotatedTopology) -> [ContainerKind?] { annotated.topology.computers.map(\.kind) }

  @Test func computersWithoutAKindTakeTheDefault() throws {
    var builder = TopologyBuilder()
    builder.add("a")
    builder.add("b", ["containers:node_type": "qemu"])
    let annotated = try annotated(builder.topology)
    #expect(kinds(annotated) == [.openvz, .qemu])
    #expect(annotated.warnings == [])
    #expect(try kinds(self.annotated(builder.topology) { $0.defaultKind = .process }) == [.process, .qemu])
    #expect(
      try kinds(self.annotated(builder.topology) { $0.defaultKind = .embeddedPnode }) == [.embeddedPnode, .qemu])
  }

  @Test(arguments: [
    ("partition", "0", "containers:partition"), ("containers::partition", "web", "containers:partition"),
    ("containers:Partition", "7", "containers:partition"), ("containers:PackingPass", "3", "containers:PartitionPass"),
    ("containers:maverick_url", "http://images/a.bz2", "containers:qemu_url"),
  ])
  func otherSpellingsOfAttributesAreCorrectedWithOneWarning(spelling: String, value: String, name: String) throws {
    let annotated = try annotated(.alone(3, [spelling: value]))
    for computer in annotated.topology.computers {
      #expect(computer.attributes[name] == value)
      #expect(computer.attributes[spelling] == nil)
    }
    #expect(annotated.warnings == ["`\(spelling)` is read as `\(name)` (n-0 and 2 more)"])
  }

  @Test func theDocumentedSpellingBeatsTheOthers() throws {
    let attributes: Attributes = ["partition": "1", "containers:partition": "2", "containers:Partition": "3"]
    let annotated = try annotated(.alone(1, attributes))
    #expect(annotated.topology.computers[0].attributes.entries.filter { $0.name.hasSuffix("artition") }.count == 1)
    #expect(annotated.topology.computers[0].partition == "2")
  }

  @Test func theAliasOfOpenvzIsReadWithAWarning() throws {
    let annotated = try annotated(.star(satellites: 2, center: ["containers:node_type": "open_vz"]))
    #expect(annotated.topology.computers[0].attributes["containers:node_type"] == "openvz")
    #expect(annotated.warnings == ["`open_vz` is read as `openvz` (center)"])
  }

  @Test func theTypoPrefixIsJustAnotherAttribute() throws {
    let annotated = try annotated(.alone(1, ["container:node_type": "qemu"]))
    #expect(kinds(annotated) == [.openvz])
    #expect(annotated.topology.computers[0].attributes["container:node_type"] == "qemu")
  }

  @Test func anUnknownKindIsAnErrorThatListsTheKinds() {
    #expect(
      problems(.alone(12, ["containers:node_type": "vserver"])) == [
        "unknown container kind `vserver`: the kinds are openvz, qemu, process, embedded_pnode (n-0, n-1, n-2, n-3, "
          + "n-4, n-5, n-6, n-7, n-8, n-9 and 2 more)"
      ])
  }

  @Test(arguments: [
    (
      "containers:node_type", ["openvz", "qemu", "process", "embedded_pnode", "open_vz"],
      ["", "OpenVZ", "pnode", "xen"]
    ),
    ("containers:PartitionPass", ["0", "1", "17"], ["", "-1", "1.5", "x", "99999999999999999999"]),
    ("containers:partition", ["0", "web-1", "a.b_C"], ["", "a b", "ä", "a/b", "a\nb"]),
    (
      "containers:openvz_diskspace", ["2G", "2GB", "500M", "500MB", "1.5G", "2000000"],
      ["", "G", "2T", "-2G", "0", "1.2.3G", ".", "2 G"]
    ),
    ("containers:qemu_arch", ["i386", "x86_64"], ["", "arm64", "X86_64"]),
    ("containers:ghost", ["true", "False", "1", "off"], ["", "maybe"]),
  ])
  func valuesAreChecked(name: String, right: [String], wrong: [String]) {
    for value in right { #expect(problems(.alone(1, [name: value])) == []) }
    for value in wrong {
      let problems = problems(.alone(1, [name: value]))
      #expect(problems.count == 1 && problems.allSatisfy { $0.contains("`\(value)`") && $0.hasSuffix("(n-0)") })
    }
  }

  @Test func allProblemsAreReportedAtOnce() {
    var builder = TopologyBuilder()
    builder.add("a", ["containers:node_type": "xen", "containers:ghost": "maybe"])
    builder.add("pnode-0000", ["containers:PartitionPass": "x"])
    var topology = builder.topology
    topology.otherElements = [
      OtherElement(.region(Region(name: "r", level: 0, fragmentName: "f")), precedingComputers: 0)
    ]
    #expect(problems(topology).count == 5)
  }

  @Test(arguments: [
    ("pnode-0000", false), ("pnode-12345", false), ("pnode-1", true), ("pnode-000x", true), ("pnode", true),
  ])
  func namesOfHostsAreReserved(name: String, isFree: Bool) {
    var builder = TopologyBuilder()
    builder.add(name)
    #expect(problems(builder.topology).isEmpty == isFree)
  }

  @Test func virtualMachinesHaveAtMostSevenInterfaces() throws {
    #expect(problems(.star(satellites: 7)) { $0.defaultKind = .qemu } == [])
    #expect(
      problems(.star(satellites: 9)) { $0.defaultKind = .qemu } == [
        """

        Requested a QEMU node with more than 7 experimental interfaces.  Qemu nodes
        can only support 7 experimental interfaces.
        computers with more: center (9)
        take 2 interfaces away, or make them process or openvz containers, which have no such limit
        """
      ])
    for kind in [ContainerKind.openvz, .process, .embeddedPnode] {
      #expect(problems(.star(satellites: 9)) { $0.defaultKind = kind } == [])
    }
  }

  @Test func openvzSettingsAreFilledInWhereTheComputerSaysNothing() throws {
    var builder = TopologyBuilder()
    builder.add("a")
    builder.add("b", ["containers:openvz_diskspace": "20G", "containers:openvz_template": "centos-6-x86"])
    builder.add("c", ["containers:node_type": "qemu"])
    let computers = try annotated(builder.topology) {
      ($0.openvzDiskspace, $0.openvzTemplate) = ("4G", "ubuntu-12.04-x86")
    }.topology.computers
    #expect(computers.map { $0.attributes["containers:openvz_diskspace"] } == ["4G", "20G", nil])
    #expect(computers.map { $0.attributes["containers:openvz_template"] } == ["ubuntu-12.04-x86", "centos-6-x86", nil])
  }

  /// `a` in partition 0, `b` of no stated kind, `c` of kind qemu.
  private var partlyPartitioned: Topology {
    var builder = TopologyBuilder()
    builder.add("a", ["containers:partition": "0"])
    builder.add("b")
    builder.add("c", ["containers:node_type": "qemu"])
    return builder.topology
  }

  @Test func givenPartitionsMakeTheOthersEmbedded() throws {
    let annotated = try annotated(partlyPartitioned)
    #expect(kinds(annotated) == [.openvz, .embeddedPnode, .embeddedPnode])
    #expect(annotated.warnings.count == 1)
    #expect(annotated.warnings.allSatisfy { $0.contains("(c (qemu))") })
  }

  @Test func givenPartitionsCanBeDropped() throws {
    let annotated = try annotated(partlyPartitioned) { $0.forcePartition = true }
    #expect(kinds(annotated) == [.openvz, .openvz, .qemu])
    #expect(annotated.topology.computers.allSatisfy { $0.partition == nil })
    #expect(annotated.warnings == [])
    // A partition that is dropped needn't be well formed.
    #expect(problems(.alone(1, ["containers:partition": "a b"])) { $0.forcePartition = true } == [])
  }

  @Test func givenPartitionsCanBeCompleted() throws {
    let annotated = try annotated(partlyPartitioned) { $0.completePartition = true }
    #expect(kinds(annotated) == [.openvz, .openvz, .qemu])
    #expect(annotated.topology.computers.map(\.partition) == ["0", nil, nil])
  }

  @Test func anEmbeddedComputerHasNoPartition() throws {
    let topology = Topology.alone(1, ["containers:node_type": "embedded_pnode", "containers:partition": "0"])
    let annotated = try annotated(topology)
    #expect(annotated.topology.computers[0].partition == nil)
    #expect(annotated.warnings == ["an embedded_pnode is a host of its own: the partition is ignored (n-0)"])
  }

  @Test(arguments: [
    ("openvz", "qemu", false), ("openvz", "process", false), ("qemu", "process", true), ("openvz", "openvz", true),
  ])
  func onlyKindsThatMayMeetShareAPartition(one: String, other: String, mayMeet: Bool) {
    var builder = TopologyBuilder()
    builder.add("a", ["containers:partition": "web", "containers:node_type": one])
    builder.add("b", ["containers:partition": "web", "containers:node_type": other])
    let complaint =
      "partition web holds a (\(one)) and b (\(other)): these kinds never share a host; "
      + "give another partition to b"
    #expect(problems(builder.topology) == (mayMeet ? [] : [complaint]))
  }

  @Test func anEmptyTopologyIsAnnotatedWithAWarning() throws {
    #expect(try annotated(Topology()).warnings == ["the topology has no computers"])
  }

  @Test(arguments: 0..<20)
  func annotatingTwiceChangesNothing(seed: UInt64) throws {
    var topology = Topology.random(computers: 20, substrates: 20, seed: seed)
    var random = SplitMix64(seed: seed)
    for index in topology.computers.indices where Bool.random(using: &random) {
      topology.updateComputer(index) { $0.attributes["partition"] = "p\($0.kind?.rawValue ?? "openvz")" }
    }
    for complete in [false, true] {
      let once = try annotated(topology) { $0.completePartition = complete }
      let twice = try annotated(once.topology) { $0.completePartition = complete }
      #expect(twice.topology == once.topology)
      #expect(twice.warnings == [])
    }
  }
}
