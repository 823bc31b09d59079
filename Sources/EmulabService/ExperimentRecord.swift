internal import Foundation
internal import SystemPackage
internal import XMLRPC

/// What a user said of an experiment when it was created: kept beside its files, and told to who asks.
struct ExperimentRecord: Codable, Sendable, Equatable {
  var creator = ""
  var group: String?
  var description = ""
  var isBatch = false
  var isSwappable = true
  var noSwapReason = ""
  /// Minutes; 0 for never. Nothing swaps idle experiments out here.
  var idleSwapMinutes = 0
  var noIdleSwapReason = ""
  /// Minutes; 0 for no limit. Nothing holds experiments to it here.
  var greatestDurationMinutes = 0
  /// When it was created, as ISO 8601 has it.
  var created = ""

  private static let file = "emulab.json"

  /// The record of an experiment; an empty one where there is none, as `containerize` alone makes none.
  static func read(in directory: FilePath) -> Self {
    let data = FileManager.default.contents(atPath: directory.appending(file).string)
    return data.flatMap { try? JSONDecoder().decode(Self.self, from: $0) } ?? Self()
  }

  /// Keeps the record of an experiment.
  func write(in directory: FilePath) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let data = try encoder.encode(self)
    try data.write(to: URL(filePath: directory.appending(Self.file).string), options: .atomic)
  }

  /// What a call says of the experiment that it creates.
  init(_ arguments: EmulabArguments, creator: String) throws(EmulabProblem) {
    self.creator = creator
    created = Date().ISO8601Format()
    group = try arguments.text("group")
    description = try arguments.text("description") ?? ""
    isBatch = arguments.flag("batch", default: true)
    isSwappable = arguments.flag("swappable", default: true)
    noSwapReason = try isSwappable ? "" : arguments.requiredText("noswap_reason")
    idleSwapMinutes = try Self.minutes("idleswap", arguments) ?? 0
    if arguments["idleswap"] != nil, idleSwapMinutes == 0 {
      noIdleSwapReason = try arguments.requiredText("noidleswap_reason")
    }
    let name = arguments["max_duration"] == nil ? "autoswap" : "max_duration"
    greatestDurationMinutes = try Self.minutes(name, arguments) ?? 0
  }

  private init() {}

  private static func minutes(_ name: String, _ arguments: EmulabArguments) throws(EmulabProblem) -> Int? {
    if case .boolean(let isWanted)? = arguments[name] { return isWanted ? nil : 0 }
    return try arguments.number(name)
  }
}
