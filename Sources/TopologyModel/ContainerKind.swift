/// What realises a computer of the topology.
public enum ContainerKind: String, Sendable, CaseIterable, Comparable {
  /// A light container with a template file system.
  case openvz
  /// A virtual machine.
  case qemu
  /// A light container: processes in namespaces of their own.
  case process
  /// A physical machine of its own.
  case embeddedPnode = "embedded_pnode"

  /// Reads a kind by its documented name.
  ///
  /// `open_vz` is an alias of `openvz`: the guide's own example uses it.
  public init?(name: String) {
    self.init(rawValue: name == Self.openvzAlias ? Self.openvz.rawValue : name)
  }

  /// The misspelling of `openvz` that the guide's own example has.
  public static let openvzAlias = "open_vz"

  /// In the order of the documentation.
  public static func < (left: Self, right: Self) -> Bool { left.order < right.order }

  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
