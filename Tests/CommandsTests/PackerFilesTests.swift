import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import Commands

/// The files that say what a problem is beside its graph, in the formats of other partitioners.
@Suite struct PackerFilesTests {
  private let folder: TemporaryFolder
  private let graph: String

  init() throws {
    folder = try TemporaryFolder()
    // A path of five vertices.
    graph = try folder.write("4 5\n1 2\n2 3\n3 4\n4 5\n", to: "path.hgr")
  }

  private func partition(_ arguments: String...) async throws -> Program.Result {
    try await Program.built("packer").run(["partition", "--effort", "fast"] + arguments + ["path.hgr"], in: folder.url)
  }

  @Test(arguments: ["--block-weights", "--part-weights"])
  func blocksHaveWeightsOfTheirOwn(option: String) async throws {
    try folder.write("% the last is small\n2\n2\n1\n", to: "weights")
    let result = try await partition(option, "weights")
    #expect(result.status == 0)
    let blocks = result.output.split(separator: "\n")
    #expect(["0", "1", "2"].map { block in blocks.count { $0 == block } } == [2, 2, 1])
    try folder.write(result.output, to: "part")
    let verified = try await Program.built("packer").run(
      ["verify", option, "weights", "path.hgr", "part"], in: folder.url)
    #expect(verified.status == 0 && verified.output == "feasible: 3 blocks, the heaviest 2, cost 2\n")
  }

  @Test func classesNeverShareABlock() async throws {
    try folder.write("7\n-1\n7\n7\n7\n", to: "classes")
    let result = try await partition("--capacity", "5", "--classes", "classes")
    #expect(result.output == "0\n1\n0\n0\n0\n")
    try folder.write("0\n0\n0\n0\n0\n", to: "part")
    let verified = try await Program.built("packer").run(
      ["verify", "--capacity", "5", "--classes", "classes", "path.hgr", "part"], in: folder.url)
    #expect(verified.status == 1)
    #expect(verified.errors == "part: block 0 holds vertices of different classes, such as 0 and 1\n")
  }

  @Test(arguments: ["--fixed", "--fixed-vertices", "--fix-file", "-f"])
  func verticesAreFixed(option: String) async throws {
    try folder.write("1\n-1\n-1\n-1\n0\n", to: "fix")
    let result = try await partition("--capacity", "3", "-k", "2", option, "fix")
    #expect(result.output.first == "1" && result.output.hasSuffix("0\n"))
  }

  @Test(arguments: [
    (["--block-weights", "f"], "3\nx\n0\n", "f:2: expected the weight that a block may have, at least 1"),
    (["--block-weights", "f"], "", "f:1: the file is empty; expected a line for each block"),
    (["--block-weights", "f", "-k", "3"], "3\n3\n", "f:2: the file has 2 block weights, but --blocks asks for 3"),
    (["--capacity", "3", "--classes", "f"], "1\n1\n1\n1\n1.5\n", "f:5: expected a class, an integer of 32 bits"),
    (["--capacity", "3", "--classes", "f"], "1\n1\n", "f:2: the graph has 5 vertices; the file ends after 2"),
    (["--capacity", "3", "--fixed", "f"], "1\n-2\n1\n1\n1\n", "f:2: expected a block number, or -1 for a free vertex"),
    (["--capacity", "3", "--fixed", "f"], "1\n1\n1\n1\n1\n1\n", "f:6: more lines than the graph's 5 vertices"),
  ])
  func mistakesHaveLines(options: [String], contents: String, message: String) async throws {
    try folder.write(contents, to: "f")
    let result = try await Program.built("packer").run(["partition"] + options + ["path.hgr"], in: folder.url)
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("Error: \(message)"))
  }

  @Test(arguments: [["path.hgr"], ["--capacity", "3", "--block-weights", "f", "path.hgr"]])
  func theWeightOfBlocksIsSaidOnce(arguments: [String]) async throws {
    #expect(throws: (any Error).self) { try PackerCommand.parseAsRoot(["partition"] + arguments) }
    #expect(try await Program.built("packer").run(["partition"] + arguments).status == 64)
  }

  @Test(arguments: [
    (
      ["--capacity", "1", "--fixed", "f"], "0\n0\n-1\n-1\n-1\n",
      "vertices 0, 1 fixed to block 0 (f) and --capacity 1 can't both hold; leaving vertex 0 free or --capacity 2 would "
        + "do"
    ),
    (
      ["--capacity", "4", "--blocks", "2", "--classes", "f"], "1\n2\n3\n3\n3\n",
      "--blocks 2, --capacity 4 and --classes f can't all hold; --blocks 3 would do"
    ),
    (["--block-weights", "f"], "1\n3\n", "--block-weights f can't be met"),
  ])
  func conflictsAreToldInTheUsersWords(options: [String], contents: String, message: String) async throws {
    try folder.write(contents, to: "f")
    let result = try await Program.built("packer").run(["partition"] + options + ["path.hgr"], in: folder.url)
    #expect(result.status == 1)
    #expect(result.errors.hasSuffix(": \(message)\n"), "\(result.errors)")
  }
}
