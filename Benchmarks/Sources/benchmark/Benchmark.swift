import ArgumentParser
import Foundation

@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures the programs, each beside what it is held against, and prints one table.",
    subcommands: [Speed.self, Quality.self, Pinned.self])
}

/// Where a benchmark finds things.
struct Places: ParsableArguments {
  @Option(help: "The folder of the release build's programs.")
  var programs: String

  @Option(help: "The folder of datasets.")
  var datasets: String

  func program(_ name: String) -> String { "\(programs)/\(name)" }

  /// Does work with a folder of its own, which is then removed.
  func withScratch<Result>(_ work: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "containerize-benchmark-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder.path)
  }
}
