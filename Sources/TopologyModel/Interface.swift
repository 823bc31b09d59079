/// Where an element meets a substrate.
public struct Interface: Sendable, Equatable {
  /// Its name, unique on its element, such as `inf000`.
  public var name: String
  /// The substrate it is on: an index in ``Topology/substrates``.
  public var substrate: Int
  /// Further substrates it is on. TopDL allows them; files hardly ever have any.
  public var furtherSubstrates: [Int] = []
  /// The rate of this computer's own share of the substrate, where it differs from the substrate's.
  public var capacity: Capacity?
  /// The delay of this computer's own share (its way to the substrate's middle), where it isn't half the substrate's.
  public var latency: Latency?
  /// What else is said of it: `ip4_address`, `ip4_netmask`, `loss`, …
  public var attributes: Attributes

  /// An interface.
  public init(
    name: String, substrate: Int, capacity: Capacity? = nil, latency: Latency? = nil,
    attributes: Attributes = Attributes()
  ) {
    self.name = name
    self.substrate = substrate
    self.capacity = capacity
    self.latency = latency
    self.attributes = attributes
  }

  /// All substrates it is on.
  public var substrates: [Int] { [substrate] + furtherSubstrates }

  /// The name TopDL gives the interface at a position: `inf000`, `inf001`, ….
  public static func defaultName(at position: Int) -> String {
    let digits = String(position)
    return "inf" + String(repeating: "0", count: Swift.max(0, 3 - digits.count)) + digits
  }
}
