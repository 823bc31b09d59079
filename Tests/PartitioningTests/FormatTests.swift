import Partitioning
import TestSupport
import Testing

@Suite struct FormatTests {
  private func graph(_ text: String) throws(GraphFileError) -> Hypergraph {
    try Hypergraph(metisGraph: Array(text.utf8), file: "x.graph")
  }

  private func hypergraph(_ text: String) throws(GraphFileError) -> Hypergraph {
    try Hypergraph(hmetis: Array(text.utf8), file: "x.hgr")
  }

  private static let triangle: [[Int32]] = [[0, 1], [0, 2], [1, 2]]

  // MARK: METIS graphs

  @Test(arguments: [
    "3 3\n2 3\n1 3\n1 2\n",
    "3 3 0\n2 3\n1 3\n1 2",
    "% a comment\n3 3 000\n%\n 2\t3 \n3 1\n%x\n1 2\n\n",
    "3 3\r\n2 3\r\n1 3\r\n1 2\r\n",
    "3 3 100\n9 2 3\n9 1 3\n9 1 2\n",
    "3 3 10 1\n1 2 3\n1 1 3\n1 1 2\n",
    "3 3 1\n2 1 3 1\n1 1 3 1\n1 1 2 1\n",
    "3 3 111\n5 1 2 1 3 1\n5 1 1 1 3 1\n5 1 1 1 2 1\n",
  ])
  func readsEveryVariantOfGraphs(text: String) throws {
    #expect(try graph(text) == Hypergraph(vertexWeights: [1, 1, 1], nets: Self.triangle))
  }

  @Test func readsWeightsAndIsolatedVertices() throws {
    let graph = try graph("4 2 011\n7 3 5\n\n0 1 5 4 2147483647\n2 3 2147483647\n".replacingBlankLine(with: "1"))
    #expect(
      graph
        == Hypergraph(vertexWeights: [7, 1, 0, 2], nets: [[0, 2], [2, 3]], netWeights: [5, 2_147_483_647]))
    #expect(try self.graph("3 1\n2\n1\n\n").vertexCount == 3)
    #expect(try self.graph("0 0\n").vertexCount == 0)
  }

  @Test(arguments: [
    ("", "x.graph:1: the file is empty; expected `vertices edges [fmt [ncon]]`"),
    ("3\n", "x.graph:1: the header has to be `vertices edges [fmt [ncon]]`"),
    ("-3 1\n", "x.graph:1: the header has to be `vertices edges [fmt [ncon]]`"),
    ("3 x\n", "x.graph:1: the header has to be `vertices edges [fmt [ncon]]`"),
    ("1 0 2\n\n", "x.graph:1: fmt has to be up to three digits, each 0 or 1"),
    ("1 0 1000\n\n", "x.graph:1: fmt has to be up to three digits, each 0 or 1"),
    ("1 0 10 2\n1 1\n", "x.graph:1: 2 weights a vertex; only 1 is supported"),
    ("1 0 0 1\n\n", "x.graph:1: ncon says 1 weight a vertex, but fmt says none; fmt has to be 10 or 11"),
    (
      "1000000000000 5\n",
      "x.graph:1: the header promises 1000000000000 vertices and 5 edges, more than 16 bytes can hold"
    ),
    ("2 1\n2\n", "x.graph:2: the header promises 2 vertices; the file ends after 1"),
    ("2 1\n2\n1\n1\n", "x.graph:4: more lines than the 2 vertices that the header promises"),
    ("2 2\n2\n1\n", "x.graph:1: the header promises 2 edges; the lists hold 1"),
    ("2 1\n3\n1\n", "x.graph:2: neighbour 3 isn't a vertex from 1 to 2"),
    ("2 1\n0\n1\n", "x.graph:2: neighbour 0 isn't a vertex from 1 to 2"),
    ("2 1\n2x\n1\n", "x.graph:2: expected a vertex number from 1 to 2"),
    ("2 1\n2 99999999999999999999\n1\n", "x.graph:2: expected a vertex number from 1 to 2"),
    ("2 1\n1\n1\n", "x.graph:2: vertex 1 is its own neighbour"),
    ("2 2\n2 2\n1 1\n", "x.graph:2: vertex 1 lists 2 twice"),
    (
      "% c\n3 2\n2\n1 3\n\n",
      "x.graph:2: the header promises 2 edges; the lists hold 1 and a half\n"
        + "x.graph:4: vertex 2 lists 3, but 3 doesn't list 2"
    ),
    ("3 1\n2\n3\n\n", "x.graph:2: vertex 1 lists 2, but 2 doesn't list 1"),
    ("2 1 1\n2 5\n1 6\n", "x.graph:2: the edge to 2 weighs 5 here and 6 there"),
    (
      "2 1 1\n2 0\n1 0\n",
      "x.graph:2: expected a edge weight from 1 to 2147483647\n"
        + "x.graph:3: expected a edge weight from 1 to 2147483647"
    ),
    ("2 1 10\n-1 2\n1 1\n", "x.graph:2: expected a vertex weight from 0 to 2147483647"),
    (
      "2 1\n9\n8\n",
      "x.graph:2: neighbour 9 isn't a vertex from 1 to 2\nx.graph:3: neighbour 8 isn't a vertex from 1 to 2"
    ),
  ])
  func refusesGraphsThatAreWrong(text: String, message: String) {
    let error = #expect(throws: GraphFileError.self) { try graph(text) }
    #expect(error?.description == message)
  }

  // MARK: hMETIS hypergraphs

  @Test func readsEveryVariantOfHypergraphs() throws {
    let plain = Hypergraph(vertexWeights: [1, 1, 1], nets: [[0, 1, 2], [1], [0, 1, 2]])
    #expect(try hypergraph("3 3\n1 2 3\n2\n3 1 2 2\n") == plain)
    #expect(try hypergraph("%c\n3 3 1\n1 1 2 3\n\n1 2\n%\n1 3 1 2\n\n") == plain)
    #expect(try hypergraph("3 3 10\n1 2 3\n2\n3 1 2\n1\n1\n1\n") == plain)
    #expect(
      try hypergraph("1 3 11\n0 1 3\n4\n0\n6\n")
        == Hypergraph(vertexWeights: [4, 0, 6], nets: [[0, 2]], netWeights: [0]))
    #expect(try hypergraph("0 2\n").vertexCount == 2)
  }

  @Test(arguments: [
    ("", "x.hgr:1: the file is empty; expected `nets vertices [fmt]`"),
    ("1 2 100\n1 2\n", "x.hgr:1: the header has to be `nets vertices [fmt]` with fmt 1, 10 or 11"),
    ("1 2 3\n1 2\n", "x.hgr:1: the header has to be `nets vertices [fmt]` with fmt 1, 10 or 11"),
    (
      "1 1000000000000\n1\n",
      "x.hgr:1: the header promises 1 nets and 1000000000000 vertices, more than 18 bytes can hold"
    ),
    ("2 2\n1 2\n", "x.hgr:2: the header promises 2 nets; the file ends after 1"),
    ("1 2\n1 3\n", "x.hgr:2: pin 3 isn't a vertex from 1 to 2"),
    ("1 2\n1 a\n", "x.hgr:2: expected a vertex number from 1 to 2"),
    ("1 2 1\n5\n", "x.hgr:2: the net has no vertices"),
    ("1 2 1\n-5 1\n", "x.hgr:2: expected a net weight from 0 to 2147483647"),
    ("1 2 10\n1 2\n1\n", "x.hgr:3: the header promises 2 vertex weights; the file ends after 1"),
    ("1 2 10\n1 2\n1 1\n1\n", "x.hgr:3: expected one vertex weight a line"),
    ("1 2\n1 2\n1\n", "x.hgr:3: more lines than the header promises"),
  ])
  func refusesHypergraphsThatAreWrong(text: String, message: String) {
    let error = #expect(throws: GraphFileError.self) { try hypergraph(text) }
    #expect(error?.description == message)
  }

  // MARK: Partitions and fix files

  @Test func partitionsComeBackAsTheyWereWritten() throws {
    let blocks: [Int32] = [0, 3, 1, 2_000_000, 0]
    let bytes = PartitionFile.contents(blocks: blocks)
    #expect(String(decoding: bytes, as: UTF8.self) == "0\n3\n1\n2000000\n0\n")
    #expect(try PartitionFile.blocks(bytes, file: "p", vertexCount: 5) == blocks)
  }

  @Test func fixFilesHaveMinusOneForFreeVertices() throws {
    #expect(try PartitionFile.fixedBlocks(Array("-1\n2\r\n".utf8), file: "f", vertexCount: 2) == [-1, 2])
  }

  @Test(arguments: [
    ("0\n", "p:1: the graph has 2 vertices; the file ends after 1"),
    ("", "p:1: the graph has 2 vertices; the file ends after 0"),
    ("0\n0\n0\n", "p:3: more lines than the graph's 2 vertices"),
    ("0\n-1\n", "p:2: expected a block number, at least 0"),
    ("0 1\nx\n", "p:1: expected a block number, at least 0\np:2: expected a block number, at least 0"),
  ])
  func refusesPartitionsThatAreWrong(text: String, message: String) {
    let error = #expect(throws: GraphFileError.self) {
      try PartitionFile.blocks(Array(text.utf8), file: "p", vertexCount: 2)
    }
    #expect(error?.description == message)
  }

  // MARK: Anything at all

  @Test(arguments: 0..<8 as Range<UInt64>)
  func damagedFilesAreReadOrRefusedButNeverTrap(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let originals = ["3 3 11\n1 2 4 3 5\n1 1 4 3 6\n1 1 5 2 6\n", "2 3 11\n3 1 2 3\n4 2 3\n1\n2\n3\n", "0\n1\n-1\n"]
    let alphabet = Array("0123456789 \n\r%-x\t".utf8)
    for _ in 0..<300 {
      var bytes = Array((originals.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.remove(at: index)
        case 1: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: index)
        case 2: bytes[index] = UInt8.random(in: 0...255, using: &random)
        default: bytes[index] = alphabet.randomElement(using: &random) ?? 0
        }
        if bytes.isEmpty { break }
      }
      if let graph = try? Hypergraph(metisGraph: bytes, file: "x") { #expect(graph.pins.count == 2 * graph.netCount) }
      if let hypergraph = try? Hypergraph(hmetis: bytes, file: "x") {
        #expect(hypergraph.netOffsets.count == hypergraph.netCount + 1)
      }
      if let blocks = try? PartitionFile.fixedBlocks(bytes, file: "x", vertexCount: 3) { #expect(blocks.count == 3) }
    }
  }
}

extension String {
  /// A vertex without neighbours, in a format where it has a weight.
  fileprivate func replacingBlankLine(with line: String) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { $0.isEmpty ? line : String($0) }.joined(separator: "\n") + "\n"
  }
}
