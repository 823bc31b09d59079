/// A node that a host brings up.
public struct ManifestNode: Codable, Sendable, Equatable {
  /// What realises a node.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// A light container with a template file system.
    case openvz
    /// A virtual machine.
    case qemu
    /// A light container: processes in namespaces of their own.
    case process
    /// The host itself.
    case embedded = "embedded_pnode"
  }

  /// A package to install: a tar file where ``install`` says where to unpack it, an RPM otherwise.
  public struct Package: Codable, Sendable, Equatable {
    /// Where it is, as a path or URL.
    public var location: String
    /// The directory to unpack it in.
    public var install: String?

    /// A package.
    public init(location: String, install: String?) {
      self.location = location
      self.install = install
    }
  }

  /// Its name.
  public var name: String
  /// What realises it.
  public var kind: Kind
  /// The image of a virtual machine or template of a container: a URL, a path, or a name that is looked for in the
  /// host's ``ManifestHost/templateDirectories``. Absent for kinds that have none.
  public var image: String?
  /// The testbed's name of its operating system.
  public var operatingSystem: String?
  /// The architecture of a virtual machine: `i386` or `x86_64`.
  public var architecture: String?
  /// Its memory in MB (2²⁰ bytes); absent for the host's default.
  public var memoryMegabytes: Int?
  /// Its disk in MB (2²⁰ bytes); absent for what its image has.
  public var diskMegabytes: Int?
  /// Whether all is made for it without starting it.
  public var isGhost: Bool
  /// What it runs when it has started, for a shell.
  public var startCommand: String?
  /// What is installed on it.
  public var packages: [Package]
  /// Its interface on the control network; absent for the host itself, whose own one it is.
  public var control: ControlInterface?
  /// Its interfaces, in port order.
  public var interfaces: [ManifestInterface]
  /// Its routes, by the neighbours that they lead to.
  public var routes: [ManifestRoute]

  /// A node.
  public init(
    name: String, kind: Kind, image: String?, operatingSystem: String?, architecture: String?, memoryMegabytes: Int?,
    diskMegabytes: Int?, isGhost: Bool, startCommand: String?, packages: [Package], control: ControlInterface?,
    interfaces: [ManifestInterface], routes: [ManifestRoute]
  ) {
    self.name = name
    self.kind = kind
    self.image = image
    self.operatingSystem = operatingSystem
    self.architecture = architecture
    self.memoryMegabytes = memoryMegabytes
    self.diskMegabytes = diskMegabytes
    self.isGhost = isGhost
    self.startCommand = startCommand
    self.packages = packages
    self.control = control
    self.interfaces = interfaces
    self.routes = routes
  }
}

/// A node's interface on the control network.
public struct ControlInterface: Codable, Sendable, Equatable {
  /// Its MAC address.
  public var mac: String
  /// Its address; absent where the network has too few.
  public var address: String?

  /// An interface.
  public init(mac: String, address: String?) {
    self.mac = mac
    self.address = address
  }
}

/// A node's interface on a network of the experiment.
public struct ManifestInterface: Codable, Sendable, Equatable {
  /// Its name, unique on its node, such as `inf000`.
  public var name: String
  /// Its MAC address, unique in the experiment.
  public var mac: String
  /// Its IPv4 address.
  public var address: String
  /// The length of its network's prefix.
  public var prefixLength: Int
  /// The name of its network.
  public var substrate: String
  /// How its traffic is shaped; absent where it isn't.
  public var shaping: InterfaceShaping?

  /// An interface.
  public init(
    name: String, mac: String, address: String, prefixLength: Int, substrate: String, shaping: InterfaceShaping?
  ) {
    self.name = name
    self.mac = mac
    self.address = address
    self.prefixLength = prefixLength
    self.substrate = substrate
    self.shaping = shaping
  }
}

/// The routes of a node by one of its neighbours.
public struct ManifestRoute: Codable, Sendable, Equatable {
  /// The address of the neighbour that gets the packets.
  public var gateway: String
  /// The name of the interface that they leave by.
  public var interface: String
  /// The addresses that it gets them for, such as `10.0.3.0/24`, in ascending order.
  public var destinations: [String]

  /// Routes.
  public init(gateway: String, interface: String, destinations: [String]) {
    self.gateway = gateway
    self.interface = interface
    self.destinations = destinations
  }
}
