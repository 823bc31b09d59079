internal import Testbed
internal import Foundation
internal import GRDB
internal import HostManifests
internal import SystemPackage

/// What the testbed knows of its experiments, for all commands that run at once: a SQLite file at the top of the tree.
///
/// An experiment that nobody has swapped in has no row: it is what its directory says.
struct TestbedDatabase: Sendable {
  private let file: FilePath
  private let queue: DatabaseQueue

  /// How long a command waits for others to write.
  private static let patience: TimeInterval = 30

  /// Opens the file of a tree; makes it where it isn't there.
  ///
  /// - Throws: If it can't be read or written.
  init(root: FilePath, patience: TimeInterval = Self.patience) throws(TestbedError) {
    file = root.appending("testbed.sqlite")
    queue = try Self.doing("opened", file) { [file] in
      // Of several programs that find no tables, one makes them.
      let lock = try FileTree.lock(root, isShared: false)
      defer { try? lock.close() }
      var configuration = Configuration()
      configuration.busyMode = .timeout(patience)
      let queue = try DatabaseQueue(path: file.string, configuration: configuration)
      try Self.migrator.migrate(queue)
      return queue
    }
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(
        sql: """
          CREATE TABLE experiment (
            project TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL, changed REAL NOT NULL,
            PRIMARY KEY (project, name)) WITHOUT ROWID;
          CREATE TABLE host (
            project TEXT NOT NULL, experiment TEXT NOT NULL, name TEXT NOT NULL, process INTEGER NOT NULL,
            PRIMARY KEY (project, experiment, name)) WITHOUT ROWID;
          CREATE TABLE node (
            project TEXT NOT NULL, experiment TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
            host TEXT NOT NULL, kind TEXT NOT NULL, state TEXT, exitCode INTEGER,
            PRIMARY KEY (project, experiment, number)) WITHOUT ROWID;
          CREATE TABLE link (
            project TEXT NOT NULL, experiment TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
            source TEXT NOT NULL, target TEXT NOT NULL, asked REAL NOT NULL, measured REAL,
            PRIMARY KEY (project, experiment, number)) WITHOUT ROWID;
          CREATE TABLE event (
            number INTEGER PRIMARY KEY AUTOINCREMENT, time REAL NOT NULL, project TEXT NOT NULL,
            experiment TEXT NOT NULL, text TEXT NOT NULL);
          CREATE INDEX eventsOfExperiments ON event (project, experiment);
          """)
    }
    migrator.registerMigration("names") { database in
      try database.execute(sql: "CREATE TABLE names (setting TEXT NOT NULL)")
    }
    migrator.registerMigration("worker") { database in
      try database.execute(sql: "ALTER TABLE experiment ADD COLUMN worker INTEGER NOT NULL DEFAULT 0")
    }
    return migrator
  }

  private static func doing<Result>(
    _ verb: String, _ file: FilePath, _ body: () throws -> Result
  ) throws(TestbedError) -> Result {
    let reason: String
    do {
      return try body()
    } catch let error as DatabaseError {
      reason = (error.message ?? "\(error)") + remedy(for: error.resultCode)
    } catch {
      reason = "\(error)"
    }
    throw TestbedError("the testbed's database \(file) can't be \(verb): \(reason)")
  }

  /// What its user can do about it.
  private static func remedy(for code: ResultCode) -> String {
    switch code {
    case .SQLITE_BUSY, .SQLITE_LOCKED: "; another program holds it: wait until that is done"
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      "; move it away: experiments then are swapped out, and what runs of them is cleared away when they are swapped in"
    case .SQLITE_FULL, .SQLITE_IOERR: "; make room on its disk"
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: "; its directory has to be one that can be written"
    default: ""
    }
  }

  private func read<Result>(_ body: (Database) throws -> Result) throws(TestbedError) -> Result {
    try Self.doing("read", file) { try queue.read(body) }
  }

  private func write(_ body: (Database) throws -> Void) throws(TestbedError) {
    try Self.doing("written", file) { try queue.write(body) }
  }

  // MARK: States

  /// The state of an experiment, and since when; `nil` where nobody has swapped it in.
  func state(of name: ExperimentName) throws(TestbedError) -> (state: ExperimentState, since: Date)? {
    try read { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT state, changed FROM experiment WHERE project = ? AND name = ?",
        arguments: [name.project, name.experiment])
      guard let row, let state = ExperimentState(rawValue: row["state"]) else { return nil }
      return (state, Date(timeIntervalSince1970: row["changed"]))
    }
  }

  /// The process that last said what has become of an experiment; `nil` where none has.
  func worker(of name: ExperimentName) throws(TestbedError) -> Int32? {
    try read { database in
      try Int32.fetchOne(
        database, sql: "SELECT worker FROM experiment WHERE project = ? AND name = ?",
        arguments: [name.project, name.experiment])
    }
  }

  /// Says what has become of an experiment, and why.
  func setState(_ state: ExperimentState, of name: ExperimentName, _ event: String) throws(TestbedError) {
    try write { database in
      let now = Date().timeIntervalSince1970
      try database.execute(
        sql: "INSERT OR REPLACE INTO experiment (project, name, state, changed, worker) VALUES (?, ?, ?, ?, ?)",
        arguments: [name.project, name.experiment, state.rawValue, now, OwnedProcesses.this])
      if state == .swapped {
        for table in ["host", "node", "link"] {
          try database.execute(
            sql: "DELETE FROM \(table) WHERE project = ? AND experiment = ?",
            arguments: [name.project, name.experiment])
        }
      }
      try Self.add(event, of: name, now, database)
    }
  }

  /// Forgets an experiment that is no more, but for its events.
  func remove(_ name: ExperimentName, _ event: String) throws(TestbedError) {
    try write { database in
      for (table, column) in [
        ("experiment", "name"), ("host", "experiment"), ("node", "experiment"), ("link", "experiment"),
      ] {
        try database.execute(
          sql: "DELETE FROM \(table) WHERE project = ? AND \(column) = ?", arguments: [name.project, name.experiment])
      }
      try Self.add(event, of: name, Date().timeIntervalSince1970, database)
    }
  }

  // MARK: Names

  /// How the machine is to know the names of nodes; `nil` where nobody has said.
  func namesSetting() throws(TestbedError) -> NamesSetting? {
    try read { database in
      let text = try String.fetchOne(database, sql: "SELECT setting FROM names")
      return try text.map { try JSONDecoder().decode(NamesSetting.self, from: Data($0.utf8)) }
    }
  }

  /// Says how.
  func setNamesSetting(_ setting: NamesSetting) throws(TestbedError) {
    try write { database in
      let text = String(decoding: try JSONEncoder().encode(setting), as: UTF8.self)
      try database.execute(sql: "DELETE FROM names")
      try database.execute(sql: "INSERT INTO names (setting) VALUES (?)", arguments: [text])
    }
  }

  // MARK: Events

  private static func add(
    _ text: String, of name: ExperimentName, _ time: TimeInterval, _ database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO event (time, project, experiment, text) VALUES (?, ?, ?, ?)",
      arguments: [time, name.project, name.experiment, text])
  }

  /// Records what happened to an experiment.
  func record(_ text: String, of name: ExperimentName) throws(TestbedError) {
    try write { try Self.add(text, of: name, Date().timeIntervalSince1970, $0) }
  }

  /// What happened to an experiment, or to all, oldest first; of many, only so many of the newest.
  func events(of name: ExperimentName?, newest count: Int = .max) throws(TestbedError) -> [TestbedEvent] {
    try read { database in
      let filter = name == nil ? "" : "WHERE project = ? AND experiment = ?"
      return try Row.fetchAll(
        database,
        sql: "SELECT time, project, experiment, text FROM event \(filter) ORDER BY number DESC LIMIT ?",
        arguments: StatementArguments(name.map { [$0.project, $0.experiment] } ?? []) + [count]
      ).reversed().map(TestbedEvent.init)
    }
  }

  /// The last that happened to each experiment.
  func latestEvents() throws(TestbedError) -> [TestbedEvent] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT time, project, experiment, text FROM event
          WHERE number IN (SELECT MAX(number) FROM event GROUP BY project, experiment) ORDER BY number
          """
      ).map(TestbedEvent.init)
    }
  }

  // MARK: Hosts, nodes and links

  /// Records the agents of an experiment.
  func setHosts(_ hosts: [(name: String, process: Int32)], of name: ExperimentName) throws(TestbedError) {
    try write { database in
      for host in hosts {
        try database.execute(
          sql: "INSERT OR REPLACE INTO host (project, experiment, name, process) VALUES (?, ?, ?, ?)",
          arguments: [name.project, name.experiment, host.name, host.process])
      }
    }
  }

  /// The hosts of an active experiment, by name.
  func hosts(of name: ExperimentName) throws(TestbedError) -> [String] {
    try read { database in
      try String.fetchAll(
        database, sql: "SELECT name FROM host WHERE project = ? AND experiment = ? ORDER BY name",
        arguments: [name.project, name.experiment])
    }
  }

  /// The process of the agent of a host; `nil` where there is no such host.
  func process(ofHost host: String, of name: ExperimentName) throws(TestbedError) -> Int32? {
    try read { database in
      try Int32.fetchOne(
        database, sql: "SELECT process FROM host WHERE project = ? AND experiment = ? AND name = ?",
        arguments: [name.project, name.experiment, host])
    }
  }

  /// The nodes of an active experiment, as they were last recorded.
  func nodes(of name: ExperimentName) throws(TestbedError) -> [NodeReport] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT name, host, kind, state, exitCode FROM node WHERE project = ? AND experiment = ? ORDER BY number
          """,
        arguments: [name.project, name.experiment]
      ).map { row in
        NodeReport(
          name: row["name"], host: row["host"], kind: row["kind"], state: row["state"], exitCode: row["exitCode"],
          notes: [])
      }
    }
  }

  /// Records how nodes are.
  func setNodes(_ nodes: [NodeReport], of name: ExperimentName) throws(TestbedError) {
    try write { database in
      for (number, node) in nodes.enumerated() {
        try database.execute(
          sql: """
            INSERT OR REPLACE INTO node (project, experiment, number, name, host, kind, state, exitCode)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            name.project, name.experiment, number, node.name, node.host, node.kind, node.state, node.exitCode,
          ])
      }
    }
  }

  /// What was asked of the links of an active experiment, and what was measured last.
  func links(of name: ExperimentName) throws(TestbedError) -> [LinkReport] {
    let machines = Set(try nodes(of: name).filter { $0.kind == ManifestNode.Kind.qemu.rawValue }.map(\.name))
    return try read { database in
      try Row.fetchAll(
        database,
        sql:
          "SELECT name, source, target, asked, measured FROM link WHERE project = ? AND experiment = ? ORDER BY number",
        arguments: [name.project, name.experiment]
      ).map { row in
        let (asked, measured): (Double, Double?) = (row["asked"], row["measured"])
        let ends: [String] = [row["source"], row["target"]]
        let tolerance = LinkExpectation.tolerance(
          ofMilliseconds: asked, machineCount: ends.count { machines.contains($0) })
        return LinkReport(
          name: row["name"], from: row["source"], to: row["target"], askedMilliseconds: asked,
          measuredMilliseconds: measured,
          isAsAsked: measured.map { abs($0 - asked) <= tolerance } ?? false)
      }
    }
  }

  /// Records what was asked of links, and what was measured.
  func setLinks(_ links: [LinkReport], of name: ExperimentName) throws(TestbedError) {
    try write { database in
      for (number, link) in links.enumerated() {
        try database.execute(
          sql: """
            INSERT OR REPLACE INTO link (project, experiment, number, name, source, target, asked, measured)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            name.project, name.experiment, number, link.name, link.from, link.to, link.askedMilliseconds,
            link.measuredMilliseconds,
          ])
      }
    }
  }
}

/// Something that happened to an experiment.
public struct TestbedEvent: Codable, Sendable, Equatable {
  /// When, as ISO 8601 has it.
  public var time: String
  /// The experiment's project.
  public var project: String
  /// The experiment.
  public var experiment: String
  /// What happened.
  public var text: String
}

extension TestbedEvent {
  fileprivate init(_ row: Row) {
    self.init(
      time: Date(timeIntervalSince1970: row["time"]).ISO8601Format(), project: row["project"],
      experiment: row["experiment"], text: row["text"])
  }
}
