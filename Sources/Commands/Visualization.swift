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
  /// - Returns: The file; `nil` where Graphviz is missing, fails or takes too long.
  /// - Throws: Never for want of a drawing.
  static func file(of experiment: Experiment, journal: Journal) async throws -> EmittedFile? {
    let dot = try experiment.picture.dot(DrawingOptions())
    do {
      let image = try await Graphviz.draw(dot, as: "png", within: timeLimit)
      return EmittedFile("visualization.png", image)
    } catch {
      journal.warn(["no visualization.png: \(error); --no-image leaves it out"])
      return nil
    }
  }
}
