public import Planning
public import TopologyModel

/// Verifies a plan from scratch: shares no code with what made it, and reads attributes by their documented names.
public struct PlanChecker {
  private let annotated: Topology
  private let options: PackingOptions

  /// A checker of plans.
  ///
  /// - Parameters:
  ///   - annotated: The annotated topology that was planned, before it was partitioned.
  ///   - options: What was asked.
  public init(_ annotated: Topology, options: PackingOptions) {
    self.annotated = annotated
    self.options = options
  }

  /// What is wrong with a plan.
  ///
  /// - Parameters:
  ///   - embedding: The plan.
  ///   - totals: What was said of its cost.
  /// - Returns: One sentence a problem; none for a right plan.
  public func problems(of embedding: Embedding, totals: Totals? = nil) -> [String] {
    placement(embedding) + names(embedding) + sizes(embedding) + crossings(embedding, totals) + addresses(embedding)
  }

  // MARK: What is asked

  /// A value by its documented name: the first one counts.
  private func value(_ computer: Int, _ name: String, in topology: Topology? = nil) -> String? {
    (topology ?? annotated).computers[computer].attributes.entries.first { $0.name == "containers:\(name)" }?.value
  }

  private func isEmbedded(_ computer: Int) -> Bool { value(computer, "node_type") == "embedded_pnode" }
  private func isOpenvz(_ computer: Int) -> Bool { value(computer, "node_type") == "openvz" }
  private func pin(_ computer: Int) -> String? { isEmbedded(computer) ? nil : value(computer, "partition") }
  private func pass(_ computer: Int) -> Int {
    value(computer, "PartitionPass").flatMap { Int($0) } ?? (isOpenvz(computer) ? 0 : 1)
  }

  // MARK: Checks

  /// Each computer once, kinds and passes apart, pins kept.
  private func placement(_ embedding: Embedding) -> [String] {
    var problems: [String] = []
    let computers = annotated.computers.indices
    if embedding.topology.computers.map(\.name) != annotated.computers.map(\.name) {
      return ["the computers are others"]
    }
    if embedding.hosts.flatMap(\.computers).sorted() != Array(computers) {
      problems.append("some computer isn't on exactly one host")
    }
    for (index, host) in embedding.hosts.enumerated() {
      if host.computers.isEmpty { problems.append("\(host.name) is empty") }
      if host.computers != host.computers.sorted() { problems.append("\(host.name) isn't in topology order") }
      if !host.computers.allSatisfy({ embedding.hostOfComputer[$0] == Int32(index) }) {
        problems.append("\(host.name) and its computers disagree")
      }
      if host.computers.contains(where: isEmbedded), host.computers.count > 1 {
        problems.append("\(host.name) shares an embedded computer's machine")
      }
      if Set(host.computers.map(isOpenvz)).count > 1 { problems.append("\(host.name) mixes kinds") }
      if Set(host.computers.map(pass)).count > 1, host.computers.contains(where: { pin($0) == nil }) {
        problems.append("\(host.name) mixes passes")
      }
      let partitions = Set(
        host.computers.filter { !isEmbedded($0) }.map { value($0, "partition", in: embedding.topology) })
      if partitions.count > 1 || partitions.contains(nil) { problems.append("\(host.name) mixes partitions") }
    }
    let shared = embedding.hosts.filter { !$0.computers.contains(where: isEmbedded) }
    let partitions = shared.compactMap { host in
      host.computers.first.map { value($0, "partition", in: embedding.topology) }
    }
    if Set(partitions).count != shared.count { problems.append("two hosts hold one partition") }
    for computer in computers {
      if let pin = pin(computer), pin != value(computer, "partition", in: embedding.topology) {
        problems.append("\(annotated.computers[computer].name) isn't in its partition \(pin)")
      }
      if value(computer, "node_type") != value(computer, "node_type", in: embedding.topology) {
        problems.append("\(annotated.computers[computer].name) has changed its kind")
      }
    }
    return problems
  }

  /// Shared hosts are numbered, embedded ones keep their names and come last.
  private func names(_ embedding: Embedding) -> [String] {
    let shared = embedding.hosts.filter { !$0.computers.contains(where: isEmbedded) }.count
    return embedding.hosts.enumerated().compactMap { index, host in
      let expected =
        index < shared
        ? "pnode-" + String(String(10000 + index).suffix(4)) : annotated.computers[host.computers[0]].name
      return host.name == expected ? nil : "host \(index) is called \(host.name), not \(expected)"
    }
  }

  /// No host is too full, and there are no more than needed where the fewest are known.
  private func sizes(_ embedding: Embedding) -> [String] {
    var problems: [String] = []
    let containers = annotated.computers.indices.filter { !isEmbedded($0) }
    for (pass, members) in Dictionary(grouping: containers, by: pass).sorted(by: { $0.key < $1.key })
    where members.contains(where: { pin($0) == nil }) {
      let hosts = Set(members.map { embedding.hostOfComputer[$0] }).map { embedding.hosts[Int($0)].computers }
      let isPinned = members.contains { pin($0) != nil }
      let isEven = options.nodesOnly || options.passNodesOnly.contains(pass)
      if isEven, !isPinned, options.passSize[pass] == nil, options.size == nil {
        for kind in Dictionary(grouping: hosts, by: { isOpenvz($0[0]) }).values {
          let sizes = kind.map(\.count).sorted()
          if let least = sizes.first, let most = sizes.last, most - least > 1 {
            problems.append("pass \(pass) is uneven: \(sizes)")
          }
        }
      }
      if let asked = options.passSize[pass] ?? options.size {
        let most = isPinned ? nil : members.count
        if let most, hosts.count != min(asked, most) { problems.append("pass \(pass) has \(hosts.count) hosts") }
        let isOneKind = Set(members.map(isOpenvz)).count == 1
        let fill = (members.count + hosts.count - 1) / hosts.count
        if isOneKind, !isPinned, hosts.contains(where: { $0.count > fill }) {
          problems.append("pass \(pass) has a host of more than \(fill)")
        }
      } else {
        let packing = options.passPacking[pass] ?? options.packing
        if let full = hosts.first(where: { $0.count > packing }) {
          problems.append("pass \(pass) has a host of \(full.count), more than \(packing)")
        }
        let fewest = Dictionary(grouping: members, by: isOpenvz).values.reduce(0) { $0 + ($1.count - 1) / packing + 1 }
        if !isPinned, hosts.count != fewest { problems.append("pass \(pass) has \(hosts.count) hosts, not \(fewest)") }
      }
    }
    return problems
  }

  /// What crosses between hosts, and what it costs.
  private func crossings(_ embedding: Embedding, _ totals: Totals?) -> [String] {
    var hosts = [Set<Int>](repeating: [], count: annotated.substrates.count)
    for (index, computer) in annotated.computers.enumerated() {
      for interface in annotated.interfaces[computer.interfaces] {
        for substrate in interface.substrates { hosts[substrate].insert(Int(embedding.hostOfComputer[index])) }
      }
    }
    let expected = hosts.enumerated().filter { $1.count > 1 }.map { ($0, $1.sorted()) }
    var problems: [String] = []
    let matches = embedding.crossings.elementsEqual(expected) { $0.substrate == $1.0 && $0.hosts == $1.1 }
    if !matches { problems.append("the crossings are others") }
    let cost = expected.reduce(0) { $0 + $1.1.count - 1 }
    if embedding.cost != cost { problems.append("the cost is \(cost), not \(embedding.cost)") }
    guard let totals else { return problems }
    if totals.cost != cost { problems.append("the cost is \(cost), not \(totals.cost)") }
    if totals.lowerBound > cost { problems.append("the cost \(cost) is below its bound \(totals.lowerBound)") }
    if totals.hosts != embedding.hosts.count { problems.append("there are not \(totals.hosts) hosts") }
    if totals.fewestHosts > totals.hosts { problems.append("there are fewer hosts than \(totals.fewestHosts)") }
    return problems
  }

  /// Addresses are kept where they are fixed, within their network, and unique; networks are apart.
  private func addresses(_ embedding: Embedding) -> [String] {
    let plan = embedding.addresses
    guard plan.addresses.count == annotated.interfaces.count, plan.networks.count == annotated.substrates.count else {
      return ["addresses are missing"]
    }
    var problems: [String] = []
    for (interface, address) in zip(annotated.interfaces, plan.addresses) {
      let network = plan.networks[interface.substrate]
      let size = UInt64(1) << UInt64(32 - network.prefixLength)
      let number = UInt64(address.value) &- UInt64(network.base.value)
      if number < 1 || number >= size - 1 { problems.append("\(address) is no computer's in \(network)") }
      if let fixed = interface.attributes.entries.first(where: { $0.name == "ip4_address" })?.value,
        fixed != address.description
      {
        problems.append("\(fixed) has become \(address)")
      }
    }
    if Set(plan.addresses).count != plan.addresses.count { problems.append("an address is given twice") }
    let networks = plan.networks.sorted { $0.base < $1.base }
    for (one, other) in zip(networks, networks.dropFirst())
    where UInt64(one.base.value) + UInt64(1) << UInt64(32 - one.prefixLength) > UInt64(other.base.value) {
      problems.append("\(one) and \(other) overlap")
    }
    return problems
  }
}
