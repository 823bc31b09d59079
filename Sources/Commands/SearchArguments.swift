public import ArgumentParser
public import Partitioning

/// The options that say how hard to look for a good partition.
struct SearchArguments: ParsableArguments {
  @Option(help: "How hard to look for a good partition.")
  var effort = Effort.balanced

  @Option(help: ArgumentHelp("Stop looking after so many seconds, with the best plan so far.", valueName: "s"))
  var timeLimit: Double?

  @Option(help: ArgumentHelp("Where random choices start from.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Work on so many threads; the answer is the same with any number. (default: as many as processors)",
      valueName: "n"))
  var threads: Int?

  @Flag(help: "Only search: no integer programs, which improve small partitions and prove bounds.")
  var searchOnly = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads has to be at least 1") }
    if let timeLimit, !(timeLimit > 0 && timeLimit < 1e9) {
      throw ValidationError("a time limit is a number of seconds greater than 0")
    }
  }

  /// The partitioner that these options ask for.
  func partitioner(interruption: Interruption, journal: Journal) -> Partitioner {
    Partitioner(
      options: PartitioningOptions(
        effort: effort, seed: seed, threads: threads, usesIntegerPrograms: !searchOnly,
        timeLimit: timeLimit.map { .seconds($0) },
        isCancelled: { interruption.hasHappened }, progress: journal.searchProgress))
  }
}

extension Effort: ExpressibleByArgument {}
