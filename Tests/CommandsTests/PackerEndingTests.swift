import Foundation
import TestSupport
import Testing

@testable import Commands

/// How `packer partition` ends before its time, and what it leaves for others to check.
@Suite struct PackerEndingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    // A thorough search of this takes a minute.
    let size = 20
    var lines = ["\(size * size) \(2 * size * (size - 1))"]
    for vertex in 1...(size * size) {
      let column = (vertex - 1) % size
      let neighbors = [vertex - size, column > 0 ? vertex - 1 : 0, column + 1 < size ? vertex + 1 : 0, vertex + size]
      lines.append(neighbors.filter { (1...(size * size)).contains($0) }.map { "\($0)" }.joined(separator: " "))
    }
    try folder.write(lines.joined(separator: "\n") + "\n", to: "grid.graph")
  }

  private func packer(_ arguments: [String], signal: (number: Int32, after: Duration)? = nil) async throws
    -> Program.Result
  {
    try await Program.built("packer").run(arguments, in: folder.url, signal: signal)
  }

  private func expectInterrupted(_ result: Program.Result) async throws {
    #expect(result.status == 0)
    let summary = try JSONDecoder().decode(PartitionSummary.self, from: Data(result.output.utf8))
    #expect(summary.interrupted && summary.blocks == 40 && summary.maxBlockWeight == 10)
    // What was written is whole, and what it claims holds.
    let verified = try await packer(
      ["verify", "--capacity", "10", "--certificate", "proof.json", "grid.graph", "part", "--json"])
    #expect(verified.status == 0, "\(verified.output)")
    #expect(
      verified.output.contains("\"cost\" : \(summary.cost)") || verified.output.contains("\"cost\":\(summary.cost)"))
  }

  private static let thorough = [
    "partition", "--capacity", "10", "--effort", "thorough", "--json", "-o", "part", "--certificate", "proof.json",
    "grid.graph",
  ]

  @Test(arguments: [SIGINT, SIGTERM])
  func aRequestToEndIsAnsweredWithTheBestSoFar(number: Int32) async throws {
    try await expectInterrupted(try await packer(Self.thorough, signal: (number, .seconds(5))))
  }

  @Test func aDeadlineIsAnsweredWithTheBestSoFar() async throws {
    try await expectInterrupted(try await packer(Self.thorough + ["--time-limit", "0.5"]))
  }

  @Test func aRequestToEndWhileTheGraphIsReadEndsTheProgram() async throws {
    // A graph that never comes.
    let result = try await Program("/bin/bash").run(
      [
        "-c",
        "mkfifo x.graph; sleep 20 >x.graph & '\(Program.directory)/packer' partition --capacity 1 x.graph & sleep 1; "
          + "kill -TERM $!; wait $!; echo $?; kill %1",
      ], in: folder.url)
    #expect(result.output == "143\n")
  }

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: Self.validator), "check-jsonschema isn't installed"),
    arguments: [(2, "enumeration"), (5, " program")])
  func certificatesConformToTheirSchema(size: Int, source: String) async throws {
    let edges = (0..<size).flatMap { row in
      (0..<size).flatMap { column in
        [(row, column + 1), (row + 1, column)].filter { max($0.0, $0.1) < size }.map { other in
          "\(row * size + column + 1) \(other.0 * size + other.1 + 1)"
        }
      }
    }
    try folder.write("\(edges.count) \(size * size)\n" + edges.joined(separator: "\n") + "\n", to: "x.hgr")
    let result = try await packer(
      ["partition", "--capacity", "\(size)", "--effort", "fast", "--json", "--certificate"]
        + ["proof.json", "x.hgr"])
    #expect(result.status == 0 && result.output.contains("\(source)\""), "\(result.output)")
    let schema = Examples.root.appending(path: "schemas/bound-certificate.schema.json").path
    let check = try await Program(Self.validator).run(
      ["--schemafile", schema, folder.url.appending(path: "proof.json").path])
    #expect(check.status == 0, "\(check.output)")
    // And it does refuse something.
    let text = try String(contentsOf: folder.url.appending(path: "proof.json"), encoding: .utf8)
    try folder.write(text.replacing("\"version\":1", with: "\"version\":\"1\""), to: "wrong.json")
    let refused = try await Program(Self.validator).run(
      ["--schemafile", schema, folder.url.appending(path: "wrong.json").path])
    #expect(refused.status == 1)
  }

  private static let validator = Examples.root.appending(path: ".build/validators/bin/check-jsonschema").path
}
