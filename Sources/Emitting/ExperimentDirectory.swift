internal import Planning
internal import TopologyModel
internal import TopologyReading

extension Experiment {
  /// The files of the experiment directory, but for its picture and `config.tgz`, which holds all others.
  ///
  /// > Containers reference manual, "Per-experiment directory". Formats that it doesn't say are ours: `docs/formats.md`.
  ///
  /// - Parameter emitters: What else the plan is written for; one that is named twice is asked once.
  /// - Returns: The files, in batches that can be made at once: those of all, then those of each host.
  /// - Throws: What can't be said in the languages of these files.
  public func batches(for emitters: [Emitter] = []) throws(EmittingError) -> [EmittedBatch] {
    try checkNames()
    let host = HostExperiment(self)
    let script = try host.script()
    let source = ManifestSource(self)
    let emitters = Emitter.allCases.filter(emitters.contains)
    try source.checkLanguages(of: emitters)
    let common = [
      EmittedBatch("annotated.xml") { try TopDLWriter().bytes(of: source.experiment.annotated) },
      EmittedBatch("assignment") { AssignmentFile(source.experiment.embedding).bytes },
      EmittedBatch("backend_config.yaml") { BackendFile(source.experiment).bytes },
      EmittedBatch("embedding.yaml") { EmbeddingFile(source.experiment.embedding).bytes },
      EmittedBatch(language == .ns2 ? "experiment.tcl" : "experiment.xml") { source.experiment.input },
      EmittedBatch("ghosts") { source.experiment.ghosts },
      EmittedBatch("hosts") { Array(HostsFile(source.experiment.embedding).text.utf8) },
      EmittedBatch("maverick_url") { ImageFile(source.experiment, of: .qemu).bytes },
      EmittedBatch("openvz_guest_url") { ImageFile(source.experiment, of: .openvz).bytes },
      EmittedBatch("partitioned.xml") { try TopDLWriter().bytes(of: source.experiment.embedding.topology) },
      EmittedBatch("phys_topo.ns") { Array(script.utf8) },
      EmittedBatch("phys_topo.xml") { try TopDLWriter().bytes(of: host.topology) },
      // Readers on the nodes know this file as two lines.
      EmittedBatch("pid_eid") { Array("\(source.experiment.project)\n\(source.experiment.name)\n".utf8) },
      EmittedBatch("shaping.yaml") { ShapingFile(source.experiment.embedding).bytes },
      EmittedBatch("site.conf") { Array(source.experiment.site.text.utf8) },
      EmittedBatch {
        let files = SwitchFiles(source.experiment)
        return [
          EmittedFile("switch_extra.yaml", files.ports), EmittedFile("wirefilters.yaml", files.delayElements),
        ]
      },
      // Readers on the nodes look at the first line only.
      EmittedBatch("topo.xml") {
        try TopDLWriter(layout: .oneLine).bytes(of: FinalTopology(source.experiment.embedding).topology)
      },
      EmittedBatch("traffic_shaping") { TrafficShapingFile(source.experiment.embedding).bytes },
    ]
    return common + emitters.flatMap { $0.commonBatches(of: source) }
      + embedding.hosts.indices.map { index in EmittedBatch { source.files(of: index, for: emitters) } }
  }

  /// Names become those of files: nothing in one may lead to another directory. The control network's is taken.
  private func checkNames() throws(EmittingError) {
    let names = embedding.topology.computers.map(\.name)
    let improper = names.filter { $0.utf8.count > 200 || !TopDLName.isValid($0.utf8) }
    var problems = improper.map { "the computer \"\($0)\" can't be: up to 200 letters, digits, `_` and `-` name one" }
    if embedding.topology.substrates.contains(where: { $0.name == FinalTopology.controlNetwork }) {
      problems.append("the network \"\(FinalTopology.controlNetwork)\" can't be: the control network is called so")
    }
    guard problems.isEmpty else { throw EmittingError(problems: problems) }
  }

  /// The names of the nodes that are made and not started, one a line.
  private var ghosts: [UInt8] {
    Array(embedding.topology.computers.filter(\.isGhost).map { "\($0.name)\n" }.joined().utf8)
  }
}
