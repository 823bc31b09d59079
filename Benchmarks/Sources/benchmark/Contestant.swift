import Foundation

/// A partitioner, and how it is asked.
struct Contestant: Sendable {
  /// Its name in tables.
  var name: String
  /// Asks it.
  ///
  /// - Returns: What it took, or `nil` where it can't be asked this.
  var answer: @Sendable (Question) throws(CommandError) -> Answer?

  /// What a contestant is asked.
  struct Question {
    var instance: Instance
    /// The fewest blocks that could do.
    var blocks: Int
    /// Files with the blocks that vertices are fixed to, and with classes of vertices that share none.
    var restrictions: (fixed: String, classes: String)?
    /// How long, in seconds, to ask again with other seeds for something better; 0 for once.
    var seconds = 0.0
    /// The file that takes the block of each vertex, one a line.
    var partition: String
    /// Tells what a partition file is worth.
    var score: (String) -> Score?
  }

  /// What an answer took, beside the partition file.
  struct Answer {
    /// What the partitioner says that it took by itself; that of the whole program where it says nothing.
    var seconds: Double
    var peakBytes: Int
    /// No partition into so many blocks costs less.
    var bound: Int?
  }

  /// The program `packer`, whose claims are checked.
  static func packer(_ program: String, effort: String, searchOnly: Bool = false, threads: Int?) -> Contestant {
    struct Claim: Decodable {
      var blocks: Int
      var cost: Int
      var lowerBound: Int
      var seconds: Double
    }
    let name = "packer \(effort)" + (searchOnly ? ", search only" : "") + (threads == 1 ? ", 1 thread" : "")
    return Contestant(name: name) {
      (question) throws(CommandError) in
      let json = question.partition + ".json"
      let command = Command(
        program,
        ["partition", "--capacity", String(question.instance.capacity), "--effort", effort, "--json", "-o"]
          + [question.partition] + (searchOnly ? ["--search-only"] : [])
          + (question.restrictions.map { ["--fixed", $0.fixed, "--classes", $0.classes] } ?? [])
          + [question.instance.file], output: json
      ).on(processors: threads)
      let usage = try command.run()
      guard let data = FileManager.default.contents(atPath: json),
        let claim = try? JSONDecoder().decode(Claim.self, from: data), let score = question.score(question.partition),
        score.fullest <= question.instance.capacity, score.cost == claim.cost, score.blocks == claim.blocks
      else { throw CommandError(command: command, reason: "says what isn't so") }
      return Answer(seconds: claim.seconds, peakBytes: usage.peakBytes, bound: claim.lowerBound)
    }
  }

  /// METIS's own program, in one of its two ways. It reads no LANs, and divides by zero for one block.
  static func metis(_ scheme: String, threads: Int?) -> Contestant {
    Contestant(name: "METIS \(scheme)") { (question) throws(CommandError) in
      try gpmetis(question, scheme, blocks: question.blocks, threads: threads)
    }
  }

  /// What Containers did with METIS: ask for one block more, again and again, until none is overfull.
  static func metisUntilItFits(threads: Int?) -> Contestant {
    Contestant(name: "METIS until it fits") { (question) throws(CommandError) in
      var total: Answer?
      for blocks in question.blocks... {
        guard let answer = try gpmetis(question, "kway", blocks: blocks, threads: threads) else { return nil }
        total = Answer(
          seconds: answer.seconds + (total?.seconds ?? 0), peakBytes: max(answer.peakBytes, total?.peakBytes ?? 0))
        guard let score = question.score(question.partition) else { return nil }
        if score.fullest <= question.instance.capacity { break }
      }
      return total
    }
  }

  private static func gpmetis(
    _ question: Question, _ scheme: String, blocks: Int, threads: Int?
  ) throws(CommandError) -> Answer? {
    guard question.instance.file.hasSuffix(".graph"), blocks > 1 else { return nil }
    // It writes beside the graph.
    let graph = question.partition + ".graph"
    try Command("cp", question.instance.file, graph).run()
    let usage = try Command("gpmetis", "-ptype=\(scheme)", "-ufactor=1", "-seed=1", graph, String(blocks))
      .on(processors: threads).run()
    try Command("mv", "\(graph).part.\(blocks)", question.partition).run()
    return Answer(seconds: usage.seconds, peakBytes: usage.peakBytes)
  }

  /// The partitioners that `peers.py` asks.
  static let peers = [
    "kahip-eco", "kahip-strong", "kaminpar", "kaminpar-strong", "mtkahypar", "mtkahypar-quality", "kahypar", "scotch",
  ]

  /// Those of them that know threads.
  static let threadedPeers = ["kaminpar", "kaminpar-strong", "mtkahypar", "mtkahypar-quality"]

  /// Those of them that can fix vertices.
  static let fixingPeers = ["mtkahypar", "mtkahypar-quality", "mtkahypar-highest", "mtkahypar-deterministic"]

  /// The partitioners that are installed, on so many threads; says which aren't.
  static func peers(
    _ names: [String], python: String, script: String, timeLimit: Int, threads: [Int]
  ) -> [Contestant] {
    var contestants: [Contestant] = []
    for name in names {
      let check = Command(python, script, "--installed", name, "0", "/dev/null")
      guard (try? check.run()) != nil else {
        print("skipped: \(name) isn't installed")
        continue
      }
      contestants += threads.map {
        peer(name, python: python, script: script, timeLimit: timeLimit, threads: $0)
      }
    }
    return contestants
  }

  /// A partitioner that `peers.py` asks, stopped after a while.
  static func peer(_ name: String, python: String, script: String, timeLimit: Int, threads: Int) -> Contestant {
    struct Claim: Decodable { var seconds: Double }
    return Contestant(name: threads == 1 ? name : "\(name), \(threads) threads") { (question) throws(CommandError) in
      let json = question.partition + ".json"
      let command = Command(
        "timeout",
        [String(timeLimit), python, script] + (question.seconds > 0 ? ["--seconds", String(question.seconds)] : [])
          + [name, question.instance.file, String(question.instance.capacity), question.partition, String(threads)]
          + (question.restrictions.map { [$0.fixed, $0.classes] } ?? []),
        output: json
      ).on(processors: threads)
      let usage = try command.run()
      guard let data = FileManager.default.contents(atPath: json),
        let claim = try? JSONDecoder().decode(Claim.self, from: data)
      else { throw CommandError(command: command, reason: "says nothing") }
      return Answer(seconds: claim.seconds, peakBytes: usage.peakBytes)
    }
  }
}

extension Command {
  /// The command, kept to so many processors, the first ones; to all for `nil`.
  func on(processors: Int?) -> Command {
    guard let processors else { return self }
    var command = self
    command.program = "taskset"
    command.arguments = ["--cpu-list", "0-\(processors - 1)", program] + arguments
    return command
  }
}
