import ArgumentParser
import Datasets
import Foundation

/// How good `packer partition` is beside METIS, on the graphs that the repository holds.
struct Quality: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares hosts and cost with METIS at the same capacity.")

  @OptionGroup var places: Places

  @Option(help: "How hard packer looks: fast, balanced or thorough.")
  var effort = "balanced"

  @Option(parsing: .upToNextOption, help: "The most nodes a host may hold.")
  var capacities = [10, 25]

  func run() throws {
    try places.withScratch { scratch in
      var table = Table(
        "topology", "nodes", "capacity", "METIS k-way", "METIS bisection", "METIS until it fits", "packer",
        "no less than", "s")
      var graphs: [(metis: Score, packer: Score)] = []
      for dataset in Dataset.committed where [.graph, .hypergraph].contains(dataset.format) {
        let network = dataset.network()
        let file = "\(scratch)/network.\(dataset.format.rawValue)"
        try? FileManager.default.removeItem(atPath: file)
        try FileManager.default.copyItem(atPath: "\(places.datasets)/\(dataset.path)", toPath: file)
        for capacity in capacities {
          let packer = try Packer(program: places.program("packer"), effort: effort)
            .answer(network, file: file, capacity: capacity)
          // METIS reads no LANs.
          let metis = network.isGraph ? try Metis.answers(network, file: file, capacity: capacity) : nil
          table.add(
            dataset.path, String(network.nodeCount), String(capacity), metis?.direct.description ?? "",
            metis?.bisection.description ?? "", metis?.firstFit.description ?? "", packer.score.description,
            String(packer.claim.lowerBound), packer.claim.seconds.rounded(digits: 2))
          if let metis { graphs.append((metis.firstFit, packer.score)) }
        }
      }
      table.add(
        "all graphs", "", "", "", "", Score(sumOf: graphs.map(\.metis)).description,
        Score(sumOf: graphs.map(\.packer)).description, "", "")
      print("Hosts (nodes on the fullest): cost.\n")
      table.print()
    }
  }
}
