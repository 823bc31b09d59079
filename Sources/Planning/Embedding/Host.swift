public import TopologyModel

/// A machine of the host experiment.
public struct Host: Sendable, Equatable {
  /// What a host is there for.
  public enum Role: Sendable, Equatable {
    /// It holds the containers of a partition.
    case shared(partition: String)
    /// It is a computer of the topology itself.
    case embedded
  }

  /// Its name: `pnode-0000`, `pnode-0001`, …, or that of the embedded computer.
  public var name: String
  /// What it is there for.
  public var role: Role
  /// The computers it holds: indices in ``Topology/computers``, ascending.
  public var computers: [Int]
  /// The container kinds it holds, each once, in the order of ``ContainerKind``.
  public var kinds: [ContainerKind]
  /// The pass of its containers, the first one where a given partition holds several; `nil` for an embedded computer.
  public var pass: Int?
  /// The hardware types to choose from; empty for any.
  public var hardwareTypes: [String]
  /// The testbed's name of its operating system; `nil` for the testbed's default.
  public var operatingSystem: String?

  /// Whether it is a computer of the topology itself.
  public var isEmbedded: Bool { role == .embedded }

  /// What the names of shared hosts begin with.
  static let namePrefix = "pnode-"

  /// The name of the shared host at a position: `pnode-0000`, `pnode-0001`, ….
  public static func name(at position: Int) -> String {
    let digits = String(position)
    return namePrefix + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// The order of partitions, and so of hosts: numbers by value, then other names alphabetically.
struct PartitionOrder: Comparable {
  /// The name of the partition.
  let name: String
  private let number: Substring?

  /// - Parameter name: The name of the partition.
  init(_ name: String) {
    self.name = name
    // Numbers may be longer than an `Int`: without leading zeros, length and then digits decide.
    number =
      name.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? name.drop { $0 == "0" } : nil
  }

  static func < (left: Self, right: Self) -> Bool {
    switch (left.number, right.number) {
    case (let one?, let other?): (one.utf8.count, one, left.name[...]) < (other.utf8.count, other, right.name[...])
    case (nil, nil): left.name < right.name
    case (let one, _): one != nil
    }
  }
}
