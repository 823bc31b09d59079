public import HostManifests
public import SystemPackage
public import Testbed

extension LocalTestbed {
  /// Whether there is an experiment of that name.
  public func contains(_ name: ExperimentName) -> Bool { FileTree.exists(store.directory(of: name)) }

  /// The directory of an experiment.
  public func directory(of name: ExperimentName) -> FilePath { store.directory(of: name) }

  /// What has become of an experiment, without asking its agents, after what was broken off is cleared away.
  ///
  /// - Throws: If it isn't there.
  public func state(of name: ExperimentName) throws(TestbedError) -> ExperimentState {
    try settledState(of: ExperimentFiles(name, in: store))
  }

  /// What the hosts of an experiment are told, in the order of their names.
  ///
  /// - Throws: If it isn't there, or can't be read.
  public func manifests(of name: ExperimentName) throws(TestbedError) -> [HostManifest] {
    try ExperimentFiles(name, in: store).manifests()
  }
}
