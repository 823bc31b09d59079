public import SystemPackage

/// The local testbed's experiments: a directory tree laid out as on a testbed, `proj/PROJECT/exp/EXPERIMENT/…`.
public struct ExperimentStore: Sendable {
  /// Where the tree begins: `$CONTAINERIZE_HOME`, or `.local/share/containerize` in the user's home.
  public let root: FilePath

  /// A store.
  public init(root: FilePath) { self.root = root }

  /// The store that the environment names.
  ///
  /// - Throws: If it names none.
  public init(environment: [String: String]) throws(TestbedError) {
    if let home = environment["CONTAINERIZE_HOME"], !home.isEmpty {
      root = FilePath(home)
    } else if let home = environment["HOME"], !home.isEmpty {
      root = FilePath(home).appending(".local").appending("share").appending("containerize")
    } else {
      throw TestbedError("there is no place for experiments: set CONTAINERIZE_HOME to a directory")
    }
  }

  /// Where an experiment is.
  public func directory(of name: ExperimentName) -> FilePath {
    root.appending("proj").appending(name.project).appending("exp").appending(name.experiment)
  }

  /// Where the images of virtual machines are.
  public var images: FilePath { root.appending("images") }

  /// Where the files of an experiment's containers are.
  public func containersDirectory(of name: ExperimentName) -> FilePath {
    directory(of: name).appending("containers")
  }

  /// Makes sure that an experiment can be made: none of its name exists, and its place can be written.
  ///
  /// - Throws: What hinders it.
  public func requireFree(_ name: ExperimentName) throws(TestbedError) {
    let target = directory(of: name)
    guard !FileTree.exists(target) else {
      throw TestbedError("experiment \(name) exists already: choose another name, or remove \(target)")
    }
    try StagedDirectory.requireFree(target)
  }

  /// Begins to make an experiment, which appears all at once when the staged directory is committed.
  ///
  /// - Returns: The directory to make it in; its containers' files go to `containers`.
  /// - Throws: If the experiment exists, or the tree can't be written.
  public func stage(_ name: ExperimentName) throws(TestbedError) -> StagedDirectory {
    try requireFree(name)
    return try StagedDirectory(for: directory(of: name), root: root)
  }
}
