import ArgumentParser
import Foundation

/// How good `packer partition` is beside other partitioners at the same hard capacity.
struct Quality: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares hosts, cost, time and memory with METIS and other partitioners at the same capacity.")

  @OptionGroup var places: Places

  @Option(parsing: .upToNextOption, help: "How hard packer looks: fast, balanced, thorough.")
  var effort = ["balanced"]

  @Option(parsing: .upToNextOption, help: "The most nodes a host may hold.")
  var capacities = [10, 25]

  @Option(help: "A folder of instances with a manifest.tsv of best known values, instead of the repository's graphs.")
  var graphs: String?

  @Option(help: "Only instances whose names contain this.")
  var only: String?

  @Option(help: "Only every so-manieth instance.")
  var every = 1

  @Option(help: "The Python that has the peers' modules.")
  var python = "python3"

  @Option(help: "The script that asks the peers; without it there are none.")
  var peers: String?

  @Option(help: "The most seconds that a peer may take for an instance.")
  var timeLimit = 60

  @Option(help: "How many processors packer and METIS may use; peers use one. (default: all)")
  var processors: Int?

  func run() throws {
    let all = try graphs.map(Instance.listed) ?? Instance.committed(in: places.datasets, capacities: capacities)
    let instances = all.filter { only.map($0.name.contains) ?? true }.enumerated().filter { $0.offset % every == 0 }
    let contestants = try contestants()
    var tallies = contestants.map { _ in Tally() }
    var table = Table(
      "instance", "capacity", "partitioner", "feasible", "hosts", "cost", "bound", "best known", "s", "MB")
    try places.withScratch { scratch in
      for (_, instance) in instances {
        let graph = try InstanceGraph(file: instance.file)
        let question = Contestant.Question(
          instance: instance, blocks: graph.fewestBlocks(capacity: instance.capacity),
          partition: "\(scratch)/partition", score: { try? graph.score(partition: $0) })
        var rows: [(answer: Contestant.Answer, score: Score, isFeasible: Bool)?] = []
        for contestant in contestants {
          try? FileManager.default.removeItem(atPath: question.partition)
          // What takes too long or fails has no answer.
          let answer =
            contestant.name.hasPrefix("packer") ? try contestant.answer(question) : try? contestant.answer(question)
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
  }

  private func contestants() throws -> [Contestant] {
    var contestants = effort.map { Contestant.packer(places.program("packer"), effort: $0, threads: processors) }
    contestants += [
      .metis("kway", threads: processors), .metis("rb", threads: processors), .metisUntilItFits(threads: processors),
    ]
    guard let peers else { return contestants }
    for name in Contestant.peers {
      let check = Command(python, peers, "--installed", name, "0", "/dev/null")
      if (try? check.run()) != nil {
        contestants.append(.peer(name, python: python, script: peers, timeLimit: timeLimit))
      } else {
        print("skipped: \(name) isn't installed")
      }
    }
    return contestants
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
