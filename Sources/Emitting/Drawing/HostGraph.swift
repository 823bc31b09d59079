internal import Planning
internal import TopologyModel

/// What crosses between hosts, counted.
struct HostGraph {
  /// Substrates between the same hosts.
  struct Crossing: Equatable {
    /// The hosts: indices in ``Picture/hosts``, ascending, at least two.
    var hosts: [Int]
    /// The name of the first of the substrates.
    var name: String
    /// How many substrates there are.
    var count: Int
  }

  /// Between two hosts: in the order of the hosts.
  let links: [Crossing]
  /// Between more hosts: in the order of the first substrate of each.
  let lans: [Crossing]

  init(_ picture: Picture) {
    var links: [UInt64: Crossing] = [:]
    var lans: [Crossing] = []
    var positions: [[Int]: Int] = [:]
    for (index, substrate) in picture.topology.substrates.enumerated() {
      var hosts: [Int] = []
      for interface in picture.incidence.interfaces(on: index) {
        guard let host = picture.hostOfComputer[picture.incidence.computer(of: interface)] else { continue }
        if hosts.last != host { hosts.append(host) }
      }
      guard hosts.count > 1 else { continue }
      hosts.sort()
      var distinct: [Int] = []
      for host in hosts where distinct.last != host { distinct.append(host) }
      guard distinct.count > 1 else { continue }
      if distinct.count == 2 {
        let key = UInt64(distinct[0]) << 32 | UInt64(distinct[1])
        links[key, default: Crossing(hosts: distinct, name: substrate.name, count: 0)].count += 1
      } else if let position = positions[distinct] {
        lans[position].count += 1
      } else {
        positions[distinct] = lans.count
        lans.append(Crossing(hosts: distinct, name: substrate.name, count: 1))
      }
    }
    self.links = links.sorted { $0.key < $1.key }.map(\.value)
    self.lans = lans
  }
}
