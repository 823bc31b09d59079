public import Testbed
internal import Glibc
internal import HostManifests
internal import Running
public import SystemPackage

/// The local testbed: swaps experiments in on this machine, and out.
///
/// Every operation may be killed at any moment. The next one on the experiment finds what was broken off, by its state
/// in the database without anyone who holds the experiment's lock, and clears it away.
public struct LocalTestbed: Sendable {
  /// The tree of experiments.
  public let store: ExperimentStore
  let database: TestbedDatabase
  /// The directory of our programs.
  public let programs: FilePath
  /// Is told what is going on.
  let progress: @Sendable (String) -> Void

  /// The testbed of a tree.
  ///
  /// - Parameters:
  ///   - store: The tree.
  ///   - programs: The directory of our programs.
  ///   - progress: Is told what is going on.
  /// - Throws: If its database can't be used.
  public init(
    _ store: ExperimentStore, programs: FilePath, progress: @escaping @Sendable (String) -> Void
  ) throws(TestbedError) {
    self.programs = programs
    self.progress = progress
    do throws(Errno) {
      try FileTree.makeDirectories(store.root)
    } catch {
      throw TestbedError("can't make \(store.root): \(error.reason)")
    }
    // One tree has one name, whatever leads to it.
    self.store = ExperimentStore(root: FileTree.realPath(of: store.root) ?? store.root)
    database = try TestbedDatabase(root: self.store.root)
  }

  /// All experiments, by name.
  ///
  /// - Throws: If the database can't be read.
  public func list() throws(TestbedError) -> [ExperimentSummary] {
    var summaries: [ExperimentSummary] = []
    let projects = store.root.appending("proj")
    for project in FileTree.entries(of: projects) {
      for experiment in FileTree.entries(of: projects.appending(project).appending("exp")) {
        guard let name = try? ExperimentName(project: project, experiment: experiment) else { continue }
        let state = try settledState(of: ExperimentFiles(name, in: store))
        summaries.append(ExperimentSummary(project: project, experiment: experiment, state: state))
      }
    }
    return summaries
  }

  /// What happened to an experiment, or to all, oldest first.
  ///
  /// - Parameters:
  ///   - name: The experiment.
  ///   - count: The most events: the newest.
  /// - Returns: The events.
  /// - Throws: If the database can't be read.
  public func events(of name: ExperimentName?, newest count: Int = .max) throws(TestbedError) -> [TestbedEvent] {
    try database.events(of: name, newest: count)
  }

  /// The last that happened to each experiment, also to those that were ended.
  ///
  /// - Throws: If the database can't be read.
  public func latestEvents() throws(TestbedError) -> [TestbedEvent] { try database.latestEvents() }

  /// The same testbed, which tells of an experiment's progress among its events, too: who looks from elsewhere sees it.
  func recordingProgress(of name: ExperimentName) -> Self {
    let (database, progress) = (database, progress)
    return Self(store: store, database: database, programs: programs) { text in
      progress(text)
      try? database.record(text, of: name)
    }
  }

  private init(
    store: ExperimentStore, database: TestbedDatabase, programs: FilePath,
    progress: @escaping @Sendable (String) -> Void
  ) {
    self.store = store
    self.database = database
    self.programs = programs
    self.progress = progress
  }

  // MARK: One at a time

  /// The state of an experiment, after what was broken off is cleared away.
  func settledState(of files: ExperimentFiles) throws(TestbedError) -> ExperimentState {
    let state = try database.state(of: files.name)?.state ?? .swapped
    // Where somebody is at work, it is what it says.
    guard state.isUnderWay, let lock = try lock(files) else { return state }
    defer { try? lock.close() }
    return try repaired(files)
  }

  /// Does something to an experiment that nobody else does something to.
  func alone<Result>(
    _ files: ExperimentFiles, _ body: (ExperimentState) throws(TestbedError) -> Result
  ) throws(TestbedError) -> Result {
    guard let lock = try lock(files) else {
      let state = try database.state(of: files.name)?.state
      throw TestbedError(
        "experiment \(files.name) is \(state?.rawValue ?? "being worked on"): wait until that is done")
    }
    defer { try? lock.close() }
    return try body(repaired(files))
  }

  /// Takes an experiment's lock.
  ///
  /// A child that was yet to begin its program shares the lock of a parent that was killed, for as long as it takes to
  /// end, too.
  ///
  /// - Returns: The lock; `nil` where somebody is at work.
  private func lock(_ files: ExperimentFiles) throws(TestbedError) -> FileDescriptor? {
    for _ in 0..<500 {
      if let lock = FileTree.lockIfFree(FilePath(files.owner)) { return lock }
      guard let worker = try database.worker(of: files.name), kill(worker, 0) != 0, errno == ESRCH else { return nil }
      usleep(10_000)
    }
    return nil
  }

  /// Clears away what was broken off. The experiment's lock is held.
  ///
  /// - Returns: The state it is in then.
  private func repaired(_ files: ExperimentFiles) throws(TestbedError) -> ExperimentState {
    let state = try database.state(of: files.name)?.state ?? .swapped
    if state.isUnderWay {
      progress("\(files.name) was left \(state.rawValue): clearing that away")
      try clear(files)
      try database.setState(.swapped, of: files.name, "found \(state.rawValue), which was broken off: cleared away")
      return .swapped
    }
    if state == .swapped, FileTree.exists(files.run) || OwnedProcesses(owner: files.owner).isAnythingLeft {
      try clear(files)
    }
    return state
  }

  /// Removes all that an experiment has on this machine but its directory.
  func clear(_ files: ExperimentFiles) throws(TestbedError) {
    try OwnedProcesses(owner: files.owner).end()
    try retractNames(files)
    FileTree.remove(files.run)
  }

  // MARK: Out

  /// Swaps an experiment out.
  ///
  /// - Throws: If it isn't there, or something of it can't be removed.
  public func swapOut(_ name: ExperimentName) throws(TestbedError) {
    let files = try ExperimentFiles(name, in: store)
    try alone(files) { state throws(TestbedError) in
      guard state == .active else { throw TestbedError("experiment \(name) is swapped out already") }
      try database.setState(.swapping, of: name, "swapping out")
      try clear(files)
      try database.setState(.swapped, of: name, "swapped out")
    }
  }

  /// Ends an experiment: swaps it out, and removes its directory.
  ///
  /// - Throws: If it isn't there, or something of it can't be removed.
  public func end(_ name: ExperimentName) throws(TestbedError) {
    let files = try ExperimentFiles(name, in: store)
    try alone(files) { _ throws(TestbedError) in
      try database.setState(.terminating, of: name, "ending")
      try clear(files)
      FileTree.remove(FilePath(files.owner))
      FileTree.removeEmptyDirectories(from: store.directory(of: name).removingLastComponent(), upTo: store.root)
      guard !FileTree.exists(FilePath(files.owner)) else { throw TestbedError("can't remove \(files.owner)") }
      try database.remove(name, "ended")
    }
  }
}
