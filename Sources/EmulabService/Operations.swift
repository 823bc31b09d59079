internal import Testbed
internal import XMLRPC

/// What is being done to experiments because someone called, and goes on whether or not the caller waits for it.
actor Operations {
  /// Emulab's word for the state of each experiment that something is being done to.
  private var words: [String: String] = [:]

  /// The word for what is being done to an experiment; `nil` where nothing is.
  func word(of name: ExperimentName) -> String? { words[name.description] }

  /// Begins something.
  ///
  /// - Parameters:
  ///   - word: Emulab's word for the state that the experiment is in meanwhile.
  ///   - name: The experiment.
  ///   - body: What is done.
  /// - Returns: How it goes.
  /// - Throws: If something is being done to the experiment already.
  func begin(
    _ word: String, _ name: ExperimentName, _ body: @escaping @Sendable () async -> EmulabProblem?
  ) throws(EmulabProblem) -> Task<EmulabProblem?, Never> {
    if let word = words[name.description] {
      throw EmulabProblem(.error, "Experiment \(name) is \(word): wait until that is done", value: 1)
    }
    words[name.description] = word
    return Task {
      let problem = await body()
      words[name.description] = nil
      return problem
    }
  }
}
