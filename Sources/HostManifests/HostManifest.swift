/// All that one host needs to bring up its nodes: they, their networks, where these lead, and every name.
///
/// A manifest is a JSON document, which `schemas/host-manifest.schema.json` describes. Apart from the images that it
/// names, nothing else is needed.
public struct HostManifest: Codable, Sendable, Equatable {
  /// The version of the format that is written; readers refuse others.
  public static let currentVersion = 1

  /// The version of the format.
  public var version: Int
  /// The project of the experiment.
  public var project: String
  /// The experiment.
  public var experiment: String
  /// The machine.
  public var host: ManifestHost
  /// The network that hosts and nodes are managed by.
  public var control: ControlNetwork
  /// The nodes it holds, in topology order.
  public var nodes: [ManifestNode]
  /// The networks that its nodes are on, in topology order.
  public var substrates: [ManifestSubstrate]
  /// The names of nodes, in the order of the file `hosts`.
  public var names: [NameEntry]
  /// Whether ``names`` has those of all nodes of the experiment. In an experiment too large for that it has those of
  /// this host's nodes, and the file `hosts` has all.
  public var namesAreComplete: Bool
  /// The variables of the environment of start commands that the experiment sets, in its order; absent for none.
  public var environment: [EnvironmentVariable]?

  /// A manifest of the current version.
  public init(
    project: String, experiment: String, host: ManifestHost, control: ControlNetwork, nodes: [ManifestNode],
    substrates: [ManifestSubstrate], names: [NameEntry], namesAreComplete: Bool,
    environment: [EnvironmentVariable]? = nil
  ) {
    version = Self.currentVersion
    self.project = project
    self.experiment = experiment
    self.host = host
    self.control = control
    self.nodes = nodes
    self.substrates = substrates
    self.names = names
    self.namesAreComplete = namesAreComplete
    self.environment = environment
  }
}

/// A variable of the environment of start commands.
public struct EnvironmentVariable: Codable, Sendable, Equatable {
  /// Its name.
  public var name: String
  /// Its value.
  public var value: String

  /// A variable.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// The machine that a manifest is for.
public struct ManifestHost: Codable, Sendable, Equatable {
  /// What a host must be able to do.
  public enum Capability: String, Codable, Sendable, CaseIterable {
    /// Light containers: kernel namespaces.
    case namespaces
    /// Virtual machines.
    case qemu
    /// Delay elements of VDE switches.
    case vde
    /// Shaping in the kernel.
    case netem
    /// Tunnels to other hosts.
    case vxlan
  }

  /// Its name: `pnode-0000`, or that of the embedded computer.
  public var name: String
  /// The partition whose containers it holds; absent where it is a computer of the topology itself.
  public var partition: String?
  /// The hardware types that it was chosen from; empty for any.
  public var hardwareTypes: [String]
  /// The testbed's name of its operating system; absent for the testbed's default.
  public var operatingSystem: String?
  /// What it must be able to do, in the order of ``Capability``.
  public var capabilities: [Capability]
  /// The directories that templates are looked for in, first to last.
  public var templateDirectories: [String]

  /// A host.
  public init(
    name: String, partition: String?, hardwareTypes: [String], operatingSystem: String?, capabilities: [Capability],
    templateDirectories: [String]
  ) {
    self.name = name
    self.partition = partition
    self.hardwareTypes = hardwareTypes
    self.operatingSystem = operatingSystem
    self.capabilities = capabilities
    self.templateDirectories = templateDirectories
  }
}

/// The network that hosts and nodes are managed by.
public struct ControlNetwork: Codable, Sendable, Equatable {
  /// Its addresses, such as `192.168.0.0/16`.
  public var network: String
  /// The host's own address; absent where the network has too few.
  public var address: String?

  /// A network.
  public init(network: String, address: String?) {
    self.network = network
    self.address = address
  }
}

/// The names of an address, as a line of `/etc/hosts`.
public struct NameEntry: Codable, Sendable, Equatable {
  /// The address.
  public var address: String
  /// The names; programs print the first.
  public var names: [String]

  /// An entry.
  public init(address: String, names: [String]) {
    self.address = address
    self.names = names
  }
}
