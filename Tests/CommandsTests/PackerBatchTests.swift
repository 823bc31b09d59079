import Foundation
import TestSupport
import Testing

@testable import Commands

/// `packer batch`, as its users run it.
@Suite struct PackerBatchTests {
  private let packer = Program.built("packer")
  private let folder: TemporaryFolder
  private let output: String

  private static let header =
    "name,vertices,nets,hosts,cost,bound,optimal,gap,seconds,peakMemory,capacity,effort,seed,error"

  init() throws {
    folder = try TemporaryFolder()
    output = folder.url.appending(path: "results.csv").path
    try folder.write("4 4\n2 4\n1 3\n2 4\n1 3\n", to: "in/square.graph")
    try folder.write("2 4\n1 2\n3 4\n", to: "in/deep/er/pairs.hgr")
    try folder.write("2 1\n3\n1\n", to: "in/bad.graph")
    try folder.write("no input", to: "in/notes.txt")
    try folder.write(
      """
      source tb_compat.tcl
      set ns [new Simulator]
      set a [$ns node]
      set b [$ns node]
      set l [$ns duplex-link $a $b 10Mb 0ms DropTail]
      $ns run
      """, to: "in/two.tcl")
  }

  private func run(_ arguments: String...) async throws -> Program.Result {
    try await packer.run(["batch", "--capacity", "2", "--effort", "fast"] + arguments, in: folder.url)
  }

  private func lines() throws -> [String] {
    try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test func everyInputHasARowAndABadOneStopsNothing() async throws {
    let result = try await run("in", "in/s*.graph", "nowhere.graph", "-o", output)
    #expect(result.status == 1)
    #expect(result.errors == "Error: 2 of 5 inputs failed: their rows say why\n")
    let lines = try lines()
    #expect(lines.first == Self.header)
    let rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      .sorted { $0[0] < $1[0] }
    #expect(
      rows.map { $0[0] } == [
        "in/bad.graph", "in/deep/er/pairs.hgr", "in/square.graph", "in/two.tcl", "nowhere.graph",
      ])
    #expect(rows[1][1...7] == ["4", "2", "2", "0", "0", "true", "0.0"])
    #expect(rows[2][1...7] == ["4", "4", "2", "2", "2", "true", "0.0"])
    #expect(rows[3][1...4] == ["2", "1", "1", "0"])
    #expect(rows[1...3].allSatisfy { Double($0[8]) ?? -1 >= 0 && Int($0[9]) ?? 0 > 1 << 20 })
    #expect(rows[0][1..<10].joined() == "")
    #expect(rows[0][13] == "in/bad.graph:2: neighbour 3 isn't a vertex from 1 to 2")
    #expect(rows[4][13] == "nowhere.graph: can't be read: no such file or directory")
  }

  @Test func whatIsFinishedIsKeptAndWhatIsBrokenOffOrFailedIsDoneAgain() async throws {
    let finished = "in/square.graph,4,4,2,77,0,false,1.0,0.1,9,2,fast,1,"
    let other = "in/two.tcl,2,1,1,0,0,true,0.0,0.1,9,2,thorough,1,"
    let failed = "in/deep/er/pairs.hgr,,,,,,,,,,2,fast,1,packer was ended by signal 9"
    try folder.write("\(Self.header)\n\(finished)\n\(failed)\n\(other)\nin/two.tcl,2,1", to: "results.csv")
    #expect(try await run("in/square.graph", "in/deep", "in/two.tcl", "-o", output).status == 0)
    let lines = try lines()
    #expect(lines.count == 5)
    #expect(Array(lines.prefix(3)) == [Self.header, finished, other], "a result for another effort stays, too")
    #expect(
      lines.dropFirst(3).map { $0.prefix { $0 != "," } }.sorted() == ["in/deep/er/pairs.hgr", "in/two.tcl"])
    #expect(try await run("in/square.graph", "in/deep", "in/two.tcl", "-o", output).status == 0)
    #expect(try self.lines() == lines, "nothing is left to do")
  }

  @Test func rowsMayBeJSON() async throws {
    let result = try await run("--json", "in/deep", "in/bad.graph")
    #expect(result.status == 1)
    let rows = try result.output.split(separator: "\n").map {
      try JSONDecoder().decode(BatchRow.self, from: Data($0.utf8))
    }
    #expect(rows.map(\.name).sorted() == ["in/bad.graph", "in/deep/er/pairs.hgr"])
    let good = try #require(rows.first { $0.error == nil })
    #expect((good.hosts, good.cost, good.bound) == (2, 0, 0) && good.optimal == true)
    try folder.write(result.output, to: "results.csv")
    #expect(try await run("--json", "in/deep", "-o", output).status == 0)
    #expect(try lines().count == 1, "the failed row is gone, the good one is kept")
  }

  @Test func nothingForeignIsOverwritten() async throws {
    try folder.write("important\n", to: "results.csv")
    for options in [[], ["--json"]] {
      let result = try await packer.run(
        ["batch", "--capacity", "2", "in/deep", "-o", output] + options, in: folder.url)
      #expect(result.status == 1 && result.errors.hasPrefix("Error: \(output):1: not a "))
    }
    #expect(try lines() == ["important"])
  }

  @Test func aRequestToEndKeepsWhatIsDone() async throws {
    let result = try await packer.run(
      [
        "batch", "--capacity", "10", "--effort", "thorough", "--jobs", "1", "-o", output, "in/square.graph",
        Examples.datasets.appending(path: "graphs/barabasi-albert-2000.graph").path,
      ], in: folder.url, signal: (SIGINT, .seconds(3)))
    #expect(result.status == 130 && result.errors.isEmpty)
    #expect(result.duration < .seconds(30))
    let text = try String(contentsOfFile: output, encoding: .utf8)
    #expect(text.hasPrefix(Self.header + "\n") && text.hasSuffix("\n"))
    #expect(text.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix("in/square.graph,4,4,1,0,0,true,") })
  }

  @Test(arguments: [["batch", "x"], ["batch", "--capacity", "0", "x"], ["batch", "--capacity", "1"]])
  func refusesWrongUsage(arguments: [String]) async throws {
    #expect(try await packer.run(arguments).status == 64)
  }

  @Test(arguments: [
    ["a", "b"], ["", ""], ["a,b", "say \"no\"", "two\nlines", "\r"], ["\""], ["\"\"", ","], ["ä", "x\r"],
  ])
  func fieldsAreReadAsTheyWereWritten(fields: [String]) {
    let record = CommaSeparatedValues.record(fields)
    let read = CommaSeparatedValues.records(Array((record + record + "broken \"off\n").utf8))
    #expect(read.map(\.fields) == [fields, fields])
    #expect(read.map(\.range) == [0..<record.utf8.count, record.utf8.count..<(2 * record.utf8.count)])
  }

  @Test func linesMayEndAsOnOtherSystems() {
    #expect(
      CommaSeparatedValues.records(Array("a,b\r\n\"c\"\r\n\r\n".utf8)).map(\.fields) == [["a", "b"], ["c"], [""]])
  }
}
