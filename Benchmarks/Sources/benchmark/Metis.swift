import Datasets

/// METIS's own program, on a graph file that it may write beside.
struct Metis {
  /// Its two ways to cut a graph.
  enum Scheme: String {
    case direct = "kway"
    case bisection = "rb"
  }

  var network: Network
  var file: String

  /// Its answers for the fewest hosts that could do, and for as many as it needs.
  static func answers(
    _ network: Network, file: String, capacity: Int
  ) throws -> (direct: Score, bisection: Score, firstFit: Score) {
    let metis = Metis(network: network, file: file)
    let fewest = (network.nodeCount + capacity - 1) / capacity
    return (
      direct: try metis.answer(blocks: fewest, by: .direct),
      bisection: try metis.answer(blocks: fewest, by: .bisection),
      firstFit: try metis.firstFit(capacity: capacity, atLeast: fewest)
    )
  }

  /// Its answer for so many blocks, balanced as tightly as it offers; it may overfill blocks all the same.
  private func answer(blocks: Int, by scheme: Scheme) throws -> Score {
    // It divides by zero for one block.
    guard blocks > 1 else { return Score(network, blockOfNode: Array(repeating: 0, count: network.nodeCount)) }
    try Command("gpmetis", "-ptype=\(scheme.rawValue)", "-ufactor=1", "-seed=1", file, String(blocks)).run()
    return try Score(network, file: "\(file).part.\(blocks)")
  }

  /// What Containers did with it: ask for more and more blocks until none is overfull.
  private func firstFit(capacity: Int, atLeast fewest: Int) throws -> Score {
    for blocks in fewest..<network.nodeCount {
      let score = try answer(blocks: blocks, by: .direct)
      if score.fullest <= capacity { return score }
    }
    return Score(network, blockOfNode: Array(0..<network.nodeCount))
  }
}
