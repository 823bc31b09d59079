import Foundation
import TestSupport
import Testing

/// Where a user works: a folder of files, and a testbed that nobody has used yet.
struct Workplace {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Where the testbed is, once it is there.
  var home: URL { folder.url.appending(path: "testbed") }

  /// All that is in the testbed.
  var testbed: FileSnapshot { FileSnapshot(of: home) }

  /// Where the files of an experiment are.
  func directory(_ project: String, _ experiment: String) -> URL {
    home.appending(path: "proj/\(project)/exp/\(experiment)/containers")
  }

  /// What a file of an experiment says.
  func text(_ path: String, of experiment: String = "exp1", in project: String = "Proj") throws -> String {
    try String(contentsOf: directory(project, experiment).appending(path: path), encoding: .utf8)
  }

  /// Runs `containerize` here, without a drawing: Graphviz takes longer than all the rest.
  func run(_ arguments: [String], signal: (number: Int32, after: Duration)? = nil) async throws -> Program.Result {
    try await Program.built("containerize")
      .run(["--no-image"] + arguments, environment: environment, in: folder.url, signal: signal)
  }

  /// Runs one of our programs here.
  func run(_ program: String, _ arguments: [String]) async throws -> Program.Result {
    try await Program.built(program).run(arguments, environment: environment, in: folder.url)
  }

  /// Runs a script of `bash` here, in which our programs are commands.
  func shell(_ script: String) async throws -> Program.Result {
    try await Program("/bin/bash").run(["-c", script], environment: environment, in: folder.url)
  }

  /// The plan of a topology.
  func plan(_ options: [String], _ file: String) async throws -> Plan {
    let result = try await run(["--dry-run", "--json"] + options + ["Proj", "exp1", file])
    #expect(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Plan.self, from: Data(result.output.utf8))
  }

  private var environment: [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return ["CONTAINERIZE_HOME": home.path, "PATH": "\(Program.directory):\(path)"]
  }
}

/// What `--json` prints.
struct Plan: Decodable {
  struct Partition: Decodable {
    var name: String
    var kind: String
    var computers: [String]
  }

  var project: String
  var experiment: String
  var hosts: Int
  var cost: Int
  var lowerBound: Int
  var optimal: Bool
  var partitions: [Partition]
  var directory: String
  var url: String

  /// How many computers each partition has, in order.
  var sizes: [Int] { partitions.map(\.computers.count) }
}
