public import Testbed
internal import HostManifests
internal import Running
internal import SystemPackage

extension LocalTestbed {
  // MARK: The machine

  /// Has the machine know the names of nodes by something from now on, those of experiments that are swapped in already
  /// as well.
  ///
  /// - Returns: What of it can't be, and why.
  /// - Throws: If what was there before can't be undone, or a file can't be written.
  public func setNames(_ setting: NamesSetting) throws(TestbedError) -> NamesReport {
    let active = try activeExperiments()
    let lock = try namesLock()
    defer { try? lock.close() }
    if let old = try database.namesSetting() {
      for files in active { try retract(files, old) }
      try includeBlock(old)?.remove()
      try NameServer(root: store.root).stop()
    }
    try database.setNamesSetting(setting)
    if setting.mode != .off { try includeBlock(setting)?.write(["Include \(includePattern())"]) }
    var problems: [String] = []
    for files in active {
      if let problem = try publish(files, files.manifests(), setting) { problems.append(problem) }
    }
    return NamesReport(setting: setting, names: try names(active), problems: problems)
  }

  /// The names of what is swapped in.
  ///
  /// - Throws: If they can't be read.
  public func names() throws(TestbedError) -> NamesReport {
    NamesReport(setting: try database.namesSetting(), names: try names(activeExperiments()), problems: [])
  }

  private func activeExperiments() throws(TestbedError) -> [ExperimentFiles] {
    var experiments: [ExperimentFiles] = []
    for summary in try list() where summary.state == .active {
      let name = try ExperimentName(project: summary.project, experiment: summary.experiment)
      experiments.append(try ExperimentFiles(name, in: store))
    }
    return experiments
  }

  private func names(_ active: [ExperimentFiles]) throws(TestbedError) -> [MachineName] {
    var names: [MachineName] = []
    for files in active { names += MachineName.all(try files.manifests(), of: files.name) }
    return names
  }

  // MARK: An experiment

  /// Has the machine know the names of an experiment that is being swapped in.
  ///
  /// - Returns: Why it can't.
  func publishNames(_ files: ExperimentFiles, _ manifests: [HostManifest]) throws(TestbedError) -> String? {
    let lock = try namesLock()
    defer { try? lock.close() }
    guard let setting = try database.namesSetting() else { return nil }
    return try publish(files, manifests, setting)
  }

  /// Has the machine know the names of an experiment no more.
  func retractNames(_ files: ExperimentFiles) throws(TestbedError) {
    let lock = try namesLock()
    defer { try? lock.close() }
    if let setting = try database.namesSetting() { try retract(files, setting) }
  }

  private func publish(
    _ files: ExperimentFiles, _ manifests: [HostManifest], _ setting: NamesSetting
  ) throws(TestbedError) -> String? {
    guard setting.isJoined, let network = manifests.first?.control.network else { return nil }
    let names = MachineName.all(manifests, of: files.name)
    do throws(TestbedError) {
      guard let process = OwnedProcesses(owner: files.owner).numbers().first(where: HostProcesses.isFabric) else {
        throw TestbedError("the switch of \(files.name) is gone: swap it out and in")
      }
      try MachineLink(to: files.name, owner: files.owner, network: network, names: names).make(to: process)
      if setting.mode == .hosts {
        try hostsBlock(files, setting).write(names.map { "\($0.address)\t\($0.name)" })
      } else {
        try NameServer(root: store.root).publish(names, of: files.name, setting)
      }
      return nil
    } catch {
      try retract(files, setting)
      return "this machine has no names of \(files.name): \(error)"
    }
  }

  private func retract(_ files: ExperimentFiles, _ setting: NamesSetting) throws(TestbedError) {
    MachineLink.remove(of: files.owner)
    switch setting.mode {
    case .off, .ssh: break
    case .hosts: try hostsBlock(files, setting).remove()
    case .dns: try NameServer(root: store.root).retract(files.name, setting)
    }
  }

  // MARK: Parts

  /// One program at a time changes what the machine knows.
  private func namesLock() throws(TestbedError) -> FileDescriptor {
    do throws(Errno) { return try FileTree.lock(store.root, isShared: false) } catch {
      throw TestbedError("can't lock \(store.root): \(error.reason)")
    }
  }

  private func hostsBlock(_ files: ExperimentFiles, _ setting: NamesSetting) -> MarkedBlock {
    let mark = "\(files.name), \(HostAgent.Surroundings.groupName(ofOwner: files.owner))"
    return MarkedBlock(in: FilePath(setting.hostsFile), mark: mark, at: .end)
  }

  private func includeBlock(_ setting: NamesSetting) throws(TestbedError) -> MarkedBlock? {
    let file = FilePath(setting.sshConfiguration)
    do throws(Errno) { try FileTree.makeDirectories(file.removingLastComponent()) } catch {
      throw TestbedError("can't make \(file.removingLastComponent()): \(error.reason)")
    }
    let mark = "experiments, \(HostAgent.Surroundings.groupName(ofOwner: store.root.string))"
    return MarkedBlock(in: file, mark: mark, at: .beginning)
  }

  /// Where ssh finds the configurations of experiments.
  private func includePattern() throws(TestbedError) -> String {
    let special = store.root.string.first { "*?[]\\\"%${}".contains($0) || $0.isNewline }
    if let special {
      throw TestbedError(
        "\(store.root) has \"\(special)\" in it, which ssh's Include takes for something else: set CONTAINERIZE_HOME to "
          + "another directory")
    }
    return "\"\(LoginFiles.configurations(of: store.root))\""
  }
}
