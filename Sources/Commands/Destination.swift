internal import SystemPackage
internal import Testbed

/// Where an experiment is created: in the local testbed, or in a directory that the user names.
enum Destination {
  /// The local testbed, under a name.
  case testbed(ExperimentStore, ExperimentName)
  /// A directory.
  case directory(FilePath)

  /// Where the command line and the environment want an experiment.
  ///
  /// - Parameters:
  ///   - name: The experiment.
  ///   - output: What the command line says.
  ///   - isRegistered: Whether a testbed's server makes the experiment: then only its containers' directory is ours to make,
  ///     in the tree that the testbed's hosts share.
  /// - Throws: If the environment names no testbed.
  init(of name: ExperimentName, output: OutputArguments, isRegistered: Bool) throws {
    if let directory = output.directory {
      self = .directory(FilePath(directory))
    } else if isRegistered {
      let root = Environment.current["CONTAINERIZE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "/"
      self = .directory(ExperimentStore(root: FilePath(root)).containersDirectory(of: name))
    } else {
      self = .testbed(try ExperimentStore(environment: Environment.current), name)
    }
  }

  /// Where the files of the containers will be.
  var path: String {
    switch self {
    case .testbed(let store, let name): store.containersDirectory(of: name).string
    case .directory(let directory): directory.string
    }
  }

  /// What comes before the paths of these files in what is staged.
  var prefix: String {
    switch self {
    case .testbed: "containers/"
    case .directory: ""
    }
  }

  /// Makes sure that nothing is there yet, and that it can be written.
  ///
  /// - Throws: What hinders it.
  func requireFree() throws {
    switch self {
    case .testbed(let store, let name): try store.requireFree(name)
    case .directory(let directory): try StagedDirectory.requireFree(directory)
    }
  }

  /// Begins to create it, until the interruption is settled.
  ///
  /// - Throws: What hinders it.
  func begin(_ interruption: Interruption) throws -> StagedDirectory {
    try interruption.begin(.creation) {
      switch self {
      case .testbed(let store, let name): try store.stage(name)
      case .directory(let directory): try StagedDirectory(for: directory)
      }
    } undo: {
      $0.discard()
    }
  }
}
