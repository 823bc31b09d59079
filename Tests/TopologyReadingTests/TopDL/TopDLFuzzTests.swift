import TestSupport
import Testing
import TopologyModel
import TopologyReading

/// Damaged documents: each is refused with errors, or read as a topology that survives writing.
@Suite struct TopDLFuzzTests {
  @Test func damagedDocumentsAreRefusedOrRead() throws {
    var readCount: UInt64 = 0
    let count = try Fuzzing.forEachSeed(usual: 1500) { seed in
      if try isRead(seed: seed) { readCount += 1 }
    }
    #expect(readCount > 0, "some damage does no harm")
    #expect(readCount < count)
  }

  /// Reads a damaged document, and tells whether it is one yet.
  private func isRead(seed: UInt64) throws -> Bool {
    do {
      let topology = try TopDLReader.read(DamagedDocument(seed: seed).bytes, file: "x")
      let bytes = try TopDLWriter().bytes(of: topology)
      #expect(try TopDLReader.read(bytes, file: "x") == topology, "seed \(seed)")
      return true
    } catch let error as ReadError {
      #expect(!error.diagnostics.isEmpty && error.diagnostics.allSatisfy { !$0.message.isEmpty }, "seed \(seed)")
      return false
    }
  }
}

/// A document with a few random changes.
private struct DamagedDocument {
  var bytes: [UInt8]
  private var random: SplitMix64

  private static let examples = TopDLExample.all.map { Array($0.utf8) }

  private static let pieces =
    [
      "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?x ?>", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "&",
      "&amp;",
      "&#0;", "&#10;", "&#x110000;", "&a;", ";", "\"", "'", "=", " count=\"1\"", "\0", "\r\n", "\u{FEFF}", "\u{85}",
      "é",
      "1e999", "-1", "nan", "inf000", "s0", "<elements><computer><name>a</name></computer></elements>",
      "<substrates><name>s1</name></substrates>", "<attribute><attribute>k</attribute><value>v</value></attribute>",
      "<interface><substrate>s0</substrate></interface>", "<?xml version='1.0' encoding='UTF-16'?>", "</service",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF, 0xFE]]

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    bytes = Self.examples[Int(seed % 4)]
    if seed % 5 == 0 {
      var topologies = RandomTopology(seed: seed)
      bytes = (try? TopDLWriter().bytes(of: topologies.next())) ?? []
    }
    for _ in 0..<Int.random(in: 1...4, using: &random) { damage() }
  }

  private mutating func damage() {
    let start = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, start + Int.random(in: 0...60, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &random))
    case 2: bytes.removeSubrange(end...)
    case 3 where start < bytes.count: bytes[start] = UInt8.random(in: 0...255, using: &random)
    default:
      let piece = Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
      bytes.replaceSubrange(start..<min(bytes.count, start + Int.random(in: 0...3, using: &random)), with: piece)
    }
  }
}
