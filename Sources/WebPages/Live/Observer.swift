internal import Dispatch
internal import NIOPosix
internal import Swapping
internal import SystemPackage
internal import Testbed

/// Looks at experiments for all who look at their pages: nobody is asked while nobody looks, and once for all who do.
actor Observer {
  /// How old an observation may be.
  private static let freshness = Duration.milliseconds(400)
  private static let eventCount = 200
  /// How many experiments are looked at at once.
  private static let width = 4

  private let testbed: LocalTestbed
  private let drawings: Drawings
  private let operations: Operations
  private let threads: NIOThreadPool

  private struct Look {
    let begin: ContinuousClock.Instant
    let task: Task<Observation, any Error>
  }

  private var looks: [ExperimentName: Look] = [:]
  /// Of experiments that aren't active: what their manifests say doesn't change as long as the directory doesn't.
  private var plans: [ExperimentName: (stamp: FileStamp, report: ExperimentReport)] = [:]
  private var measured: [ExperimentName: [LinkReport]] = [:]

  init(_ testbed: LocalTestbed, drawings: Drawings, operations: Operations) {
    self.testbed = testbed
    self.drawings = drawings
    self.operations = operations
    threads = NIOThreadPool(numberOfThreads: Self.width)
    threads.start()
  }

  /// Does something that waits for the disk or for agents, apart from what serves requests.
  func apart<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await threads.runIfActive(body)
  }

  /// All experiments with their states, and the last that happened to each.
  ///
  /// - Throws: If the database can't be read.
  func list() async throws -> (experiments: [ExperimentSummary], latest: [TestbedEvent]) {
    let testbed = testbed
    return try await apart { (try testbed.list(), try testbed.latestEvents()) }
  }

  /// How an experiment is.
  ///
  /// - Throws: If it isn't there.
  func observation(of name: ExperimentName) async throws -> Observation {
    if let look = looks[name], ContinuousClock.now - look.begin < Self.freshness { return try await look.task.value }
    let task = Task { try await look(at: name) }
    looks[name] = Look(begin: .now, task: task)
    do {
      return try await task.value
    } catch {
      // It may be gone for good.
      (looks[name], plans[name], measured[name]) = (nil, nil, nil)
      throw error
    }
  }

  /// Makes the next look a new one, as something was just done.
  func forget(_ name: ExperimentName) { looks[name] = nil }

  /// Takes in what was measured, which the database doesn't have all of.
  func setLinks(_ links: [LinkReport], of name: ExperimentName) {
    measured[name] = links
    looks[name] = nil
  }

  private func look(at name: ExperimentName) async throws -> Observation {
    let testbed = testbed
    let (plan, measured) = (plans[name], measured[name])
    let stamp = FileStamp(testbed.store.containersDirectory(of: name).appending("manifests"))
    let found = try await apart {
      let state = try testbed.state(of: name)
      var report: ExperimentReport
      if state != .active, let plan, plan.stamp == stamp {
        report = plan.report
        report.state = state
      } else {
        report = try testbed.status(of: name)
      }
      return (
        report, try testbed.events(of: name, newest: Self.eventCount), try testbed.lastMeasuredLinks(of: name)
      )
    }
    if found.0.state == .active {
      plans[name] = nil
    } else {
      self.measured[name] = nil
      plans[name] = stamp.map { ($0, found.0) }
    }
    // What was measured here has more than what the database has, unless somebody measured later.
    let isLatest = measured.map { $0.map(\.measuredMilliseconds) == found.2.map(\.measuredMilliseconds) } ?? false
    return Observation(
      report: found.0, events: found.1, links: isLatest ? measured ?? [] : found.2,
      operation: await operations.latest(of: name), drawing: await drawings.drawing(of: name))
  }
}
