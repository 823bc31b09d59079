public import TopologyModel

/// A line of a computer's routing table: where packets for some addresses go next.
public struct Route: Sendable, Hashable {
  /// The addresses.
  public var destination: IPv4Network
  /// The address of the neighbour that gets the packets.
  public var gateway: IPv4Address
  /// The computer's own interface that they leave by: an index in ``Topology/interfaces``.
  public var interface: Int

  /// A route.
  public init(destination: IPv4Network, gateway: IPv4Address, interface: Int) {
    self.destination = destination
    self.gateway = gateway
    self.interface = interface
  }
}

/// How the computers of an experiment get their routes: the topology's attribute `rtproto`.
enum RoutingProtocol: Equatable {
  /// Computed here.
  case computed
  /// What the computers' attributes `route` say, and nothing else.
  case manual
  /// A routing daemon's, which runs on the computers.
  case daemon
  /// Neighbours only.
  case none
  /// A word that means nothing.
  case unknown(String)

  /// What a topology asks for.
  ///
  /// A topology that doesn't speak of routing, as no TopDL file has to, has its routes computed, as Containers did for
  /// every experiment. (NS-2 always speaks of it: a script without `rtproto` asks for none.)
  init(_ topology: Topology) {
    switch topology.attributes[AttributeName.routing]?.lowercased() {
    case nil, "static", "static-old", "static-ddijk": self = .computed
    case "manual": self = .manual
    case "ospf", "session": self = .daemon
    case "none": self = .none
    case let other?: self = .unknown(other)
    }
  }
}
