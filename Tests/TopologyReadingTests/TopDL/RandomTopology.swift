import TestSupport
import TopologyModel

/// Makes random topologies with everything TopDL has, and with texts that are hard to write.
struct RandomTopology {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private static let pieces = [
    " ", "  ", "\n", "\t", "\r", "\r\n", "&", "<", ">", "\"", "'", "]]>", "<![CDATA[", "<!--", "-->", "&amp;", "&#10;",
    "é", "e\u{301}", "\u{85}", "\u{A0}", "\u{2028}", "\u{FEFF}", "\u{FFFD}", "\u{10FFFF}", "\u{D7FF}", "\u{E000}",
    "\u{7F}",
    "😀", "{$x}", "\\", "%s", ";", "a", "0", "containers:node_type", "a longer piece of text",
  ]

  private mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  private mutating func some<Value>(_ limit: Int, _ make: (inout Self) -> Value) -> [Value] {
    (0..<Int.random(in: 0...limit, using: &random)).map { _ in make(&self) }
  }

  private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? { chance(3) ? make(&self) : nil }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &random)]
  }

  mutating func text() -> String { some(4) { $0.pick(Self.pieces) }.joined() }

  private mutating func name(_ number: Int) -> String { "\(pick(["n", "N-", "_", "-", "9"]))\(number)" }

  private mutating func quantity() -> Double {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: 100_000
    case 1: Double(Int.random(in: 0...1000, using: &random)) / 10
    case 2: Double(bitPattern: UInt64.random(in: 0..<Double.infinity.bitPattern, using: &random))
    default: Double.random(in: 0...1, using: &random)
    }
  }

  private mutating func attributes() -> Attributes { Attributes(some(3) { Attribute($0.text(), $0.text()) }) }

  private mutating func capacity() -> Capacity? {
    maybe { Capacity(kilobitsPerSecond: $0.quantity(), kind: $0.pick(MeasureKind.allCases)) }
  }

  private mutating func latency() -> Latency? {
    maybe { Latency(milliseconds: $0.quantity(), kind: $0.pick(MeasureKind.allCases)) }
  }

  private mutating func service() -> Service {
    Service(
      name: text(), importers: some(2) { $0.text() },
      parameters: some(2) { Service.Parameter(name: $0.text(), type: $0.text()) }, description: maybe { $0.text() },
      status: maybe { $0.pick(Status.allCases) })
  }

  private mutating func annotations() -> Annotations {
    guard chance(3) else { return Annotations() }
    return Annotations(
      localNames: some(2) { $0.text() }, status: maybe { $0.pick(Status.allCases) }, services: some(2) { $0.service() },
      operations: some(2) { $0.text() })
  }

  private mutating func interfaces(substrates: Int) -> [Interface] {
    guard substrates > 0 else { return [] }
    return (0..<Int.random(in: 0...3, using: &random)).map { number in
      var interface = Interface(
        name: chance(2) ? Interface.defaultName(at: number) : "\(text())\(number)",
        substrate: Int.random(in: 0..<substrates, using: &random), capacity: capacity(), latency: latency(),
        attributes: attributes())
      if chance(5) { interface.furtherSubstrates = [Int.random(in: 0..<substrates, using: &random)] }
      return interface
    }
  }

  private mutating func computer(_ number: Int) -> Computer {
    var computer = Computer(name: name(number), attributes: attributes())
    computer.processors = some(2) {
      Processor(type: $0.text(), count: $0.pick([1, 1, 2, -7, 64]), attributes: $0.attributes())
    }
    computer.operatingSystems = some(2) {
      OperatingSystem(
        name: $0.maybe { $0.text() }, version: $0.maybe { $0.text() }, distribution: $0.maybe { $0.text() },
        distributionVersion: $0.maybe { $0.text() }, attributes: $0.attributes())
    }
    computer.software = some(2) {
      Software(location: $0.text(), install: $0.maybe { $0.text() }, attributes: $0.attributes())
    }
    computer.storage = some(2) {
      Storage(megabytes: $0.quantity(), persistence: $0.pick([.temporary, .permanent]), attributes: $0.attributes())
    }
    computer.annotations = annotations()
    return computer
  }

  private mutating func otherElement(_ number: Int, substrates: Int, precedingComputers: Int) -> OtherElement {
    let kind: OtherElement.Kind =
      switch Int.random(in: 0..<4, using: &random) {
      case 0: .testbed(Testbed(uri: text(), type: text()))
      case 1:
        .segment(
          Segment(
            identifier: Segment.Identifier(kind: pick(Segment.Identifier.Kind.allCases), value: text()), uri: text(),
            type: text()))
      case 2: .other
      default: .region(Region(name: "r\(number)", level: pick([0, 1, -1]), fragmentName: text()))
      }
    var element = OtherElement(kind, precedingComputers: precedingComputers)
    element.interfaces = interfaces(substrates: substrates)
    element.attributes = attributes()
    element.annotations = annotations()
    return element
  }

  /// Substrates and elements.
  private mutating func parts() -> Topology {
    var topology = Topology()
    for number in 0..<Int.random(in: 0...3, using: &random) {
      var substrate = Substrate(
        name: name(number), capacity: capacity(), latency: latency(), attributes: attributes())
      substrate.annotations = annotations()
      topology.substrates.append(substrate)
    }
    for number in 0..<Int.random(in: 0...6, using: &random) {
      if chance(3) {
        topology.otherElements.append(
          otherElement(
            number, substrates: topology.substrates.count, precedingComputers: topology.computers.count))
      } else {
        topology.append(computer(number), interfaces: interfaces(substrates: topology.substrates.count))
      }
    }
    return topology
  }

  private mutating func pairs() -> [NamePair] { some(2) { NamePair(outer: $0.text(), inner: $0.text()) } }

  mutating func next() -> Topology {
    var topology = parts()
    topology.version = pick(["1.0", "2.0", text()])
    topology.attributes = attributes()
    topology.fragments = some(2) {
      Fragment(name: $0.text(), topology: $0.parts(), interfaceMaps: $0.pairs())
    }
    topology.nameMaps = some(2) { NameMap(pathName: $0.text(), pairs: $0.pairs()) }
    return topology
  }
}
