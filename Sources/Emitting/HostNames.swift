internal import Planning
internal import TopologyModel
internal import TopologyReading

/// What hosts, and the links between them, are called in the host experiment.
///
/// Names of NS-2 have letters, digits and hyphens, are unique among nodes and links together, and can't be those of
/// commands. Names that are so stay as they are, nodes' before links'; the others get the nearest one that is free.
struct HostNames {
  /// The name of each host.
  let hosts: [String]
  /// The name of each substrate that crosses hosts.
  let crossings: [String]
  /// What the user should know, one sentence each.
  let warnings: [String]

  /// The variables that every script has, and the testbed's own server.
  private static let reserved: Set<String> = ["ns", "pnode", "ops"]

  init(_ embedding: Embedding) {
    let links = embedding.crossings.map { embedding.topology.substrates[$0.substrate].name }
    let wishes = embedding.hosts.map(\.name) + links
    var taken = Self.reserved
    var names = wishes.map { name in Self.isAllowed(name) && taken.insert(name).inserted ? name : nil }
    for (index, wish) in wishes.enumerated() where names[index] == nil {
      var legal = String(decoding: wish.utf8.map { Self.isNameByte($0) ? $0 : UInt8(ascii: "-") }, as: UTF8.self)
      // Some names begin like commands, and stay so whatever follows.
      if !Self.isAllowed("\(legal)-1") { legal = "n-\(legal)" }
      var name = legal
      var number = 1
      while !Self.isAllowed(name) || !taken.insert(name).inserted {
        name = "\(legal)-\(number)"
        number += 1
      }
      names[index] = name
    }
    let all = names.compactMap(\.self)
    hosts = Array(all.prefix(embedding.hosts.count))
    crossings = Array(all.dropFirst(embedding.hosts.count))
    let renamed = zip(wishes, hosts).filter { $0 != $1 }.map { "\($0) is called \($1)" }
    warnings =
      renamed.isEmpty
      ? [] : ["hosts have names of letters, digits and hyphens that mean nothing in NS-2: \(listing(renamed))"]
  }

  private static func isAllowed(_ name: String) -> Bool {
    name.utf8.allSatisfy(isNameByte) && !NS2Names.isReserved(name)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension Experiment {
  /// What the user should know of the files, one sentence each.
  public var warnings: [String] {
    HostNames(embedding).warnings + HostExperiment.rateWarnings(of: embedding) + HostsFile.warnings(of: embedding)
  }
}
