internal import TopologyModel

/// The virtual hardware types of a host experiment: one for each set of types that hosts may have, and those of the
/// topology that embedded computers use.
struct HardwareTypes {
  /// The types as attributes of a topology, in the order of their first use: `vtype:NAME`, a weight and the types.
  private(set) var attributes: [Attribute] = []

  private let defined: Attributes
  private var nameOfSet: [[String]: String] = [:]
  private var number = 0

  /// What begins the name of such an attribute.
  static let prefix = "vtype:"

  /// No types yet.
  ///
  /// - Parameter topology: What defines types of its own.
  init(of topology: Topology) { defined = topology.attributes }

  /// Takes over a type if the topology defines it.
  mutating func use(_ name: String?) {
    guard let name, let value = defined[Self.prefix + name],
      !attributes.contains(where: { $0.name == Self.prefix + name })
    else { return }
    attributes.append(Attribute(Self.prefix + name, value))
  }

  /// The type that stands for a choice of types; `nil` where any will do.
  mutating func type(for types: [String]) -> String? {
    guard !types.isEmpty else { return nil }
    if let name = nameOfSet[types] { return name }
    var name: String
    repeat {
      name = "container\(number)"
      number += 1
    } while defined[Self.prefix + name] != nil
    nameOfSet[types] = name
    attributes.append(Attribute(Self.prefix + name, (["0.5"] + types).joined(separator: " ")))
    return name
  }
}
