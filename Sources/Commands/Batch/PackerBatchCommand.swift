internal import ArgumentParser
internal import Glibc
internal import Partitioning
internal import Planning

/// `packer batch`: many inputs, one row of results each.
struct PackerBatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Partitions many graphs, hypergraphs and topologies, and writes a row of results for each.",
    discussion: """
      PATH is a file, a directory (all files in it, at any depth, that have a name that packer reads) or a pattern such \
      as 'graphs/*.hgr'. Each input is partitioned by a process of its own, so that a bad one takes nothing else with \
      it: its row says why in the last column. Rows are written whole, in the order in which they are finished.

      An output file that is there already is continued: inputs with a result for the same capacity, effort and seed are \
      left out, those that failed are tried again. Ctrl-C keeps all rows that are finished.

      Columns: name; vertices, nets; hosts (blocks), cost, bound (no partition into so many blocks costs less); optimal \
      (neither fewer blocks nor less cost are possible); gap ((cost - bound) / cost); seconds (of the search); \
      peakMemory (bytes); capacity, effort, seed; error.
      """)

  @Option(help: "The most that a block may weigh.")
  var capacity: Int

  @Option(name: .shortAndLong, help: ArgumentHelp("How many inputs are worked on at once.", valueName: "n"))
  var jobs = max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN)))

  @OptionGroup var search: SearchArguments

  @Flag(help: "Write rows as JSON, one object a line.")
  var json = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the rows to this file, or continue it. (default: standard output)", valueName: "file"))
  var output: String?

  @Argument(help: "What to partition.")
  var paths: [String]

  func validate() throws {
    if capacity < 1 { throw ValidationError("--capacity has to be at least 1") }
    if jobs < 1 { throw ValidationError("--jobs has to be at least 1") }
  }

  func run() async throws {
    let interruption = Interruption()
    let request = BatchRequest(
      capacity: capacity, effort: search.effort, seed: search.seed, timeLimit: search.timeLimit)
    let names = BatchInputs.names(in: paths)
    let results = try BatchResults(path: output, format: json ? .jsonLines : .csv)
    let open = names.filter { !results.isFinished($0, request) }
    let workers = BatchWorkers(request: request, threads: search.threads)
    var progress = BatchProgress(total: open.count, kept: names.count - open.count)
    interruption.begin(.batch) {
      // First of all, so that what ends now leaves no rows.
      results.close()
      workers.end()
    }
    try await withThrowingTaskGroup(of: BatchRow.self) { group in
      var waiting = open.makeIterator()
      for _ in 0..<jobs {
        if let name = waiting.next() { group.addTask { await workers.row(name) } }
      }
      while let row = try await group.next() {
        try results.add(row)
        progress.add(row)
        if let name = waiting.next() { group.addTask { await workers.row(name) } }
      }
    }
    interruption.settle(.batch)
    progress.finish()
    if progress.failedCount > 0 {
      throw CommandError("\(progress.failedCount) of \(counted(open.count, "input")) failed: their rows say why")
    }
  }
}

/// How far a batch is, on a terminal; nothing where nobody watches.
struct BatchProgress {
  private let total: Int
  private let kept: Int
  private let isTerminal = isatty(STDERR_FILENO) != 0
  private let start = ContinuousClock.now
  private var doneCount = 0
  private(set) var failedCount = 0

  /// - Parameters:
  ///   - total: How many inputs there are to do.
  ///   - kept: How many were done before.
  init(total: Int, kept: Int) {
    self.total = total
    self.kept = kept
    show()
  }

  mutating func add(_ row: BatchRow) {
    doneCount += 1
    if row.error != nil { failedCount += 1 }
    show()
  }

  /// Replaces the line of progress by the outcome.
  func finish() {
    guard isTerminal else { return }
    let before = kept == 0 ? "" : ", \(kept) done before"
    Console.note("\r\u{1B}[K\(counted(doneCount, "input")) in \(Int(seconds.rounded())) s\(failed)\(before)\n")
  }

  private var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
  private var failed: String { failedCount == 0 ? "" : ", \(failedCount) failed" }

  private func show() {
    guard isTerminal else { return }
    var line = "batch: \(doneCount) of \(total)"
    if doneCount > 0 {
      let rate = Double(doneCount) / max(seconds, 1e-3)
      let left = Int((Double(total - doneCount) / rate).rounded(.up))
      line += ", \((rate * 10).rounded() / 10)/s, \(left) s left"
    }
    Console.note("\r\u{1B}[K\(line)\(failed)")
  }
}
