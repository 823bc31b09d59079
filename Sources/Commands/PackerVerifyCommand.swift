internal import ArgumentParser
internal import Partitioning

/// `packer verify`: counts a partition again, and adds its bound up again, without any of the search's code.
struct PackerVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Counts a partition's blocks, weights and cost again, and checks that it is feasible.",
    discussion: """
      With --certificate also checks that no partition costs less than the file says, and none has fewer blocks: in \
      whole numbers, without any of the search's code. Exits with 1 if the partition isn't feasible or the file doesn't \
      prove what it says, with 2 if checking it would take too long.
      """)

  @OptionGroup var problem: PackerProblemOptions

  @Option(
    help: ArgumentHelp(
      "What the lower bound rests on, as packer partition --certificate wrote it.", valueName: "file"))
  var certificate: String?

  @Flag(help: "Print the count as JSON.")
  var json = false

  @Argument(help: "The graph.")
  var graph: String

  @Argument(help: "The partition: line i is the block of vertex i, counted from 0.")
  var partition: String

  func run() async throws {
    let stated = try await PackerInput.problem(graph, problem)
    let blocks = try PartitionFile.blocks(
      InputFile.bytes(of: partition), file: partition, vertexCount: stated.hypergraph.vertexCount)
    let report = PartitionVerifier(stated).report(blocks)
    let bound = try certificate.map { BoundCheck(try CertificateFile.read($0), stated, report) }
    if json {
      try Console.write(json: Count(report, bound))
    } else {
      let verdict = report.isFeasible ? "feasible" : "infeasible"
      let text = "\(verdict): \(report.blockCount) blocks, the heaviest \(report.maxBlockWeight), cost \(report.cost)\n"
      try Console.write(text)
      if let bound, bound.verdict == .holds { try Console.write(bound.sentence + "\n") }
    }
    for violation in report.violations { Console.note("\(partition): \(violation)\n") }
    if let certificate, let bound, bound.verdict != .holds { Console.note("\(certificate): \(bound.sentence)\n") }
    if !report.isFeasible || bound?.verdict == .refused { throw ExitCode(1) }
    if bound?.verdict == .unchecked { throw ExitCode(2) }
  }
}

/// What the check of a certificate found.
private struct BoundCheck: Encodable {
  enum Verdict: String, Encodable { case holds, refused, unchecked }

  var verdict: Verdict
  /// Why it doesn't hold, or what would take too long.
  var reason: String?
  var lowerBound: Int
  /// How many blocks the bound is for.
  var blocks: Int
  var fewestBlocks: Int
  /// Whether the partition is as good as any.
  var optimal: Bool

  init(_ certificate: BoundCertificate, _ problem: PartitioningProblem, _ report: PartitionVerifier.Report) {
    lowerBound = certificate.lowerBound
    blocks = certificate.blocks
    fewestBlocks = certificate.fewestBlocks
    switch BoundVerifier(problem).verdict(on: certificate) {
    case .holds: verdict = .holds
    case .refused(let why): (verdict, reason) = (.refused, why)
    case .unchecked(let part): (verdict, reason) = (.unchecked, part)
    }
    let isMet = report.cost == lowerBound && report.blockCount == fewestBlocks && blocks == fewestBlocks
    optimal = verdict == .holds && report.isFeasible && isMet
  }

  /// The check for a person.
  var sentence: String {
    switch verdict {
    case .holds:
      "bound holds: no partition has fewer than \(fewestBlocks) blocks, and none into \(blocks) costs less than "
        + "\(lowerBound)\(optimal ? "; this one is optimal" : "")"
    case .refused: "doesn't prove that nothing costs less than \(lowerBound): \(reason ?? "")"
    case .unchecked: "could not be checked within the work limit: \(reason ?? "")"
    }
  }
}

/// What `packer verify --json` prints.
private struct Count: Encodable {
  var feasible: Bool
  var blocks: Int
  var maxBlockWeight: Int
  var cost: Int
  var violations: [String]
  var bound: BoundCheck?

  init(_ report: PartitionVerifier.Report, _ bound: BoundCheck?) {
    feasible = report.isFeasible
    blocks = report.blockCount
    maxBlockWeight = report.maxBlockWeight
    cost = report.cost
    violations = report.violations.map(\.description)
    self.bound = bound
  }
}
