import Foundation
import GRDB
import SystemPackage
import TestSupport
import Testbed
import Testing

@testable import Swapping

struct NamesTests {
  @Test(arguments: ["", "127.0.0.1 localhost\n", "no end", "# caf\u{e9}\n\n"], [true, false])
  func aBlockComesAndGoesAndLeavesTheRestOfAFileAsItWas(_ text: String, isFirst: Bool) throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "hosts").path
    if !text.isEmpty { try folder.write(text, to: "hosts") }
    func content() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    let place: MarkedBlock.Place = isFirst ? .beginning : .end
    let one = MarkedBlock(in: FilePath(path), mark: "P1/e1", at: place)
    let other = MarkedBlock(in: FilePath(path), mark: "P1/e10", at: place)
    try one.write(["10.0.0.1\ta"])
    try other.write(["10.0.0.2\tb", "10.0.0.3\tc"])
    try one.write(["10.0.0.4\td"])
    let lines = try content().split(separator: "\n").map(String.init)
    #expect(["10.0.0.2\tb", "10.0.0.3\tc", "10.0.0.4\td"].allSatisfy(lines.contains) && !lines.contains("10.0.0.1\ta"))
    try other.remove()
    try one.remove()
    #expect(text.isEmpty ? !FileManager.default.fileExists(atPath: path) : try content() == text)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == (text.isEmpty ? 0 : 1))
  }

  @Test func aBlockWithoutAnEndIsLeftToItsUser() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "hosts").path
    let block = MarkedBlock(in: FilePath(path), mark: "P1/e1", at: .end)
    try block.write(["10.0.0.1\ta"])
    let broken =
      try "\n" + String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropLast().joined(separator: "\n")
      + "\n"
    try folder.write(broken, to: "hosts")
    let error = #expect(throws: TestbedError.self) { try block.remove() }
    #expect(error?.description.contains("hosts:2: what containerize wrote there has no end any more") == true)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == broken)
  }

  @Test func addressesBecomeTheFewestPrefixesThatHaveNoOthers() {
    let prefixes = AddressRanges.prefixes(of: [2, 3, 4, 5, 6, 7, 8, 9, 2].map { $0 + 192 << 24 })
    #expect(prefixes.map(\.description) == ["192.0.0.2/31", "192.0.0.4/30", "192.0.0.8/31"])
    #expect(AddressRanges.prefixes(of: Array(0..<256)).map(\.description) == ["0.0.0.0/24"])
    #expect(AddressRanges.prefixes(of: []).isEmpty)
  }

  @Test(arguments: [
    ("192.168.0.0/16", "192.168.3.4", true), ("192.168.3.4", "192.168.0.0/16", true),
    ("10.0.0.0/9", "10.128.0.0/9", false), ("0.0.0.0/0", "1.2.3.4/32", true),
    ("192.168.0.4/30", "192.168.0.8/29", false),
  ])
  func prefixesOverlapWhereAnAddressIsInBoth(_ one: String, _ other: String, _ isSo: Bool) throws {
    let (one, other) = (try #require(AddressRanges.Prefix(one)), try #require(AddressRanges.Prefix(other)))
    #expect(one.overlaps(other) == isSo && other.overlaps(one) == isSo)
    #expect(AddressRanges.Prefix("1.2.3") == nil && AddressRanges.Prefix("1.2.3.4/33") == nil)
  }

  @Test func aDatabaseThatSomebodyHoldsIsWaitedForAndNamed() throws {
    let folder = try TemporaryFolder()
    let root = FilePath(folder.url.path)
    let database = try TestbedDatabase(root: root, patience: 0.01)
    let name = try ExperimentName(project: "P1", experiment: "e1")
    try database.setState(.active, of: name, "there")
    let holder = try DatabaseQueue(path: root.appending("testbed.sqlite").string)
    try holder.writeWithoutTransaction { held in
      try held.execute(sql: "BEGIN EXCLUSIVE")
      defer { try? held.execute(sql: "ROLLBACK") }
      let error = #expect(throws: TestbedError.self) {
        _ = try TestbedDatabase(root: root, patience: 0.01).setState(.swapped, of: name, "gone")
      }
      #expect(error?.description.contains("testbed.sqlite can't be ") == true)
      #expect(error?.description.contains("another program holds it") == true)
    }
    #expect(try database.state(of: name)?.state == .active)
  }
}
