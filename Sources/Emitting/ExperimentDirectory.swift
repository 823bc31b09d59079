internal import Planning
internal import TopologyModel
internal import TopologyReading

extension Experiment {
  /// The files of the experiment directory.
  ///
  /// > Containers reference manual, "Per-experiment directory".
  ///
  /// - Returns: The files, by name.
  /// - Throws: What can't be said in the languages of these files.
  public func files() throws(EmittingError) -> [EmittedFile] {
    let host = HostExperiment(self)
    let script = try host.script()
    return [
      EmittedFile("annotated.xml") { TopDLWriter.document(annotated) },
      EmittedFile("assignment") { AssignmentFile(embedding).text },
      EmittedFile(language == .ns2 ? "experiment.tcl" : "experiment.xml") { input },
      EmittedFile("hosts") { HostsFile(embedding).text },
      EmittedFile("partitioned.xml") { TopDLWriter.document(embedding.topology) },
      EmittedFile("phys_topo.ns") { script },
      EmittedFile("phys_topo.xml") { TopDLWriter.document(host.topology) },
      // Readers on the nodes know this file as two lines.
      EmittedFile("pid_eid") { "\(project)\n\(name)\n" },
      EmittedFile("site.conf") { site.text },
      // Readers on the nodes look at the first line only.
      EmittedFile("topo.xml") { TopDLWriter.document(FinalTopology(embedding).topology, layout: .oneLine) },
    ]
  }
}
