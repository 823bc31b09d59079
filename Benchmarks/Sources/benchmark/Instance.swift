import ArgumentParser
import Datasets
import Foundation

/// A graph or hypergraph in a file, with a capacity, and the best that is known of it.
struct Instance {
  var name: String
  var file: String
  var capacity: Int
  /// What kind of graph it is.
  var family: String
  /// The least cost that is known for the fewest blocks.
  var bestKnown: Int?

  /// The graphs that the repository holds.
  static func committed(in datasets: String, capacities: [Int]) -> [Instance] {
    Dataset.committed.filter { [.graph, .hypergraph].contains($0.format) }.flatMap { dataset in
      capacities.map {
        Instance(
          name: dataset.path, file: "\(datasets)/\(dataset.path)", capacity: $0, family: dataset.family.rawValue)
      }
    }
  }

  /// The graphs of a folder with a file `manifest.tsv`, whose first line names its columns: `file` and `capacity`, and
  /// where they are known `best_known` and `family`.
  static func listed(in folder: String) throws -> [Instance] {
    let lines = try String(contentsOfFile: "\(folder)/manifest.tsv", encoding: .utf8)
      .split(whereSeparator: \.isNewline).map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    guard let titles = lines.first, let file = titles.firstIndex(of: "file"),
      let capacity = titles.firstIndex(of: "capacity")
    else { throw ValidationError("\(folder)/manifest.tsv: its first line has to name the columns file and capacity") }
    let bestKnown = titles.firstIndex(of: "best_known"), family = titles.firstIndex(of: "family")
    return try lines.dropFirst().enumerated().map { offset, cells in
      guard cells.count == titles.count, let number = Int(cells[capacity]) else {
        throw ValidationError("\(folder)/manifest.tsv:\(offset + 2): expected \(titles.count) columns and a capacity")
      }
      return Instance(
        name: String(cells[file]), file: "\(folder)/\(cells[file])", capacity: number,
        family: family.map { String(cells[$0]) } ?? "", bestKnown: bestKnown.flatMap { Int(cells[$0]) })
    }
  }
}

/// Which graphs a benchmark looks at.
struct InstanceChoice: ParsableArguments {
  @Option(parsing: .upToNextOption, help: "The most nodes a host may hold.")
  var capacities = [10, 25]

  @Option(help: "A folder of instances with a manifest.tsv of best known values, instead of the repository's graphs.")
  var graphs: String?

  @Option(help: "Only instances whose names contain this.")
  var only: String?

  @Option(help: "Only every so-manieth instance.")
  var every = 1

  func instances(_ places: Places) throws -> [Instance] {
    let all = try graphs.map(Instance.listed) ?? Instance.committed(in: places.datasets, capacities: capacities)
    return all.filter { only.map($0.name.contains) ?? true }.enumerated().filter { $0.offset % every == 0 }
      .map(\.element)
  }
}

/// How other partitioners are asked.
struct PeerArguments: ParsableArguments {
  @Option(help: "The Python that has the peers' modules.")
  var python = "python3"

  @Option(help: "The script that asks the peers; without it there are none.")
  var peers: String?

  @Option(help: "The most seconds that a peer may take for an instance.")
  var timeLimit = 60

  /// Those that are installed.
  func contestants(_ names: [String], threads: [Int]) -> [Contestant] {
    peers.map { Contestant.peers(names, python: python, script: $0, timeLimit: timeLimit, threads: threads) } ?? []
  }
}
