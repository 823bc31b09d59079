import ArgumentParser
import Datasets

/// How fast the programs are and how much memory they take.
///
/// Every claim is measured once a round, and its reference right after it, so that both meet the same machine.
struct Speed: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures time and memory; prints medians of interleaved rounds.")

  @OptionGroup var places: Places

  @Option(help: "How often each command is measured.")
  var rounds = 5

  func run() throws {
    try places.withScratch { scratch in
      let topdl = "\(scratch)/torus-100000.xml"
      var dataset = Dataset(.torus, nodes: 100_000, format: .topdl)
      // With every computer pinned there is nothing to partition.
      dataset.decoration.partitionSize = 10
      var file = try FileOutput(path: topdl)
      dataset.write(dataset.network(), to: &file)
      try file.finish()

      var results = claims(topdl: topdl).map { (claim: $0, ours: [Command.Usage](), reference: [Command.Usage]()) }
      for _ in 0..<rounds {
        for index in results.indices {
          let claim = results[index].claim
          results[index].ours.append(try claim.measure(claim.command))
          if let reference = claim.reference { results[index].reference.append(try claim.measure(reference)) }
        }
      }

      var table = Table("job", "ms", "reference ms", "ratio", "peak MB", "promised")
      for result in results {
        let ours = median(result.ours.map(\.seconds))
        let reference = result.reference.isEmpty ? nil : median(result.reference.map(\.seconds))
        table.add(
          result.claim.job, (ours * 1000).rounded(digits: 1),
          reference.map { ($0 * 1000).rounded(digits: 1) } ?? "",
          reference.map { (ours / $0).rounded(digits: 2) } ?? "",
          (median(result.ours.map { Double($0.peakBytes) }) / 1e6).rounded(digits: 0), result.claim.promise)
      }
      table.print()
    }
  }

  private func claims(topdl: String) -> [Claim] {
    [
      Claim(
        job: "TopDL, 100 000 computers, 200 000 links: read, annotate, write; `xmllint --noout`",
        command: Command(places.program("containerize"), "--dry-run", "Bench", "torus", topdl),
        reference: Command("xmllint", "--noout", topdl), promise: "ratio ≤ 6, ≤ 1500 MB"),
      Claim(
        job: "NS-2, 10 000 nodes and 10 000 links made in loops: `ns2topdl`",
        command: Command(places.program("ns2topdl"), "\(places.datasets)/ns/ring-10000.tcl"),
        promise: "≤ 1000 ms"),
      Claim(
        job: "start-up: `containerize --help`; `true`",
        command: Command(places.program("containerize"), "--help"), reference: Command("true"), repetitions: 40,
        promise: "≤ 15 ms"),
    ]
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// A promise about a command.
private struct Claim {
  /// What it does, in the table's words.
  var job: String
  var command: Command
  /// What is measured beside it.
  var reference: Command?
  /// How often a command runs in a round; the mean counts.
  var repetitions = 1
  var promise: String

  func measure(_ command: Command) throws -> Command.Usage {
    let usages = try (0..<repetitions).map { _ in try command.run() }
    return Command.Usage(
      seconds: usages.map(\.seconds).reduce(0, +) / Double(repetitions),
      peakBytes: usages.map(\.peakBytes).max() ?? 0)
  }
}
