import ArgumentParser
import Datasets
import Foundation

/// How good `packer partition` is where vertices are fixed and of several kinds.
struct Pinned: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares cost with Mt-KaHyPar where 30 % of the vertices are fixed, and of three kinds.",
    discussion: """
      Mt-KaHyPar knows no kinds: it gets each kind by itself, which loses nothing, as kinds share no blocks. Ends with 1 \
      if packer is worse on any instance.
      """)

  @OptionGroup var places: Places
  @OptionGroup var choice: InstanceChoice
  @OptionGroup var peers: PeerArguments

  @Option(help: "How hard packer looks: fast, balanced, thorough.")
  var effort = "balanced"

  func run() throws {
    let packer = Contestant.packer(places.program("packer"), effort: effort, threads: nil)
    let others = peers.contestants(Contestant.fixingPeers, threads: [1])
    var table = Table(
      "instance", "capacity", "pins", "hosts", "packer", "best of Mt-KaHyPar", "preset", "packer s", "s")
    var rows = (count: 0, better: 0, worse: [String](), logarithms: 0.0)
    try places.withScratch { scratch in
      for instance in try choice.instances(places) {
        let graph = try InstanceGraph(file: instance.file)
        // Random blocks for vertices of different weights may be infeasible.
        guard graph.vertexWeights.allSatisfy({ $0 == 1 }) else { continue }
        for pins in PinnedVariant.Pins.allCases {
          var question = Contestant.Question(
            instance: instance, blocks: 0, restrictions: ("\(scratch)/fixed", "\(scratch)/classes"),
            partition: "\(scratch)/partition", score: { try? graph.score(partition: $0) })
          let variant = try variant(pins, graph, question)
          question.score = { try? graph.score(partition: $0, keeping: variant) }
          guard let own = try answer(packer, question, graph.vertexWeights.count) else { continue }
          let theirs = others.compactMap { other in
            (try? answer(other, question, graph.vertexWeights.count)).flatMap { $0 }.map { (other.name, $0) }
          }.filter { $0.1.score.blocks <= own.score.blocks }
          guard let best = theirs.min(by: { $0.1.score.cost < $1.1.score.cost }) else { continue }
          rows.count += 1
          if own.score.cost < best.1.score.cost { rows.better += 1 }
          if own.score.cost > best.1.score.cost { rows.worse.append("\(instance.name), \(pins.rawValue)") }
          rows.logarithms += log(Double(own.score.cost + 1) / Double(best.1.score.cost + 1))
          table.add(
            instance.name, String(instance.capacity), pins.rawValue, String(own.score.blocks), String(own.score.cost),
            String(best.1.score.cost), best.0, own.answer.seconds.rounded(digits: 2),
            best.1.answer.seconds.rounded(digits: 2))
        }
      }
    }
    table.print()
    guard rows.count > 0 else { throw ValidationError("there is nothing to compare: is mtkahypar installed?") }
    let mean = ((exp(rows.logarithms / Double(rows.count)) - 1) * 100).rounded(digits: 1)
    print(
      "\n\(rows.count) instances: packer is better on \(rows.better), worse on \(rows.worse.count); ", terminator: "")
    print("geometric mean of the costs' ratio \(mean) %")
    for row in rows.worse { print("worse: \(row)") }
    if !rows.worse.isEmpty { throw ExitCode(1) }
  }

  /// Makes the variant's files; packer's own quick partition, of another seed, is where consistent pins come from.
  private func variant(
    _ pins: PinnedVariant.Pins, _ graph: InstanceGraph, _ question: Contestant.Question
  ) throws -> PinnedVariant {
    guard let files = question.restrictions else { throw ExitCode(1) }
    var random = RandomSource(seed: 7)
    let classes = PinnedVariant.classes(of: graph, random: &random)
    try classes.map { "\($0)\n" }.joined().write(toFile: files.classes, atomically: false, encoding: .utf8)
    let capacity = question.instance.capacity
    try Command(
      places.program("packer"),
      ["partition", "--capacity", String(capacity), "--effort", "fast", "--seed", "7", "--classes", files.classes]
        + ["-o", question.partition, "--json", question.instance.file]
    ).run()
    let reference = try InstanceGraph.blocks(in: question.partition)
    let variant = PinnedVariant(pins, classes: classes, capacity: capacity, reference: reference, random: &random)
    try variant.write(fixed: files.fixed, classes: files.classes)
    return variant
  }

  /// A contestant's answer, where it keeps to everything.
  private func answer(
    _ contestant: Contestant, _ question: Contestant.Question, _ vertexCount: Int
  ) throws -> (answer: Contestant.Answer, score: Score)? {
    try? FileManager.default.removeItem(atPath: question.partition)
    guard let answer = try contestant.answer(question), let score = question.score(question.partition),
      score.fullest <= question.instance.capacity
    else { return nil }
    return (answer, score)
  }
}
