internal import Planning
internal import TopologyModel

extension Picture {
  /// The picture as one page for a browser, in which a person can search, open hosts, and see what crosses between them.
  ///
  /// The page needs nothing but itself: it works from a file, without a network. Its data are JSON in an element of
  /// type `application/json`:
  ///
  ///     {"title": string,
  ///      "hosts": [[name, 1 if it is a computer of the topology itself, else 0], …],
  ///      "kinds": [container kind, …],
  ///      "computers": [[name, number of the host or -1, number of the kind or -1], …],
  ///      "substrates": [[name, rate in kb/s or null, delay in ms or null,
  ///                      number of a computer, its address or "", number of a computer, …], …]}
  ///
  /// - Complexity: O(size of the topology).
  public var page: [UInt8] {
    var bytes = Array(PageSource.beforeData(title: title).utf8)
    bytes += json.bytes
    bytes += Array(PageSource.afterData.utf8)
    return bytes
  }

  private var json: EmbeddedJSON {
    let kinds = ContainerKind.allCases
    var json = EmbeddedJSON()
    json.raw(#"{"title":"#)
    json.string(title)
    json.raw(#","hosts":"#)
    json.array(hosts) { json, host in
      json.raw("[")
      json.string(host.name)
      json.raw(host.isEmbedded ? ",1]" : ",0]")
    }
    json.raw(#","kinds":"#)
    json.array(kinds) { $0.string($1.rawValue) }
    json.raw(#","computers":"#)
    json.array(topology.computers.indices) { json, index in
      let computer = topology.computers[index]
      json.raw("[")
      json.string(computer.name)
      json.raw(",")
      json.integer(hostOfComputer[index] ?? -1)
      json.raw(",")
      json.integer(computer.kind.flatMap(kinds.firstIndex) ?? -1)
      json.raw("]")
    }
    json.raw(#","substrates":"#)
    json.array(topology.substrates.indices) { json, index in
      let substrate = topology.substrates[index]
      json.raw("[")
      json.string(substrate.name)
      json.raw(",")
      json.number(substrate.capacity?.kilobitsPerSecond)
      json.raw(",")
      json.number(substrate.latency?.milliseconds)
      for interface in incidence.interfaces(on: index) {
        json.raw(",")
        json.integer(incidence.computer(of: interface))
        json.raw(",")
        json.string(address(of: interface, on: index) ?? "")
      }
      json.raw("]")
    }
    json.raw("}")
    return json
  }
}
