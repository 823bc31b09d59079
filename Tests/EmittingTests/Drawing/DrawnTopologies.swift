import Planning
import TestSupport
import TopologyModel

extension Topology {
  /// Three computers on two hosts and one that is a host itself, with links, LANs inside one host and across, a stub
  /// and an empty LAN.
  static var placed: Topology {
    var builder = TopologyBuilder()
    for (name, partition) in [("a", "0"), ("b", "0"), ("c", "1")] {
      builder.add(name, ["containers:node_type": "openvz", "containers:partition": partition])
    }
    builder.add("d", ["containers:node_type": "embedded_pnode"])
    builder.join("inside", ["a", "b"], addresses: ["a": "10.0.0.1", "b": "10.0.0.2"])
    builder.join("across", ["b", "c"], addresses: ["b": "10.0.1.1", "c": "10.0.1.2"])
    builder.join("again", ["c", "a"])
    builder.join("a", ["a", "b", "c", "d"], addresses: ["a": "10.0.2.1", "d": "10.0.2.4"])
    builder.join("near", ["a", "b", "a"])
    builder.join("stub", ["d"])
    builder.join("empty", [])
    return builder.topology
  }

  /// Names that mean something to Graphviz, HTML, JSON or a script.
  static let hostileNames = [
    #"quote " and backslash \"#, #"\N \G \l"#, "&lt;b&gt; &amp; <b>", "line\nfeed\rreturn\ttab", "{record|fields}",
    "</script><script>alert(1)</script>", "<!--", "]]>", "\u{2028}\u{1}\u{7F}\u{85}", "trailing \\", "${x} `x` $(x)",
    "",
    "Zürich 日本 🙂", "n0 -- n1; }", "javascript:alert(1)",
  ]

  /// Computers, partitions, substrates and addresses of hostile names, as no file but another program may give them.
  static var hostile: Topology {
    var topology = Topology()
    topology.substrates = hostileNames.map { Substrate(name: $0) }
    for (index, name) in hostileNames.enumerated() {
      let ends = [index, (index + 1) % hostileNames.count]
      topology.append(
        Computer(name: name, attributes: ["containers:node_type": "openvz", "containers:partition": name]),
        interfaces: ends.map {
          Interface(name: name, substrate: $0, attributes: [AttributeName.address: name])
        })
    }
    return topology
  }

  /// A chain of computers, so many on each host.
  static func chain(_ count: Int, perHost: Int) -> Topology {
    var topology = Topology()
    topology.substrates = (1..<count).map { Substrate(name: "link-\($0)") }
    for index in 0..<count {
      topology.append(
        Computer(
          name: "n-\(index)",
          attributes: ["containers:node_type": "openvz", "containers:partition": "\(index / perHost)"]),
        interfaces: [index - 1, index].filter(topology.substrates.indices.contains).map {
          Interface(name: "inf", substrate: $0)
        })
    }
    return topology
  }
}
