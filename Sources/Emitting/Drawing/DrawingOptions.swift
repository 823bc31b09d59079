internal import TopologyModel

/// What a drawing shows of a picture.
public struct DrawingOptions: Sendable, Equatable {
  /// How near a drawing looks.
  public enum Level: Sendable {
    /// Every computer and every substrate.
    case detail
    /// Hosts with the number of their computers, and how much crosses between them.
    case overview
  }

  /// How near the drawing looks; `nil` for an overview where there are more than a few hundred computers on hosts.
  public var level: Level?
  /// Whether links have their names and interfaces their addresses; `nil` for where they can be read.
  public var showsLabels: Bool?
  /// Whether hosts are boxes around their computers. An overview has hosts whatever this says.
  public var showsHosts = false
  /// Graphviz's layout program; `nil` for `fdp`, or `sfdp` where that would take too long.
  public var program: String?

  /// The documented defaults.
  public init() {}

  /// More computers than this are too many for a person to look at one by one.
  static let greatestDetail = 300
  /// The names of more computers than this can't be read in any drawing.
  static let greatestNamed = 2000
}

extension Picture {
  /// How near a drawing of this picture looks.
  public func level(_ options: DrawingOptions) -> DrawingOptions.Level {
    options.level
      ?? (topology.computers.count > DrawingOptions.greatestDetail && hosts.count > 1 ? .overview : .detail)
  }

  /// The picture as a dot file, with everything that Graphviz needs to know to draw it.
  ///
  /// - Parameter options: What it shows.
  /// - Returns: The text of the file.
  /// - Throws: If an overview is asked for where there are no hosts.
  /// - Complexity: O(*i* log *i*) where *i* is the number of interfaces.
  public func dot(_ options: DrawingOptions) throws(EmittingError) -> String {
    switch level(options) {
    case .detail: return DetailedDrawing(picture: self, options: options).dot
    case .overview:
      guard !hosts.isEmpty else {
        throw EmittingError(problems: ["\(title) has no hosts to give an overview of: partition it first"])
      }
      return OverviewDrawing(picture: self, options: options).dot
    }
  }
}

extension DrawingOptions {
  /// The layout program for a graph of so many nodes.
  func program(forNodes count: Int) -> String { program ?? (count > Self.greatestDetail ? "sfdp" : "fdp") }
}
