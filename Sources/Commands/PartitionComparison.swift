internal import ArgumentParser
internal import Partitioning

/// Whose answers are shown beside ours.
enum Competitor: String, ExpressibleByArgument, CaseIterable, Sendable {
  case metis
}

/// Answers to the same problem, found one after the other in the same run, all counted by ``PartitionVerifier``.
struct PartitionComparison {
  /// One partitioner's answer.
  struct Row: Codable {
    var partitioner: String
    /// Whether it meets every rule of the problem.
    var feasible: Bool
    /// The blocks that hold a vertex.
    var blocks: Int?
    var maxBlockWeight: Int?
    var cost: Int?
    var seconds: Double
    /// Why there is no answer, or the first thing that is wrong with it.
    var reason: String?
  }

  private(set) var rows: [Row] = []
  private let problem: PartitioningProblem

  /// A comparison that begins with an answer of ours.
  init(_ problem: PartitioningProblem, partition: Partition, seconds: Double) {
    self.problem = problem
    add("packer", blocks: partition.blocks, seconds: seconds, otherwise: "")
  }

  /// Adds METIS's answers for as few blocks, and that of the historical loop.
  mutating func addMetis(blocks count: Int, seed: UInt64, interruption: Interruption) {
    guard let metis = MetisBaseline(problem, seed: seed) else {
      return add("METIS", blocks: nil, seconds: 0, otherwise: "the cliques of large nets have too many edges")
    }
    for scheme in MetisBaseline.Scheme.allCases where !interruption.hasHappened {
      add("METIS \(scheme.rawValue)", otherwise: "METIS gave up") { metis.blocks(count, by: scheme) }
    }
    add("METIS until it fits", otherwise: interruption.hasHappened ? "interrupted" : "METIS gave up") {
      metis.untilItFits(from: count) { interruption.hasHappened }
    }
  }

  private mutating func add(_ partitioner: String, otherwise: @autoclosure () -> String, _ solve: () -> [Int32]?) {
    let begin = ContinuousClock.now
    let blocks = solve()
    add(partitioner, blocks: blocks, seconds: (ContinuousClock.now - begin) / .seconds(1), otherwise: otherwise())
  }

  private mutating func add(_ partitioner: String, blocks: [Int32]?, seconds: Double, otherwise: String) {
    var row = Row(partitioner: partitioner, feasible: false, seconds: (seconds * 1e6).rounded() / 1e6)
    if let blocks {
      let report = PartitionVerifier(problem).report(blocks)
      row.feasible = report.isFeasible
      row.blocks = report.blockCount
      row.maxBlockWeight = report.maxBlockWeight
      row.cost = report.cost
      row.reason = report.violations.first?.description
    } else {
      row.reason = otherwise
    }
    rows.append(row)
  }

  /// The comparison for a person: a table.
  var text: String {
    func text(_ value: Int?) -> String { value.map { String($0) } ?? "-" }
    let lines =
      [["partitioner", "feasible", "blocks", "heaviest", "cost", "seconds"]]
      + rows.map { row in
        [
          row.partitioner, row.feasible ? "yes" : "no", text(row.blocks), text(row.maxBlockWeight), text(row.cost),
          String((row.seconds * 1e3).rounded() / 1e3),
        ]
      }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return zip(lines, [nil] + rows.map(\.reason)).map { line, reason in
      let cells = zip(line, widths).enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + blanks : blanks + cell.0
      }
      return cells.joined(separator: "  ") + (reason.map { "  \($0)" } ?? "") + "\n"
    }.joined()
  }
}
