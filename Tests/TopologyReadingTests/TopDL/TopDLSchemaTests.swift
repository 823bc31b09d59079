import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing
import TopologyReading

private let validator: FilePath = "/usr/bin/xmllint"

/// The schema that the repository ships, as `xmllint` of libxml2-utils applies it.
///
/// Without that program these tests are skipped; `tools/setup` installs it.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: validator.string)))
struct TopDLSchemaTests {
  /// The names of those documents that the schema doesn't describe.
  private func refused(_ documents: [String: String]) async throws -> Set<String> {
    let folder = try TemporaryFolder()
    let names = documents.keys.sorted()
    for name in names { try folder.write(documents[name] ?? "", to: name) }
    let schema = Examples.root.appending(path: "schemas/topdl.rng").path
    let result = try await run(
      .path(validator), arguments: Arguments(["--noout", "--nonet", "--relaxng", schema] + names),
      workingDirectory: FilePath(folder.url.path), output: .discarded, error: .string(limit: 1 << 22))
    let lines = result.standardError.split(separator: "\n")
    let verdicts = names.map { name in (name, lines.contains("\(name) validates")) }
    return Set(verdicts.filter { !$0.1 }.map(\.0))
  }

  @Test func describesTheExamplesAndWhatWeWrite() async throws {
    var documents: [String: String] = [:]
    for (index, document) in TopDLExample.all.enumerated() { documents["example\(index)"] = document }
    for seed in 0..<100 {
      var random = RandomTopology(seed: UInt64(seed))
      let layout: TopDLWriter.Layout = seed.isMultiple(of: 2) ? .oneLine : .lines
      documents["random\(seed)"] = String(
        decoding: try TopDLWriter(layout: layout).bytes(of: random.next()), as: UTF8.self)
    }
    #expect(try await refused(documents) == [])
  }

  @Test func refusesWhatTheReaderRefuses() async throws {
    // What only the reader can tell: names that must be the only ones, substrates that must be there.
    let beyondSchemas: Set = [
      "duplicate substrate", "duplicate elements", "unknown substrate",
      "unknown substrates are in file order with what else is wrong", "duplicate interface names", "infinite time",
    ]
    let mistakes =
      TopDLErrorTests.roots + TopDLErrorTests.names + TopDLErrorTests.parts + TopDLErrorTests.values
      + TopDLErrorTests.interfaces + TopDLErrorTests.version2
    let documents = Dictionary(uniqueKeysWithValues: mistakes.map { ($0.name, $0.document) })
    let expected = Set(documents.keys).subtracting(beyondSchemas)
    #expect(expected.subtracting(try await refused(documents)) == [])
  }
}
