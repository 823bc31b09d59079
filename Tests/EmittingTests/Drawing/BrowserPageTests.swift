import Emitting
import Foundation
import TestSupport
import Testing
import TopologyModel

@Suite struct BrowserPageTests {
  private static let opening = #"<script type="application/json" id="data">"#

  /// What the page holds of a topology, as JSON between its tags.
  private func data(_ page: String) throws -> [String: Any] {
    let start = try #require(page.range(of: Self.opening)).upperBound
    let end = try #require(page.range(of: "</script>", range: start..<page.endIndex)).lowerBound
    return try #require(JSONSerialization.jsonObject(with: Data(page[start..<end].utf8)) as? [String: Any])
  }

  private func page(_ topology: Topology, title: String = "title") -> String {
    String(decoding: Picture(topology, title: title).page, as: UTF8.self)
  }

  @Test(arguments: [Topology.placed, .hostile, .random(computers: 30, substrates: 40, seed: 3), Topology()])
  func theDataAreThoseOfTheTopology(topology: Topology) throws {
    let data = try data(page(topology, title: "</script>"))
    #expect(data["title"] as? String == "</script>")
    let computers = try #require(data["computers"] as? [[Any]])
    #expect(computers.map { $0[0] as? String } == topology.computers.map(\.name))
    let hosts = try #require(data["hosts"] as? [[Any]]).map { $0[0] as? String }
    let partitions = Dictionary(grouping: topology.computers.indices) {
      topology.computers[$0].attributes[AttributeName.partition]
    }
    // Computers share a host just if they share a partition.
    for (partition, members) in partitions where partition != nil {
      #expect(Set(members.map { computers[$0][1] as? Int }).count == 1)
    }
    #expect(hosts.count == Set(computers.compactMap { $0[1] as? Int }.filter { $0 >= 0 }).count)
    let substrates = try #require(data["substrates"] as? [[Any]])
    #expect(substrates.map { $0[0] as? String } == topology.substrates.map(\.name))
    let incidence = Incidence(topology)
    for (index, substrate) in substrates.enumerated() {
      let members = incidence.interfaces(on: index)
      #expect(substrate.count == 3 + 2 * members.count)
      for (position, interface) in members.enumerated() {
        #expect(substrate[3 + 2 * position] as? Int == incidence.computer(of: interface))
        let address = topology.interfaces[interface].attributes[AttributeName.address]
        #expect(substrate[4 + 2 * position] as? String == address ?? "")
      }
    }
  }

  @Test func ratesAndDelaysAreNumbersOrNull() throws {
    var topology = Topology()
    topology.substrates = [
      Substrate(name: "a", capacity: Capacity(kilobitsPerSecond: 100_000), latency: Latency(milliseconds: 2.5)),
      Substrate(name: "b", capacity: Capacity(kilobitsPerSecond: .infinity)),
    ]
    let substrates = try #require(data(page(topology))["substrates"] as? [[Any]])
    #expect(substrates[0][1] as? Double == 100_000)
    #expect(substrates[0][2] as? Double == 2.5)
    #expect(substrates[1][1] is NSNull && substrates[1][2] is NSNull)
  }

  @Test(.enabled(if: Program.installed("python3") != nil, "Python isn't installed"))
  func nothingHostileBecomesPartOfThePage() async throws {
    let reader = """
      import html.parser, json, sys
      class Reader(html.parser.HTMLParser):
        tags = []; closed = []; title = ""
        def handle_starttag(self, tag, attributes): self.tags.append(tag)
        def handle_endtag(self, tag): self.closed.append(tag)
        def handle_data(self, data):
          if self.tags[-1:] == ["title"] and "title" not in self.closed: self.title += data
      reader = Reader(); reader.feed(sys.stdin.buffer.read().decode()); reader.close()
      print(json.dumps([reader.tags, sorted(reader.closed), reader.title]))
      """
    func read(_ topology: Topology, title: String) async throws -> [Any] {
      let outcome = try await #require(Program.installed("python3")).run(
        ["-c", reader], input: page(topology, title: title))
      return try #require(JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [Any])
    }
    let title = "</title><script>alert(1)</script> & <!--"
    let harmless = try await read(Topology(), title: "title")
    let hostile = try await read(.hostile, title: title)
    #expect(hostile[0] as? [String] == harmless[0] as? [String])
    #expect(hostile[1] as? [String] == harmless[1] as? [String])
    #expect(hostile[2] as? String == title)
    let void: Set = ["meta", "input"]
    #expect((harmless[0] as? [String])?.filter { !void.contains($0) }.sorted() == harmless[1] as? [String])
  }

  @Test(.enabled(if: Program.installed("chromium") != nil, "Chromium isn't installed"))
  func aBrowserShowsThePage() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(page(.hostile, title: "<b>hostile</b>"), to: "page.html")
    let outcome = try await #require(Program.installed("chromium")).run(
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.url.path)/profile",
        "--enable-logging=stderr", "--virtual-time-budget=3000", "--dump-dom",
        "file://\(file)#computer/n0%20--%20n1%3B%20%7D",
      ])
    #expect(outcome.status == 0)
    #expect(!outcome.errors.contains("Uncaught"), "\(outcome.errors)")
    #expect(outcome.output.contains(#"<h1 id="title">&lt;b&gt;hostile&lt;/b&gt;</h1>"#))
    #expect(outcome.output.contains("15 computers"))
    #expect(
      outcome.output.contains(#"<span class="name" title="n0 -- n1; }">n0 -- n1; }</span>"#), "the address opens it")
  }
}
