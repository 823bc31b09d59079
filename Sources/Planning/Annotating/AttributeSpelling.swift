internal import TopologyModel

/// Old and mistaken spellings of attributes and kinds, which are read as what they mean, with a warning.
struct AttributeSpelling {
  /// How often each spelling was met, and where first.
  private var uses: [String: (count: Int, first: String)] = [:]

  private static let aliases = [
    (spelling: "partition", name: AttributeName.partition),
    (spelling: "containers::partition", name: AttributeName.partition),
    (spelling: "containers:Partition", name: AttributeName.partition),
    (spelling: "containers:PackingPass", name: AttributeName.partitionPass),
    (spelling: AttributeName.maverickURL, name: AttributeName.qemuURL),
  ]

  /// Gives a computer's attributes their documented names.
  ///
  /// Where the documented name is there too, it counts and the other spelling goes.
  mutating func correct(_ attributes: inout Attributes, of computer: String) {
    for alias in Self.aliases {
      guard let value = attributes[alias.spelling] else { continue }
      note(alias.spelling, of: computer)
      if attributes[alias.name] == nil, let index = attributes.entries.firstIndex(where: { $0.name == alias.spelling })
      {
        attributes.entries[index] = Attribute(alias.name, value)
      }
      attributes[alias.spelling] = nil
    }
    if attributes[AttributeName.nodeType] == ContainerKind.openvzAlias {
      note(ContainerKind.openvzAlias, of: computer)
      attributes[AttributeName.nodeType] = ContainerKind.openvz.rawValue
    }
  }

  /// One warning a spelling.
  var warnings: [String] {
    let meanings = Self.aliases + [(ContainerKind.openvzAlias, ContainerKind.openvz.rawValue)]
    return meanings.compactMap { spelling, name in
      uses[spelling].map { use in
        let others = use.count > 1 ? " and \(use.count - 1) more" : ""
        return "`\(spelling)` is read as `\(name)` (\(use.first)\(others))"
      }
    }
  }

  private mutating func note(_ spelling: String, of computer: String) {
    uses[spelling, default: (0, computer)].count += 1
  }
}
