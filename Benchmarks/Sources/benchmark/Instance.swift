import ArgumentParser
import Datasets
import Foundation

/// A graph or hypergraph in a file, with a capacity, and the best that is known of it.
struct Instance {
  var name: String
  var file: String
  var capacity: Int
  /// The least cost that is known for the fewest blocks.
  var bestKnown: Int?

  /// The graphs that the repository holds.
  static func committed(in datasets: String, capacities: [Int]) -> [Instance] {
    Dataset.committed.filter { [.graph, .hypergraph].contains($0.format) }.flatMap { dataset in
      capacities.map { Instance(name: dataset.path, file: "\(datasets)/\(dataset.path)", capacity: $0) }
    }
  }

  /// The graphs of a folder with a file `manifest.tsv`, whose first line names its columns: `file` and `capacity`, and
  /// where it is known `best_known`.
  static func listed(in folder: String) throws -> [Instance] {
    let lines = try String(contentsOfFile: "\(folder)/manifest.tsv", encoding: .utf8)
      .split(whereSeparator: \.isNewline).map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    guard let titles = lines.first, let file = titles.firstIndex(of: "file"),
      let capacity = titles.firstIndex(of: "capacity")
    else { throw ValidationError("\(folder)/manifest.tsv: its first line has to name the columns file and capacity") }
    let bestKnown = titles.firstIndex(of: "best_known")
    return try lines.dropFirst().enumerated().map { offset, cells in
      guard cells.count == titles.count, let number = Int(cells[capacity]) else {
        throw ValidationError("\(folder)/manifest.tsv:\(offset + 2): expected \(titles.count) columns and a capacity")
      }
      return Instance(
        name: String(cells[file]), file: "\(folder)/\(cells[file])", capacity: number,
        bestKnown: bestKnown.flatMap { Int(cells[$0]) })
    }
  }
}
