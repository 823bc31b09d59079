import ArgumentParser
import Foundation

/// How good `packer partition` is beside other partitioners at the same hard capacity.
struct Quality: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares hosts, cost, time and memory with METIS and other partitioners at the same capacity.")

  @OptionGroup var places: Places

  @Option(parsing: .upToNextOption, help: "How hard packer looks: fast, balanced, thorough.")
  var effort = ["balanced"]

  @Flag(help: "Beside that, have packer search only, without integer programs, to see what these gain.")
  var searchOnly = false

  @Flag(help: "Ask the partitioners of peers.py again, with other seeds, for as long as packer took: the best counts.")
  var equalTime = false

  @OptionGroup var choice: InstanceChoice
  @OptionGroup var peers: PeerArguments

  @Option(
    parsing: .upToNextOption,
    help: "How many processors each may use, in turns; those that know no threads run once. (default: 1 and all)")
  var processors: [Int] = [1, ProcessInfo.processInfo.activeProcessorCount]

  func run() throws {
    let instances = try choice.instances(places)
    let contestants = contestants()
    var thresholds = QualityThresholds()
    var tallies = contestants.map { _ in Tally() }
    var table = Table(
      "instance", "capacity", "partitioner", "feasible", "hosts", "cost", "bound", "best known", "s", "MB")
    try places.withScratch { scratch in
      for instance in instances {
        let graph = try InstanceGraph(file: instance.file)
        var question = Contestant.Question(
          instance: instance, blocks: graph.fewestBlocks(capacity: instance.capacity),
          partition: "\(scratch)/partition", score: { try? graph.score(partition: $0) })
        var rows: [(answer: Contestant.Answer, score: Score, isFeasible: Bool)?] = []
        for contestant in contestants {
          try? FileManager.default.removeItem(atPath: question.partition)
          // What takes too long or fails has no answer.
          let answer =
            contestant.name.hasPrefix("packer") ? try contestant.answer(question) : try? contestant.answer(question)
          if equalTime, contestant.name.hasPrefix("packer"), let seconds = answer?.seconds {
            question.seconds = max(question.seconds, seconds)
          }
          rows.append(
            answer.flatMap { answer in
              question.score(question.partition).map { (answer, $0, $0.fullest <= instance.capacity) }
            })
        }
        let feasible = rows.compactMap { $0 }.filter(\.isFeasible)
        let fewest = feasible.map(\.score.blocks).min() ?? 0
        let best =
          (feasible.filter { $0.score.blocks == fewest }.map(\.score.cost) + [instance.bestKnown].compactMap { $0 })
          .min()
        thresholds.add(instance, zip(contestants, rows).map { ($0.name, $1?.score, $1?.isFeasible ?? false) })
        for (index, row) in rows.enumerated() {
          tallies[index].add(
            row.map { ($0.score, $0.isFeasible) }, fewest: fewest, best: best, seconds: row?.answer.seconds)
          guard let (answer, score, isFeasible) = row else { continue }
          table.add(
            instance.name, String(instance.capacity), contestants[index].name,
            isFeasible ? "yes" : "no (\(score.fullest))",
            String(score.blocks), String(score.cost), answer.bound.map { String($0) } ?? "",
            instance.bestKnown.map { String($0) } ?? "", answer.seconds.rounded(digits: 3),
            (Double(answer.peakBytes) / 1e6).rounded(digits: 0))
        }
      }
    }
    table.print()
    print("\nGap: geometric mean of (cost + 1) / (best + 1), in percent, where feasible on as few hosts as any.\n")
    var summary = Table("partitioner", "answers", "feasible", "fewest hosts", "best", "gap %", "median s")
    for (contestant, tally) in zip(contestants, tallies) { tally.add(to: &summary, name: contestant.name) }
    summary.print()
    let failures = thresholds.failures
    print(failures.isEmpty ? "\nAll thresholds hold." : "\nThresholds that don't hold:")
    for failure in failures { print("- \(failure)") }
    if !failures.isEmpty { throw ExitCode(1) }
  }

  private func contestants() -> [Contestant] {
    let counts = Set(processors).sorted()
    let all = ProcessInfo.processInfo.activeProcessorCount
    return effort.flatMap { effort in
      (searchOnly ? [false, true] : [false]).flatMap { searchOnly in
        counts.map {
          Contestant.packer(
            places.program("packer"), effort: effort, searchOnly: searchOnly, threads: $0 == all && all > 1 ? nil : $0)
        }
      }
    } + [.metis("kway", threads: 1), .metis("rb", threads: 1), .metisUntilItFits(threads: 1)]
      + peers.contestants(Contestant.peers.filter { !Contestant.threadedPeers.contains($0) }, threads: [1])
      + peers.contestants(Contestant.threadedPeers, threads: counts)
  }
}

/// One partitioner's results over all instances.
private struct Tally {
  private var answers = 0
  private var feasible = 0
  private var fewest = 0
  private var best = 0
  private var logarithms = 0.0
  private var seconds: [Double] = []

  mutating func add(_ result: (score: Score, isFeasible: Bool)?, fewest: Int, best: Int?, seconds: Double?) {
    guard let result, let seconds else { return }
    answers += 1
    self.seconds.append(seconds)
    guard result.isFeasible else { return }
    feasible += 1
    guard let best, result.score.blocks == fewest else { return }
    self.fewest += 1
    if result.score.cost <= best { self.best += 1 }
    logarithms += log(Double(result.score.cost + 1) / Double(best + 1))
  }

  func add(to table: inout Table, name: String) {
    guard answers > 0 else { return table.add(name, "0", "", "", "", "", "") }
    let gap = fewest == 0 ? "" : ((exp(logarithms / Double(fewest)) - 1) * 100).rounded(digits: 1)
    table.add(
      name, String(answers), String(feasible), String(fewest), String(best), gap,
      seconds.sorted()[seconds.count / 2].rounded(digits: 3))
  }
}
