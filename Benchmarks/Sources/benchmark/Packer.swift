import Datasets
import Foundation

/// The program `packer`, whose claims are checked against the partition it writes.
struct Packer {
  var program: String
  var effort: String

  /// What `packer partition --json` says.
  struct Claim: Decodable {
    var blocks: Int
    var cost: Int
    var lowerBound: Int
    var seconds: Double
  }

  /// Partitions a network.
  ///
  /// - Throws: ``CommandError`` too where the partition isn't what packer says it is.
  func answer(_ network: Network, file: String, capacity: Int) throws -> (score: Score, claim: Claim) {
    let partition = file + ".packed"
    let command = Command(
      program, "partition", "--capacity", String(capacity), "--effort", effort, "--json", "-o", partition, file,
      output: file + ".json")
    try command.run()
    let claim = try JSONDecoder().decode(Claim.self, from: Data(contentsOf: URL(filePath: command.output)))
    let score = try Score(network, file: partition)
    guard score.fullest <= capacity, score.cost == claim.cost, score.blocks == claim.blocks else {
      throw CommandError(command: command, reason: "says \(claim), but wrote \(score)")
    }
    return (score, claim)
  }
}
