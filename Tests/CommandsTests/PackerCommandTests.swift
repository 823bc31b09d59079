import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import Commands

/// `packer`, in this process, with real files.
@Suite struct PackerCommandTests {
  private static let square = "4 4\n2 4\n1 3\n2 4\n1 3\n"

  private func run(_ arguments: [String]) async throws {
    var command = try #require(try PackerCommand.parseAsRoot(arguments) as? any AsyncParsableCommand)
    try await command.run()
  }

  private func failure(_ arguments: [String]) async -> String {
    do { try await run(arguments) } catch { return "\(error)" }
    return "no failure"
  }

  @Test func partitionsAGraphThatVerifyAccepts() async throws {
    let folder = try TemporaryFolder()
    let graph = try folder.write(Self.square, to: "square.graph")
    let part = folder.url.appending(path: "square.part").path
    try await run(["partition", "--capacity", "2", "--effort", "fast", "-o", part, "--json", graph])
    #expect(try ["0\n0\n1\n1\n", "0\n1\n1\n0\n"].contains(String(contentsOfFile: part, encoding: .utf8)))
    try await run(["verify", "--capacity", "2", graph, part])
    await #expect(throws: ExitCode(1)) { try await run(["verify", "--capacity", "1", graph, part]) }
    await #expect(throws: ExitCode(1)) { try await run(["verify", "--capacity", "2", "--blocks", "3", graph, part]) }
    // Nothing but the two files is left.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["square.graph", "square.part"])
  }

  @Test func keepsFixedVerticesInTheirBlocks() async throws {
    let folder = try TemporaryFolder()
    let graph = try folder.write("2 4\n1 2\n3 4\n", to: "pairs.hgr")
    let fixed = try folder.write("1\n-1\n0\n-1\n", to: "pairs.fix")
    let part = folder.url.appending(path: "pairs.part").path
    try await run(["partition", "--capacity", "2", "--fixed", fixed, "-o", part, graph])
    #expect(try String(contentsOfFile: part, encoding: .utf8) == "1\n1\n0\n0\n")
  }

  @Test func saysWhatIsWrongWithFilesAndRequests() async throws {
    let folder = try TemporaryFolder()
    let graph = try folder.write(Self.square, to: "square.graph")
    let bad = try folder.write("2 1\n3\n1\n", to: "bad.graph")
    #expect(await failure(["partition", "--capacity", "2", bad]) == "\(bad):2: neighbour 3 isn't a vertex from 1 to 2")
    #expect(
      await failure(["partition", "--capacity", "2", "--blocks", "1", graph])
        == "\(graph): 1 blocks are asked for, but 2 are needed")
    #expect(await failure(["partition", "--capacity", "2", "x.txt"]).hasPrefix("x.txt: unknown kind of file"))
    #expect(
      await failure(["partition", "--capacity", "2", "/nowhere/x.graph"]).hasPrefix("/nowhere/x.graph: can't be read"))
    #expect(
      await failure(["partition", "--capacity", "2", "-o", "/nowhere/x", graph]).hasPrefix(
        "/nowhere/x: can't be written"))
  }

  @Test(arguments: [
    ["partition", "x.graph"], ["partition", "--capacity", "0", "x.graph"], ["verify", "--capacity", "1", "x"],
  ])
  func refusesWrongUsage(arguments: [String]) async {
    let error = await #expect(throws: (any Error).self) { try await run(arguments) }
    #expect(error.map { PackerCommand.exitCode(for: $0) } == .validationFailure)
  }
}
