/// The elements of TopDL, by the tags they have in a file.
///
/// > DETER, *topdl*, the topology description language, versions 1.0 and 2.0 (regions, fragments and name maps).
enum TopDLElement: UInt8, CaseIterable {
  // The file as a whole.
  case topology, version, substrates, elements, fragments, namemaps
  // What is said of anything: `<attribute><attribute>key</attribute><value>…</value></attribute>`.
  case attribute, attributeKey, value
  case name, localname, status, service, operation, importer, param, description
  // Elements of a topology.
  case computer, testbed, segment, other, region
  // Parts of a computer.
  case cpu, os, software, storage, interface
  case type, count, distribution, distributionversion, location, install, amount, persistence
  // Links.
  case substrate, capacity, latency, rate, time, kind
  // Federation.
  case uri, id, uuid, fedid, kerberosUsername
  // Version 2.0.
  case level, fragname, ifmap, outer, inner, pathname, namemap

  /// Its tag.
  var tag: String { Self.tags[Int(rawValue)] }

  /// What may be inside it; an element without children holds text.
  var children: TopDLElementSet { Self.childSets[Int(rawValue)] }

  private static let tags: [String] = allCases.map { $0 == .attributeKey ? "attribute" : String(describing: $0) }

  private static let childSets: [TopDLElementSet] = allCases.map { TopDLElementSet($0.childrenInOrder) }

  /// What may be inside it, in the order in which it is written.
  var childrenInOrder: [Self] {
    switch self {
    case .topology: [.version, .substrates, .elements, .attribute, .fragments, .namemaps]
    case .substrates: [.name, .capacity, .latency] + Self.tail
    case .elements: [.computer, .testbed, .segment, .other, .region]
    case .computer: [.name, .cpu, .os, .software, .storage, .interface] + Self.tail
    case .testbed: [.uri, .type, .interface] + Self.tail
    case .segment: [.id, .uri, .type, .interface] + Self.tail
    case .other: [.interface] + Self.tail
    case .region: [.name, .level, .fragname, .interface] + Self.tail
    case .cpu: [.type, .attribute]
    case .os: [.name, .version, .distribution, .distributionversion, .attribute]
    case .software: [.location, .install, .attribute]
    case .storage: [.amount, .persistence, .attribute]
    case .interface: [.substrate, .name, .capacity, .latency, .attribute]
    case .capacity: [.rate, .kind]
    case .latency: [.time, .kind]
    case .attribute: [.attributeKey, .value]
    case .service: [.name, .importer, .param, .description, .status]
    case .param: [.name, .type]
    case .id: [.uuid, .fedid, .uri, .localname, .kerberosUsername]
    case .fragments: [.name, .substrates, .elements, .ifmap]
    case .namemaps: [.pathname, .namemap]
    case .ifmap, .namemap: [.outer, .inner]
    default: []
    }
  }

  /// What may follow in every element of a topology and in substrates.
  private static let tail: [Self] = [.attribute, .localname, .status, .service, .operation]
}

/// A set of elements.
struct TopDLElementSet {
  private var bits: UInt64 = 0

  init(_ elements: [TopDLElement]) {
    for element in elements { bits |= 1 << UInt64(element.rawValue) }
  }

  var isEmpty: Bool { bits == 0 }

  func contains(_ element: TopDLElement) -> Bool { bits >> UInt64(element.rawValue) & 1 == 1 }
}
