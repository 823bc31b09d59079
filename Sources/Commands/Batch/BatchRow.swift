internal import Partitioning

/// What a batch asks for each of its inputs.
struct BatchRequest: Sendable, Equatable {
  var capacity: Int
  var effort: Effort
  var seed: UInt64
  /// Seconds for each input.
  var timeLimit: Double?
}

/// What became of one input.
struct BatchRow: Codable, Sendable, Equatable {
  /// The input, as the command line or its directory names it.
  var name: String
  var vertices: Int?
  var nets: Int?
  var hosts: Int?
  var cost: Int?
  /// No partition into so many blocks costs less.
  var bound: Int?
  var optimal: Bool?
  /// The part of the cost that the bound leaves open, 0 to 1.
  var gap: Double?
  var seconds: Double?
  /// In bytes.
  var peakMemory: Int?
  var capacity: Int
  var effort: String
  var seed: UInt64
  /// Why there is no result.
  var error: String?

  /// A row without a result.
  init(name: String, request: BatchRequest, error: String?) {
    self.name = name
    capacity = request.capacity
    effort = request.effort.rawValue
    seed = request.seed
    self.error = error
  }

  /// A row with a result.
  init(name: String, request: BatchRequest, summary: PartitionSummary) {
    self.init(name: name, request: request, error: nil)
    vertices = summary.vertices
    nets = summary.nets
    hosts = summary.blocks
    cost = summary.cost
    bound = summary.lowerBound
    optimal = summary.optimal
    let open = Double(summary.cost - summary.lowerBound) / Double(max(1, summary.cost))
    gap = (open * 1e6).rounded() / 1e6
    seconds = summary.seconds
    peakMemory = summary.peakMemory
  }

  /// The names of the columns.
  static let columns = [
    "name", "vertices", "nets", "hosts", "cost", "bound", "optimal", "gap", "seconds", "peakMemory", "capacity",
    "effort", "seed", "error",
  ]

  /// The row's fields; empty where there is no value.
  var fields: [String] {
    func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }
    return [
      name, text(vertices), text(nets), text(hosts), text(cost), text(bound), text(optimal), text(gap), text(seconds),
      text(peakMemory), text(capacity), effort, text(seed), error ?? "",
    ]
  }

  /// The row that has these fields, as far as it matters to whoever goes on with a table: which request it answers,
  /// and whether it has a result.
  init?(fields: [String]) {
    guard fields.count == Self.columns.count, let capacity = Int(fields[10]), let effort = Effort(rawValue: fields[11]),
      let seed = UInt64(fields[12])
    else { return nil }
    let request = BatchRequest(capacity: capacity, effort: effort, seed: seed)
    self.init(name: fields[0], request: request, error: fields[13].isEmpty ? nil : fields[13])
  }

  /// Whether this is the result that a request would have.
  func answers(_ request: BatchRequest) -> Bool {
    error == nil && capacity == request.capacity && effort == request.effort.rawValue && seed == request.seed
  }
}
