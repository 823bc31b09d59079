public import Planning
public import TopologyModel

/// An experiment as it is about to be written: its name, and what each stage made of its topology.
public struct Experiment: Sendable {
  /// The language of the input.
  public enum Language: Sendable {
    /// NS-2: `experiment.tcl`.
    case ns2
    /// TopDL: `experiment.xml`.
    case topDL
  }

  /// The project it belongs to.
  public var project: String
  /// Its name within the project.
  public var name: String
  /// The input, byte for byte.
  public var input: [UInt8]
  /// The language of the input.
  public var language: Language
  /// The topology with the container kind of every computer.
  public var annotated: Topology
  /// The topology on its hosts.
  public var embedding: Embedding
  /// The effective site configuration.
  public var site: SiteConfiguration

  /// An experiment.
  public init(
    project: String, name: String, input: [UInt8], language: Language, annotated: Topology, embedding: Embedding,
    site: SiteConfiguration
  ) {
    self.project = project
    self.name = name
    self.input = input
    self.language = language
    self.annotated = annotated
    self.embedding = embedding
    self.site = site
  }

  /// The NS-2 file of its hosts, which a testbed makes the experiment from.
  ///
  /// - Throws: What NS-2 can't say.
  public func hostScript() throws(EmittingError) -> String { try HostExperiment(self).script() }

  /// Where its files are on a testbed.
  public var directory: String { "/proj/\(project)/exp/\(name)/containers" }
}
