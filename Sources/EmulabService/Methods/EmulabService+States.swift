internal import Swapping
internal import Testbed
internal import XMLRPC

extension EmulabService {
  // MARK: Swapping

  /// `swapexp`.
  func swapExperiment(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let name = try experiment(arguments, caller)
    let direction = try arguments.requiredText("direction")
    guard direction == "in" || direction == "out" else {
      throw EmulabProblem(.badArguments, "direction must be 'in' or 'out'")
    }
    try await swap(direction, name, isAwaited: arguments.flag("wait"))
    return EmulabResponse()
  }

  /// Swaps an experiment in or out.
  ///
  /// - Throws: If it can't be; where nobody waits, only what is seen at once.
  func swap(_ direction: String, _ name: ExperimentName, isAwaited: Bool) async throws(EmulabProblem) {
    let now = try await word(of: name)
    let (needed, word) = direction == "in" ? ("swapped", "activating") : ("active", "swapping")
    guard now == needed else { throw EmulabProblem(.error, "Experiment \(name) is \(now)", value: 1) }
    try await perform(word, name, ["swap\(direction)", name.description], isAwaited: isAwaited)
  }

  /// `endexp`.
  func endExperiment(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let name = try experiment(arguments, caller)
    try await perform("terminating", name, ["end", name.description], isAwaited: arguments.flag("wait"))
    return EmulabResponse()
  }

  private func perform(
    _ word: String, _ name: ExperimentName, _ arguments: [String], isAwaited: Bool
  ) async throws(EmulabProblem) {
    let task = try await operations.begin(word, name) { [programs] in await programs.run("testbed", arguments) }
    guard isAwaited, let problem = await task.value else { return }
    throw problem
  }

  // MARK: States

  /// Emulab's word for the state of an experiment that is there.
  func word(of name: ExperimentName) async throws(EmulabProblem) -> String {
    if let word = await operations.word(of: name) { return word }
    return try await waiting { [testbed] () throws(TestbedError) in try testbed.state(of: name).rawValue }
  }

  /// `state`.
  func state(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let word = try await word(of: experiment(arguments, caller, complaint: "Improperly formed proj/exp!"))
    return EmulabResponse(value: .string(word), output: word)
  }

  /// `statewait`, or `expwait`.
  func waitForState(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let name = try experiment(arguments, caller)
    guard let wanted = try arguments.words("state"), !wanted.isEmpty else {
      throw EmulabProblem(.badArguments, "Must supply 'state'")
    }
    return try await wait(for: wanted, name, seconds: arguments.number("timeout"))
  }

  /// `waitforactive`: fails when the experiment is on no way to that.
  func waitUntilActive(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let name = try experiment(arguments, caller)
    let response = try await wait(
      for: ["active", "swapped", "terminating"], name, seconds: arguments.number("timeout"))
    guard response.code != .success || response.value == "active" else {
      throw EmulabProblem(.error, "Experiment is not active!", value: 1)
    }
    return response
  }

  /// The longest that a caller may wait, in seconds.
  private static let greatestPatience = 3600

  private func wait(
    for wanted: [String], _ name: ExperimentName, seconds: Int?
  ) async throws(EmulabProblem) -> EmulabResponse {
    let end = ContinuousClock.now + .seconds(min(seconds ?? Self.greatestPatience, Self.greatestPatience))
    while true {
      let word = testbed.contains(name) ? try await word(of: name) : "ended"
      if wanted.contains(word) { return EmulabResponse(value: .string(word), output: word) }
      guard word != "ended" else { throw EmulabProblem(.error, "Experiment \(name) has ended", value: 1) }
      guard ContinuousClock.now < end else { return EmulabResponse(.timedOut, output: "Timed out: it is \(word)") }
      do {
        try await Task.sleep(for: .milliseconds(250))
      } catch {
        throw EmulabProblem(.error, "The caller went away")
      }
    }
  }
}
