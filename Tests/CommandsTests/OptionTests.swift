import Foundation
import TestSupport
import Testing

/// Every documented option, by itself, in both spellings, and repeated.
struct OptionTests {
  struct Option: Sendable, CustomStringConvertible {
    var name: String
    var values: [String] = []

    var description: String { name }

    /// The ways of writing it: alone with `=` and as two words, and repeated where it has values.
    var spellings: [[String]] {
      guard let first = values.first else { return [[name], [name, name]] }
      return [[name, first], ["\(name)=\(first)"], values.flatMap { [name, $0] }, values.map { "\(name)=\($0)" }]
    }
  }

  static let options = [
    Option(name: "--default-container", values: ["qemu", "openvz"]), Option(name: "--force-partition"),
    Option(name: "--complete-partition"), Option(name: "--packing", values: ["3", "4"]),
    Option(name: "--size", values: ["2", "3"]), Option(name: "--config", values: ["site.conf", "other.conf"]),
    Option(name: "--pnode-types", values: ["pc", "bpc,MicroCloud"]), Option(name: "--end-node-shaping"),
    Option(name: "--vde-switch-shaping"), Option(name: "--openvz-diskspace", values: ["2G", "100M"]),
    Option(name: "--openvz-template", values: ["centos-6-x86", "ubuntu-14.04-x86_64"]),
    Option(name: "--openvz-template-dir", values: ["/proj/P/images", "/share/a,/share/b"]), Option(name: "--image"),
    Option(name: "--no-image"), Option(name: "--nodes-only"), Option(name: "--pass-pack", values: ["0:3,1:4", "0:5"]),
    Option(name: "--pass-size", values: ["0:3", "0:2"]),
    Option(name: "--pass-pnodes", values: ["0:pc,bpc;1:pc", "0:pc"]),
    Option(name: "--pass-nodes-only", values: ["0", "0,1"]),
    Option(name: "--prefer-qemu-users", values: ["ted", "a,b"]),
    Option(name: "--qemu-prefer-users", values: ["ted", "a,b"]), Option(name: "--debug"), Option(name: "--keep-tmp"),
    Option(name: "--effort", values: ["fast", "thorough"]), Option(name: "--time-limit", values: ["5", "0.5"]),
    Option(name: "--seed", values: ["7", "18446744073709551615"]), Option(name: "--json"),
    Option(name: "--emit", values: ["qemu", "libvirt,qemu,containerlab,ansible"]),
  ]

  @Test(arguments: options)
  func worksAloneAndRepeatedInBothSpellings(_ option: Option) async throws {
    let place = try Workplace()
    try place.folder.write(Topologies.ring(10), to: "ring.xml")
    try place.folder.write("[any name]\nurl_base = http://a\n", to: "site.conf")
    try place.folder.write("[other]\nurl_base: http://b\n", to: "other.conf")
    for (number, words) in option.spellings.enumerated() {
      let result = try await place.run(words + ["Proj", "exp\(number)", "ring.xml"])
      #expect(result.status == 0, "\(words): \(result.errors)")
      #expect(!result.output.isEmpty)
    }
    #expect(try place.text("pid_eid", of: "exp1") == "Proj\nexp1\n")
  }

  @Test func emitWritesForEveryProgramThatIsNamedAndForNoOther() async throws {
    let place = try Workplace()
    try place.folder.write(Topologies.ring(4), to: "ring.xml")
    for (number, words) in [[], ["--emit=libvirt,ansible", "--emit", "qemu,ansible"]].enumerated() {
      #expect(
        try await place.run(["--default-container=qemu"] + words + ["Proj", "exp\(number)", "ring.xml"]).status == 0)
    }
    func folders(_ experiment: String) throws -> Set<String> {
      Set(try FileManager.default.contentsOfDirectory(atPath: place.directory("Proj", experiment).path))
    }
    #expect(try folders("exp1").subtracting(folders("exp0")) == ["ansible", "libvirt", "qemu"])
    let archive = place.directory("Proj", "exp1").appending(path: "config.tgz").path
    #expect(try await Program("/usr/bin/tar").run(["tzf", archive]).output.contains("ansible/inventory.yaml\n"))
  }

  @Test(arguments: ["docker", "", "libvirt,", "QEMU", "libvirt qemu"])
  func emitRefusesWhatItDoesNotKnow(_ name: String) async throws {
    let place = try Workplace()
    let result = try await place.run(["--emit", name, "Proj", "exp1", "nowhere.xml"])
    #expect(result.status == 64)
    #expect(result.errors.contains("--emit takes libvirt, qemu, containerlab, ansible, not \""))
  }

  @Test func ofAnOptionWithOneValueTheLastCounts() async throws {
    let place = try Workplace()
    try place.folder.write(Topologies.ring(12), to: "ring.xml")
    #expect(try await place.plan(["--packing", "3", "--packing=4"], "ring.xml").sizes == [4, 4, 4])
    #expect(try await place.plan(["--default-container=qemu"], "ring.xml").partitions.map(\.kind) == ["qemu", "qemu"])
  }

  @Test func sizeBeatsPackingAndAPassBeatsAll() async throws {
    let place = try Workplace()
    try place.folder.write(
      Topologies.ring(12) { ["containers:PartitionPass": "\($0 / 6)"] }, to: "ring.xml")
    func sizes(_ options: String...) async throws -> [Int] { try await place.plan(options, "ring.xml").sizes }
    #expect(try await sizes("--packing", "3") == [3, 3, 3, 3])
    #expect(try await sizes("--packing", "3", "--pass-pack", "1:6") == [3, 3, 6])
    #expect(try await sizes("--packing", "3", "--pass-pack", "1:6", "--pass-pack=0:2,1:6") == [2, 2, 2, 6])
    #expect(try await sizes("--packing", "3", "--pass-pack=0:2", "--size", "1") == [6, 6])
    #expect(try await sizes("--size", "1", "--pass-size=1:3", "--pass-nodes-only", "1") == [6, 2, 2, 2])
  }

  @Test func theSeedsInvocationPacksSixtyVirtualMachines() async throws {
    let place = try Workplace()
    // Partitions that are there already are dropped.
    try place.folder.write(Topologies.ring(60) { ["containers:partition": "\($0)"] }, to: "topo.xml")
    let options = ["--packing", "25", "--default-container=qemu", "--force-partition"]
    let plan = try await place.plan(options, "topo.xml")
    #expect(plan.hosts == 3)
    #expect(plan.cost == 3)
    #expect(plan.sizes.allSatisfy { $0 <= 25 })
    #expect(plan.sizes.reduce(0, +) == 60)
    #expect(plan.partitions.map(\.kind) == ["qemu", "qemu", "qemu"])
    let result = try await place.run(options + ["Proj", "exp1", "topo.xml"])
    #expect(result.output.hasPrefix("Containerized experiment Proj/exp1 successfully created!\n"))
    #expect(try await place.plan(["--packing", "25"], "topo.xml").hosts == 60)
  }

  @Test func theCommandLinesSettingsAreInTheExperimentsConfiguration() async throws {
    let place = try Workplace()
    try place.folder.write(Topologies.ring(3), to: "ring.xml")
    try place.folder.write(
      """
      [whatever name]
      exec_root = /share/elsewhere
      node_log: %(exec_root)s/log
      xmlrpc_server = boss.example.org:3069
      ours = kept

      """, to: "site.conf")
    let result = try await place.run([
      "--config=site.conf", "--local", "--end-node-shaping", "--openvz-template-dir=/proj/P/t", "--qemu-prefer-users",
      "ann,ben",
      "Proj", "exp1", "ring.xml",
    ])
    #expect(result.status == 0)
    let lines = try place.text("site.conf").split(separator: "\n")
    for line in [
      "exec_root = /share/elsewhere", "node_log = /share/elsewhere/log", "switch_shaping = false", "ours = kept",
      "openvz_template_dir = /proj/P/t,/share/elsewhere/images/", "prefer_qemu_users = ann,ben",
      "url_base = http://www.isi.deterlab.net/",
    ] { #expect(lines.contains(Substring(line)), "\(line)") }
    #expect(
      try place.text("phys_topo.ns").contains(
        "\"sudo /share/elsewhere/setup/hv/bootstrap /proj/Proj/exp/exp1/containers/site.conf >& /share/elsewhere/log\"")
    )
  }

  @Test func hardwareTypesReachTheHostExperiment() async throws {
    let place = try Workplace()
    try place.folder.write(Topologies.ring(4) { ["containers:PartitionPass": "\($0 / 2)"] }, to: "ring.xml")
    let result = try await place.run([
      "--pnode-types", "pc,bpc", "--pass-pnodes=1:MicroCloud", "Proj", "exp1", "ring.xml",
    ])
    #expect(result.status == 0)
    let script = try place.text("phys_topo.ns")
    #expect(script.contains("\ntb-make-soft-vtype container0 {pc bpc}\ntb-make-soft-vtype container1 {MicroCloud}\n"))
    #expect(script.contains("\ntb-set-hardware ${pnode(0001)} container1\n"))
  }

  @Test func settingsOfContainersReachTheTopology() async throws {
    let place = try Workplace()
    try place.folder.write(Topologies.ring(3), to: "ring.xml")
    let result = try await place.run([
      "--openvz-diskspace", "7G", "--openvz-template=centos-6-x86", "Proj", "exp1", "ring.xml",
    ])
    #expect(result.status == 0)
    let annotated = try place.text("annotated.xml")
    #expect(annotated.contains("<attribute>containers:openvz_diskspace</attribute><value>7G</value>"))
    #expect(annotated.contains("<attribute>containers:openvz_template</attribute><value>centos-6-x86</value>"))
  }
}
