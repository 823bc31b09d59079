/// A node of a topology.
public struct Computer: Sendable, Equatable {
  /// Its name, unique among the elements of its topology.
  public var name: String
  /// Its processors.
  public var processors: [Processor] = []
  /// The operating systems it can run; the first one counts.
  public var operatingSystems: [OperatingSystem] = []
  /// What is installed on it.
  public var software: [Software] = []
  /// Its disks.
  public var storage: [Storage] = []
  /// Which of ``Topology/interfaces`` are its own, in port order. Set by ``Topology/append(_:interfaces:)``.
  public internal(set) var interfaces: Range<Int> = 0..<0
  /// What is said of it: hardware type, start command, container kind, …
  public var attributes = Attributes()
  /// The names, status, services and operations that federation and running testbeds add.
  public var annotations = Annotations()

  /// A computer without interfaces.
  public init(name: String, attributes: Attributes = Attributes()) {
    self.name = name
    self.attributes = attributes
  }
}

/// A processor of a computer (`cpu`).
public struct Processor: Sendable, Equatable {
  /// Its type, such as `x86`.
  public var type: String
  /// How many there are (an XML attribute of version 2.0); 1 unless the file says otherwise.
  public var count: Int
  /// What else is said of it.
  public var attributes: Attributes

  /// A processor.
  public init(type: String, count: Int = 1, attributes: Attributes = Attributes()) {
    self.type = type
    self.count = count
    self.attributes = attributes
  }
}

/// An operating system (`os`). The testbed's name for it is the attribute `osid`.
public struct OperatingSystem: Sendable, Equatable {
  /// Such as `Linux`.
  public var name: String?
  /// The kernel's version.
  public var version: String?
  /// Such as `Debian`.
  public var distribution: String?
  /// The distribution's version.
  public var distributionVersion: String?
  /// What else is said of it; `osid` lives here.
  public var attributes: Attributes

  /// An operating system.
  public init(
    name: String? = nil, version: String? = nil, distribution: String? = nil, distributionVersion: String? = nil,
    attributes: Attributes = Attributes()
  ) {
    self.name = name
    self.version = version
    self.distribution = distribution
    self.distributionVersion = distributionVersion
    self.attributes = attributes
  }
}

/// A package to install: a tar file where ``install`` says where to unpack it, an RPM otherwise.
public struct Software: Sendable, Equatable {
  /// Where the package is, as a path or URL.
  public var location: String
  /// The directory to unpack a tar file in.
  public var install: String?
  /// What else is said of it.
  public var attributes: Attributes

  /// A package.
  public init(location: String, install: String? = nil, attributes: Attributes = Attributes()) {
    self.location = location
    self.install = install
    self.attributes = attributes
  }
}

/// A disk of a computer.
public struct Storage: Sendable, Equatable {
  /// How long what is stored lasts.
  public enum Persistence: String, Sendable, CaseIterable {
    /// Until the experiment is swapped out.
    case temporary
    /// Beyond the experiment.
    case permanent
  }

  /// Its size in MB.
  public var megabytes: Double
  /// How long what is stored lasts.
  public var persistence: Persistence
  /// What else is said of it.
  public var attributes: Attributes

  /// A disk.
  public init(megabytes: Double, persistence: Persistence, attributes: Attributes = Attributes()) {
    self.megabytes = megabytes
    self.persistence = persistence
    self.attributes = attributes
  }
}
