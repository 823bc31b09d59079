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
      EmittedFile("annotated.xml") { try TopDLWriter().bytes(of: annotated) },
      EmittedFile("assignment", text: { AssignmentFile(embedding).text }),
      EmittedFile(language == .ns2 ? "experiment.tcl" : "experiment.xml") { input },
      EmittedFile("hosts", text: { HostsFile(embedding).text }),
      EmittedFile("partitioned.xml") { try TopDLWriter().bytes(of: embedding.topology) },
      EmittedFile("phys_topo.ns", text: { script }),
      EmittedFile("phys_topo.xml") { try TopDLWriter().bytes(of: host.topology) },
      // Readers on the nodes know this file as two lines.
      EmittedFile("pid_eid", text: { "\(project)\n\(name)\n" }),
      EmittedFile("site.conf", text: { site.text }),
      // Readers on the nodes look at the first line only.
      EmittedFile("topo.xml") {
        try TopDLWriter(layout: .oneLine).bytes(of: FinalTopology(embedding).topology)
      },
    ]
  }
}
