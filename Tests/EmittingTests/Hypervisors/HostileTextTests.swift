import Foundation
import Planning
import TestSupport
import Testing
import TopologyModel

@testable import Emitting

/// Text that means something to some program comes out of every format as it was, or is refused.
struct HostileTextTests {
  @Test(
    .enabled(
      if: Validator.hasPythonYAML && Validator.tclsh.isInstalled, "python3-yaml or tclsh isn't installed"))
  func everyFormatHasTheTextsAsTheyWere() async throws {
    let experiment = try Experiment.hostile()
    let folder = try DirectoryFolder(experiment, emitters: Emitter.allCases)
    let script = Examples.root.appending(path: "Tests/EmittingTests/Hypervisors/texts.py").path
    let result = try await Validator.python.run([script, folder.folder.url.path])
    try #require(result.status == 0, "\(result.errors)")
    var found = try JSONDecoder().decode([String: [String: String]].self, from: Data(result.output.utf8))
    let site = found.removeValue(forKey: "site.conf")
    #expect(site == ["url_base": Experiment.hostileTexts[1], "openvz_template_dir": Experiment.hostileTexts[3]])
    #expect(found.count == 52)
    // How many nodes each is about: all, those of a kind, or those that are hosts.
    let kinds = Dictionary(grouping: experiment.embedding.topology.computers) { $0.kind }.mapValues(\.count)
    let count = { (kind: ContainerKind) in kinds[kind] ?? 0 }
    let all = Experiment.hostileTexts.count
    for (what, texts) in found {
      switch what {
      case "maverick_url image": #expect(texts.count == count(.qemu))
      case "openvz_guest_url image", "containerlab image": #expect(texts.count == count(.openvz))
      case "containerlab start command": #expect(texts.count == all - count(.qemu))
      case "switch_extra.yaml interface": #expect(texts.count == count(.qemu) + count(.process))
      case _ where what.hasPrefix("phys_topo"): #expect(texts.count == count(.embeddedPnode))
      default: #expect(texts.count == all, "\(what)")
      }
      for (node, text) in texts {
        let index = try #require(Int(node.dropFirst(2)))
        #expect(Array(text.utf8) == Array(Experiment.hostileTexts[index].utf8), "\(what) of \(node)")
      }
    }
  }

  @Test(arguments: ["<lan>", "../lan", "lan 0", "a:b", "$lan", "é", "control_net"])
  func aNetworksNameThatSomeFormatCannotSayIsRefused(name: String) throws {
    var builder = TopologyBuilder()
    builder.add("a", ["containers:partition": "0"])
    builder.join(name, ["a"])
    let experiment = try Experiment(planning: builder.topology)
    #expect { try experiment.files() } throws: { "\($0)".contains(name.debugDescription) }
  }

  @Test(arguments: ["\u{0}", "a\u{1}b", "\u{FFFE}"])
  func aTextThatNoXMLCanHoldIsRefused(text: String) throws {
    let experiment = try Experiment(planning: .alone(1, ["startup": text, "containers:partition": "0"]))
    #expect(throws: (any Error).self) { try experiment.files() }
  }

  @Test func namesThatMeanSomethingToAnEmitterAreRefused() throws {
    var builder = TopologyBuilder()
    for name in ["host", "all", "n-0", "containerize_nodes"] { builder.add(name, ["containers:partition": "0"]) }
    let experiment = try Experiment(planning: builder.topology)
    #expect(
      throws: EmittingError(
        problems: ["containerlab calls the machine itself `host`: give the computer of that name another one"])
    ) { try experiment.batches(for: [.containerlab]) }
    #expect(
      throws: EmittingError(
        problems: ["all", "containerize_nodes"].map {
          "ansible calls a group `\($0)`: give the computer of that name another one"
        })
    ) { try experiment.batches(for: [.ansible]) }
    #expect(try !experiment.batches(for: [.libvirt, .qemu]).isEmpty)
    #expect(try !experiment.batches().isEmpty)
  }
}
