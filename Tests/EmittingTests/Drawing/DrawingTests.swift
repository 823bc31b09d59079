import Emitting
import Foundation
import FoundationXML
import Planning
import TestSupport
import Testing
import TopologyModel

@Suite struct DrawingTests {
  private func options(_ change: (inout DrawingOptions) -> Void) -> DrawingOptions {
    var options = DrawingOptions()
    change(&options)
    return options
  }

  @Test func linksAreEdgesAndOtherSubstratesCircles() throws {
    try expectGolden("detail.dot", Picture(.placed, title: "placed").dot(DrawingOptions()))
  }

  @Test func hostsAreBoxesOnRequest() throws {
    try expectGolden("partitions.dot", Picture(.placed, title: "placed").dot(options { $0.showsHosts = true }))
  }

  @Test func overviewsCountWhatIsOnHostsAndBetweenThem() throws {
    try expectGolden("overview.dot", Picture(.placed, title: "placed").dot(options { $0.level = .overview }))
  }

  @Test func hostileNamesAreQuoted() throws {
    try expectGolden("hostile.dot", Picture(.hostile, title: "hostile").dot(options { $0.showsHosts = true }))
  }

  @Test func labelsCanBeLeftOut() throws {
    let dot = try Picture(.placed, title: "placed").dot(options { $0.showsLabels = false })
    #expect(!dot.contains("across") && !dot.contains("10.0.1.1"), "neither names of links nor addresses")
    #expect(dot.contains("stub"), "the names of LANs stay")
  }

  @Test func theLayoutProgramIsTheOneAskedFor() throws {
    let picture = Picture(.placed, title: "placed")
    #expect(try picture.dot(options { $0.program = "neato" }).contains(#"layout="neato""#))
    #expect(try picture.dot(DrawingOptions()).contains(#"layout="fdp""#))
  }

  @Test func moreThanAFewHundredComputersAreDrawnAsHosts() {
    #expect(Picture(.chain(300, perHost: 10), title: "").level(DrawingOptions()) == .detail)
    #expect(Picture(.chain(310, perHost: 10), title: "").level(DrawingOptions()) == .overview)
    #expect(Picture(.chain(310, perHost: 10), title: "").level(options { $0.level = .detail }) == .detail)
    #expect(Picture(.alone(310), title: "").level(DrawingOptions()) == .detail, "there are no hosts to draw")
  }

  @Test func ofVeryManyNodesOnlyTheShapeIsDrawn() throws {
    let hosts = try Picture(.chain(310, perHost: 1), title: "").dot(DrawingOptions())
    #expect(!hosts.contains(#"label="pnode-0003"#) && hosts.contains(#""host pnode-0003""#))
    let computers = try Picture(.chain(2001, perHost: 10), title: "").dot(options { $0.level = .detail })
    #expect(!computers.contains(#"label="n-3""#) && computers.contains(#""computer n-3""#))
    let named = try Picture(.chain(2001, perHost: 10), title: "").dot(
      options { ($0.level, $0.showsLabels) = (.detail, true) })
    #expect(named.contains(#"label="n-3""#) && named.contains(#"label="link-3""#))
  }

  @Test func overviewsNeedHosts() {
    let error = #expect(throws: EmittingError.self) {
      _ = try Picture(.alone(3), title: "mine").dot(options { $0.level = .overview })
    }
    #expect(error?.problems == ["mine has no hosts to give an overview of: partition it first"])
  }

  @Test func thePictureOfAnExperimentIsThatOfItsTopologyWithoutHostsAndControlNetwork() throws {
    let embedding = try embed(.placed, options: PackingOptions(), site: SiteConfiguration())
    let dot = try Picture(embedding, title: "").dot(options { $0.showsHosts = true })
    #expect(!dot.contains("control_net"))
    #expect(!dot.contains("computer pnode-0000"))
    #expect(dot.contains(#"label="pnode-0001""#))
    #expect(dot.contains("10.0.1.2"), "planned addresses are there where the user gave none")
  }

  @Test func hostsHaveTheNamesThatTheTopologyGivesThem() throws {
    var topology = Topology.placed
    topology.append(
      Computer(name: "pc42", attributes: ["containers:node_type": "pnode", "containers:partition": "1"]), interfaces: []
    )
    let dot = try Picture(topology, title: "").dot(options { $0.showsHosts = true })
    #expect(dot.contains(#"label="pc42""#))
    #expect(dot.contains(#"label="pnode-0000""#))
    #expect(!dot.contains("pnode-0001"))
  }

  @Test func ofTooManyEdgesTheHeaviestAreDrawnAndTheCaptionSaysSo() throws {
    // Every pair of 220 hosts has a link, and one pair two.
    var topology = Topology()
    var ends: [[Int]] = Array(repeating: [], count: 220)
    func link(_ one: Int, _ other: Int) {
      for end in [one, other] { ends[end].append(topology.substrates.count) }
      topology.substrates.append(Substrate(name: "link-\(topology.substrates.count)"))
    }
    for other in 0..<220 { for one in 0..<other { link(one, other) } }
    link(218, 219)
    for index in ends.indices {
      topology.append(
        Computer(name: "n-\(index)", attributes: ["containers:partition": "\(index)"]),
        interfaces: ends[index].map { Interface(name: "inf", substrate: $0) })
    }
    let dot = try Picture(topology, title: "all").dot(options { $0.level = .overview })
    #expect(dot.split(separator: "\n").count { $0.contains(" -- ") } == 20_000)
    #expect(dot.contains("the 20000 heaviest of 24090 connections"))
    #expect(dot.contains(#""host pnode-0218" -- "host pnode-0219" [label="2", penwidth="2"]"#))
  }
}

@Suite(.enabled(if: Program.installed("dot") != nil, "Graphviz isn't installed"))
struct GraphvizTests {
  private static let pictures = [
    Topology.placed, .hostile, .chain(30, perHost: 4), .star(satellites: 9), .lan(20), .alone(1), Topology(),
    .random(computers: 30, substrates: 40, seed: 5),
  ].map { Picture($0, title: #"a "title" with \N & <b>"#) }

  private func graphviz(_ dot: String, _ format: String) async throws -> Program.Result {
    try await #require(Program.installed("dot")).run(["-T\(format)"], input: dot)
  }

  @Test(arguments: pictures.indices, [nil, DrawingOptions.Level.overview])
  func everyDrawingIsAccepted(index: Int, level: DrawingOptions.Level?) async throws {
    var options = DrawingOptions()
    options.level = level
    for showsHosts in [false, true] {
      options.showsHosts = showsHosts
      // What has no hosts has no overview.
      guard let dot = try? Self.pictures[index].dot(options) else { continue }
      let outcome = try await graphviz(dot, "canon")
      #expect(outcome.status == 0)
      #expect(outcome.errors == "")
    }
  }

  @Test func graphvizReadsBackTheHostileNames() async throws {
    let svg = try await graphviz(Picture(.hostile, title: "").dot(DrawingOptions()), "svg")
    #expect(svg.status == 0)
    let document = TextCollector()
    let parser = XMLParser(data: Data(svg.bytes))
    parser.delegate = document
    #expect(parser.parse(), "the drawing is well-formed")
    // Labels are drawn line by line.
    for line in Topology.hostileNames.flatMap({ $0.split(separator: "\n") }) {
      let shown = String(String.UnicodeScalarView(line.unicodeScalars.map(Self.shown)))
      #expect(document.texts.contains(shown), "\(shown)")
    }
  }

  /// Control characters as Graphviz shows them.
  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? scalar
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0: "\u{FFFD}"
    default: scalar
    }
  }
}

/// The texts of an SVG drawing.
private final class TextCollector: NSObject, XMLParserDelegate {
  var texts: Set<String> = []
  private var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) { text = "" }

  func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    // Graphviz writes blanks that don't collapse.
    if name == "text" { texts.insert(text.replacing("\u{A0}", with: " ")) }
  }
}
