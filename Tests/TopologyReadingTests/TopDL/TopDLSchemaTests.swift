import Foundation
import TestSupport
import Testing
import TopologyReading

private let validator = "/usr/bin/xmllint"

/// The schema that the repository ships, as `xmllint` of libxml2-utils applies it.
///
/// Without that program these tests are skipped; `tools/setup` installs it.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: validator)))
struct TopDLSchemaTests {
  /// The names of those documents that the schema doesn't describe.
  private func refused(_ documents: [String: String]) throws -> Set<String> {
    let folder = try TemporaryFolder()
    let names = documents.keys.sorted()
    for name in names { try folder.write(documents[name] ?? "", to: name) }
    let process = Process()
    process.executableURL = URL(filePath: validator)
    process.arguments =
      ["--noout", "--nonet", "--relaxng", Examples.root.appending(path: "schemas/topdl.rng").path] + names
    process.currentDirectoryURL = folder.url
    let output = Pipe()
    process.standardError = output
    try process.run()
    let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(
      separator: "\n")
    process.waitUntilExit()
    let verdicts = names.map { name in (name, lines.contains("\(name) validates")) }
    return Set(verdicts.filter { !$0.1 }.map(\.0))
  }

  @Test func describesTheExamplesAndWhatWeWrite() throws {
    var documents: [String: String] = [:]
    for (index, document) in TopDLExample.all.enumerated() { documents["example\(index)"] = document }
    for seed in 0..<100 {
      var random = RandomTopology(seed: UInt64(seed))
      let layout: TopDLWriter.Layout = seed.isMultiple(of: 2) ? .oneLine : .lines
      documents["random\(seed)"] = String(
        decoding: try TopDLWriter(layout: layout).bytes(of: random.next()), as: UTF8.self)
    }
    #expect(try refused(documents) == [])
  }

  @Test func refusesWhatTheReaderRefuses() throws {
    // What only the reader can tell: names that must be the only ones, substrates that must be there.
    let beyondSchemas: Set = [
      "duplicate substrate", "duplicate elements", "unknown substrate",
      "unknown substrates are in file order with what else is wrong", "duplicate interface names", "infinite time",
    ]
    let mistakes =
      TopDLErrorTests.roots + TopDLErrorTests.names + TopDLErrorTests.parts + TopDLErrorTests.values
      + TopDLErrorTests.interfaces + TopDLErrorTests.version2
    let documents = Dictionary(uniqueKeysWithValues: mistakes.map { ($0.name, $0.document) })
    // A computer without a name has more than one thing wrong where unknown substrates are in file order.
    let expected = Set(documents.keys).subtracting(beyondSchemas)
    #expect(expected.subtracting(try refused(documents)) == [])
  }
}
