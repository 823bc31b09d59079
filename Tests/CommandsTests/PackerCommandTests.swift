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

  @Test func writesACertificateThatVerifyChecks() async throws {
    let folder = try TemporaryFolder()
    let graph = try folder.write(Self.square, to: "square.graph")
    let part = folder.url.appending(path: "square.part").path, proof = folder.url.appending(path: "square.json").path
    try await run(["partition", "--capacity", "2", "--certificate", proof, "-o", part, "--json", graph])
    let program = Program.built("packer")
    let arguments = ["verify", "--capacity", "2", "--certificate", proof]
    let accepted = try await program.run(arguments + [graph, part])
    #expect(
      accepted.output == "feasible: 2 blocks, the heaviest 2, cost 2\nbound holds: no partition has fewer than 2 "
        + "blocks, and none into 2 costs less than 2; this one is optimal\n")
    let text = try String(contentsOfFile: proof, encoding: .utf8)
    _ = try folder.write(text.replacing("\"lowerBound\":2", with: "\"lowerBound\":3"), to: "square.json")
    let refused = try await program.run(arguments + [graph, part])
    #expect(refused.status == 1 && refused.errors.hasPrefix("\(proof): doesn't prove that nothing costs less than 3: "))
    _ = try folder.write("{\"version\": 1}", to: "square.json")
    #expect(
      await failure(arguments + [graph, part]) == "\(proof): isn't a certificate of a bound: blocks is missing")
  }

  @Test func showsWhatMetisAnswersInTheSameRun() async throws {
    let folder = try TemporaryFolder()
    let graph = try folder.write(Self.square, to: "square.graph")
    let arguments = ["partition", "--capacity", "2", "--effort", "fast", "--compare", "metis", graph]
    let table = try await Program.built("packer").run(arguments)
    #expect(table.status == 0)
    let lines = table.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.count == 5)
    #expect(lines[0] == "partitioner feasible blocks heaviest cost seconds")
    #expect(lines[1].hasPrefix("packer yes 2 2 2 0"))
    #expect(lines[2].hasPrefix("METIS k-way ") && lines[3].hasPrefix("METIS recursive bisection "))
    #expect(lines[4].hasPrefix("METIS until it fits yes "))
    let json = try await Program.built("packer").run(arguments + ["--json"])
    let summary = try JSONDecoder().decode(PartitionSummary.self, from: Data(json.output.utf8))
    let rows = try #require(summary.comparison)
    #expect(
      rows.map(\.partitioner) == ["packer", "METIS k-way", "METIS recursive bisection", "METIS until it fits"])
    #expect(rows[0].feasible && rows[0].blocks == summary.blocks && rows[0].cost == summary.cost)
    #expect(rows[3].feasible && (rows[3].maxBlockWeight ?? 9) <= 2)
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
        == "\(graph): 1 blocks are asked for, but 2 are needed: --blocks 1 and --capacity 2 can't both hold; "
        + "--blocks 2 or --capacity 4 would do")
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
