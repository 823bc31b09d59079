internal import Emitting

/// The drawing in an experiment's directory, which nothing else depends on.
enum Visualization {
  /// How long Graphviz may take, in seconds: nobody waits longer for a picture.
  private static let timeLimit = 10.0

  /// Draws an experiment.
  ///
  /// - Parameters:
  ///   - experiment: The experiment.
  ///   - journal: What is told why there is no drawing.
  ///   - interruption: What ends Graphviz with this program.
  /// - Returns: The file; `nil` where Graphviz is missing, fails or takes too long.
  static func file(of experiment: Experiment, journal: Journal, interruption: Interruption) async -> EmittedFile? {
    do {
      let dot = try experiment.picture.dot(DrawingOptions())
      let image = try await Graphviz.draw(dot, as: "png", within: timeLimit, interruption: interruption)
      return EmittedFile("visualization.png", image)
    } catch {
      journal.warn(["no visualization.png: \(error); --no-image leaves it out"])
      return nil
    }
  }
}
