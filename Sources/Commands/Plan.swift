internal import Partitioning
internal import Planning
internal import TopologyModel

/// What the stages between reading and writing make of a topology.
struct Plan {
  /// The topology with the container kind of every computer.
  let annotated: Topology
  /// The topology on its hosts.
  let embedding: Embedding
  /// What the plan costs, and how good that is known to be.
  let totals: Totals

  /// Annotates, partitions and embeds a topology, and tells the journal of it.
  ///
  /// - Throws: Everything that can't be met.
  init(
    _ topology: Topology, options: PackingOptions, site: SiteConfiguration, partitioner: Partitioner, journal: Journal
  ) throws {
    let annotated = try journal.stage("annotate") { try annotate(topology, options: options) }
    journal.warn(annotated.warnings)
    let partitioned = try journal.stage("partition") {
      try partition(annotated.topology, options: options, with: partitioner)
    } sizes: {
      "\(counted($0.totals.hosts, "host")), cost \($0.totals.cost), lower bound \($0.totals.lowerBound)"
    }
    journal.warn(partitioned.warnings)
    let embedding = try journal.stage("embed") {
      try embed(partitioned.topology, options: options, site: site)
    } sizes: {
      "\(counted($0.hosts.count, "host")), \(counted($0.crossings.count, "substrate")) between hosts"
    }
    journal.warn(embedding.warnings)
    self.annotated = annotated.topology
    self.embedding = embedding
    totals = partitioned.totals
  }
}
