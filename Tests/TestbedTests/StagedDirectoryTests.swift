import Foundation
import SystemPackage
import TestSupport
import Testbed
import Testing

struct StagedDirectoryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var paths: [String] { FileSnapshot(of: folder.url).paths }
  private func place(_ path: String) -> FilePath { FilePath(folder.url.appending(path: path).path) }

  @Test func appearsAllAtOnceWithTheDirectoriesAboveIt() throws {
    let staged = try StagedDirectory(for: place("a/b/c"))
    try staged.write([1, 2], to: "x/y")
    try staged.write([], to: "z")
    #expect(paths.allSatisfy { $0.hasPrefix(".staged-") })
    try staged.commit()
    #expect(paths == ["a", "a/b", "a/b/c", "a/b/c/x", "a/b/c/x/y", "a/b/c/z"])
    #expect(FileSnapshot(of: folder.url).contents["a/b/c/x/y"] == Data([1, 2]))
  }

  @Test func isReadableByThoseWhomTheUserLets() throws {
    try StagedDirectory(for: place("a")).commit()
    let attributes = try FileManager.default.attributesOfItem(atPath: place("a").string)
    try FileManager.default.createDirectory(atPath: place("b").string, withIntermediateDirectories: false)
    let usual = try FileManager.default.attributesOfItem(atPath: place("b").string)
    #expect(attributes[.posixPermissions] as? Int == usual[.posixPermissions] as? Int)
  }

  @Test func leavesNothingWhenItIsDiscardedOrForgotten() throws {
    let staged = try StagedDirectory(for: place("a/b"))
    try staged.write([1], to: "x/y")
    staged.discard()
    #expect(paths == [])
    #expect(throws: TestbedError.self) { try staged.write([1], to: "z") }
    #expect(throws: TestbedError.self) { try staged.commit() }
    #expect(paths == [])
    do { try StagedDirectory(for: place("a/b")).write([1], to: "x") }
    #expect(paths == [])
  }

  @Test func discardingAfterCommittingChangesNothing() throws {
    let staged = try StagedDirectory(for: place("a"))
    try staged.write([1], to: "x")
    try staged.commit()
    staged.discard()
    #expect(paths == ["a", "a/x"])
  }

  @Test func replacesAnEmptyDirectoryAndNothingElse() throws {
    try FileManager.default.createDirectory(atPath: place("empty").string, withIntermediateDirectories: false)
    try folder.write("mine", to: "full/x")
    try folder.write("mine", to: "file")
    try FileManager.default.createSymbolicLink(atPath: place("link").string, withDestinationPath: "empty")
    try FileManager.default.createSymbolicLink(atPath: place("nowhere").string, withDestinationPath: "missing")
    let before = FileSnapshot(of: folder.url)
    for name in ["full", "file", "link", "nowhere"] {
      let error = #expect(throws: TestbedError.self) { try StagedDirectory(for: place(name)) }
      #expect(error?.description == "\(place(name)) exists already")
    }
    #expect(FileSnapshot(of: folder.url) == before)
    let staged = try StagedDirectory(for: place("empty"))
    try staged.write([1], to: "x")
    try staged.commit()
    #expect(paths.contains("empty/x"))
  }

  @Test func givesWayToWhatAppearsMeanwhile() throws {
    let staged = try StagedDirectory(for: place("a/b"))
    try staged.write([1], to: "x")
    try folder.write("theirs", to: "a/b/y")
    let before = FileSnapshot(of: folder.url).contents.filter { !$0.key.hasPrefix(".staged-") }
    let error = #expect(throws: TestbedError.self) { try staged.commit() }
    #expect(error?.description == "\(place("a/b")) exists already")
    staged.discard()
    #expect(FileSnapshot(of: folder.url).contents == before)
  }

  @Test(arguments: ["/proc/nowhere", "/proc/nowhere/deep", "/dev/null/x"])
  func saysWhereItCannotWrite(_ path: String) {
    let error = #expect(throws: TestbedError.self) { try StagedDirectory(for: FilePath(path)) }
    #expect(error?.description.hasPrefix("can't write in /") == true)
  }

  @Test(arguments: ["", "/", ".", "..", "x/.."])
  func refusesWhatIsNoNewDirectory(_ path: String) {
    #expect(throws: TestbedError.self) { try StagedDirectory(for: FilePath(path)) }
  }

  @Test func removesWhatKilledProcessesLeftAndNothingThatIsInUse() throws {
    let root = place("store")
    let living = try StagedDirectory(for: root.appending("p").appending("living"), root: root)
    try living.write([1], to: "x")
    // Processes killed when there was no store yet, no project, and one.
    for path in [".staged-0", "store/.staged-1", "store/p/.staged-2"] {
      try folder.write("left", to: "\(path)/contents/x")
    }
    try folder.write("a file", to: ".staged-file")
    try folder.write("mine", to: "store/p/.other/x")
    do { _ = try StagedDirectory(for: root.appending("p").appending("next"), root: root) }
    try living.commit()
    #expect(
      paths == [
        ".staged-file", "store", "store/p", "store/p/.other", "store/p/.other/x", "store/p/living", "store/p/living/x",
      ])
  }

  @Test(arguments: 0..<5)
  func ofManyAtATimeExactlyOneIsMade(_ round: Int) async throws {
    let target = place("p\(round)/e")
    let winners = await withTaskGroup(of: UInt8?.self) { group in
      for number in UInt8(0)..<8 {
        group.addTask {
          guard let staged = try? StagedDirectory(for: target, root: target.removingLastComponent()) else { return nil }
          do {
            try staged.write([number], to: "x")
            await Task.yield()
            try staged.commit()
            return number
          } catch {
            return nil
          }
        }
      }
      return await group.reduce(into: [UInt8]()) { winners, number in number.map { winners.append($0) } }
    }
    #expect(winners.count == 1)
    #expect(paths == ["p\(round)", "p\(round)/e", "p\(round)/e/x"])
    #expect(FileSnapshot(of: folder.url).contents["p\(round)/e/x"] == Data(winners))
  }

  @Test(arguments: 0..<5)
  func differentOnesInTheSameNewDirectoryAreAllMadeThoughSomeGiveUp(_ round: Int) async throws {
    let parent = place("p\(round)/exp")
    let failures = await withTaskGroup(of: String?.self) { group in
      for number in 0..<8 {
        group.addTask {
          do {
            let staged = try StagedDirectory(for: parent.appending("e\(number)"), root: parent)
            try staged.write([1], to: "x")
            number.isMultiple(of: 2) ? try staged.commit() : staged.discard()
            return nil
          } catch {
            return "\(error)"
          }
        }
      }
      return await group.reduce(into: [String]()) { failures, failure in failure.map { failures.append($0) } }
    }
    #expect(failures == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent.string).sorted() == ["e0", "e2", "e4", "e6"])
  }
}
