/// A network that some nodes of a host are on.
public struct ManifestSubstrate: Codable, Sendable, Equatable {
  /// An interface on the network.
  public struct Member: Codable, Sendable, Equatable {
    /// The node.
    public var node: String
    /// The interface's name on the node.
    public var interface: String

    /// A member.
    public init(node: String, interface: String) {
      self.node = node
      self.interface = interface
    }
  }

  /// How a network goes on on other hosts.
  public struct Tunnel: Codable, Sendable, Equatable {
    /// The VXLAN network identifier, unique in the experiment: 1 to 16 777 215.
    public var identifier: Int
    /// The names of the other hosts that the network touches, in the order of the hosts.
    public var hosts: [String]

    /// A tunnel.
    public init(identifier: Int, hosts: [String]) {
      self.identifier = identifier
      self.hosts = hosts
    }
  }

  /// Its name.
  public var name: String
  /// Its addresses, such as `10.0.3.0/24`.
  public var network: String
  /// The largest packet in bytes that all of its members can pass on.
  public var mtu: Int
  /// The interfaces of this host's nodes on it, in topology order.
  public var members: [Member]
  /// How it goes on on other hosts; absent for a network that this host has to itself.
  public var tunnel: Tunnel?

  /// A network.
  public init(name: String, network: String, mtu: Int, members: [Member], tunnel: Tunnel?) {
    self.name = name
    self.network = network
    self.mtu = mtu
    self.members = members
    self.tunnel = tunnel
  }
}

/// How the traffic of an interface is shaped.
public struct InterfaceShaping: Codable, Sendable, Equatable {
  /// Where traffic is shaped.
  public enum Mechanism: String, Codable, Sendable, CaseIterable {
    /// In a delay element between the interface and its network: ``outgoing`` and ``incoming``.
    case vde
    /// In the node, on what it sends: ``transits``.
    case endNode = "end-node"
  }

  /// What packets go through.
  public struct Direction: Codable, Sendable, Equatable {
    /// The delay in ms.
    public var delayMilliseconds: Double
    /// The part of the packets that is lost, 0 to 1.
    public var loss: Double
    /// The rate in kb/s (1000 bits per second); absent where nothing limits it.
    public var kilobitsPerSecond: Double?

    /// A direction.
    public init(delayMilliseconds: Double, loss: Double, kilobitsPerSecond: Double?) {
      self.delayMilliseconds = delayMilliseconds
      self.loss = loss
      self.kilobitsPerSecond = kilobitsPerSecond
    }
  }

  /// What packets to some neighbours go through on the whole way.
  public struct Transit: Codable, Sendable, Equatable {
    /// What they go through.
    public var shaping: Direction
    /// The addresses of the neighbours; absent for all that no other transit of the interface lists.
    public var neighbours: [String]?

    /// A transit.
    public init(shaping: Direction, neighbours: [String]?) {
      self.shaping = shaping
      self.neighbours = neighbours
    }
  }

  /// Where traffic is shaped.
  public var mechanism: Mechanism
  /// The node's own half of the way, from it to the middle of the network.
  public var outgoing: Direction
  /// The node's own half of the way, from the middle of the network to it.
  public var incoming: Direction
  /// The whole way to the neighbours, where the node shapes what it sends; empty at a delay element.
  public var transits: [Transit]

  /// A shaping.
  public init(mechanism: Mechanism, outgoing: Direction, incoming: Direction, transits: [Transit]) {
    self.mechanism = mechanism
    self.outgoing = outgoing
    self.incoming = incoming
    self.transits = transits
  }
}
