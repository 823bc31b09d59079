/// A partition under search: the block of each vertex, with everything that makes the gain of a change quick to tell.
///
/// The gain of a change is what the connectivity cost loses by it. Taking a vertex from block *a* to block *b* gains
/// the weight of the nets that it alone held in *a*, and loses that of the nets that had no pin in *b*.
struct BlockState: ~Copyable {
  let graph: SearchGraph
  var blockOf: Table<Int32>
  var loads: Table<Int>
  let capacities: [Int]
  var members: BlockMembers
  /// The weight of each vertex's arcs that stay in its block.
  var homeWeights: Table<Int>
  /// The weight of all of each vertex's arcs and larger nets.
  private var incidentWeights: Table<Int>
  private(set) var cost = 0
  private var netCounts: NetCounts
  /// Marks the nets of one vertex while another's are gone through.
  private var stamps: Table<UInt32>
  private var stamp: UInt32 = 0

  init(_ graph: SearchGraph, blocks: [Int32], capacities: [Int]) {
    self.graph = graph
    self.capacities = capacities
    blockOf = Table(blocks)
    loads = Table(repeating: 0, count: capacities.count)
    for vertex in 0..<graph.vertexCount { loads[blocks[vertex]] += Int(graph.vertexWeights[vertex]) }
    members = BlockMembers(blockOf: blockOf, blockCount: capacities.count)
    netCounts = NetCounts(graph, blockOf: blockOf)
    stamps = Table(repeating: 0, count: graph.netCount)
    homeWeights = Table(repeating: 0, count: graph.vertexCount)
    incidentWeights = Table(repeating: 0, count: graph.vertexCount)
    var cutTwice = 0
    for vertex in 0..<graph.vertexCount {
      var all = 0
      for arc in graph.arcs(of: vertex) {
        all += Int(graph.arcWeights[arc])
        if blocks[Int(graph.arcTargets[arc])] == blocks[vertex] { homeWeights[vertex] += Int(graph.arcWeights[arc]) }
      }
      cutTwice += all - homeWeights[vertex]
      for position in graph.nets(of: vertex) { all += Int(graph.netWeights[Int(graph.incidentNets[position])]) }
      incidentWeights[vertex] = all
    }
    cost = cutTwice / 2
    for net in 0..<graph.netCount {
      cost += Int(graph.netWeights[net]) * (netCounts.blockCount(net) - 1)
    }
  }

  /// No move of a vertex gains more: a block where all its neighbours are that aren't in its own.
  func bestGain(_ vertex: Int32) -> Int { incidentWeights[vertex] - 2 * homeWeights[vertex] }

  /// What moving a vertex to another block gains.
  func moveGain(_ vertex: Int32, to target: Int32) -> Int {
    let home = blockOf[vertex]
    var gain = -homeWeights[vertex]
    for arc in graph.arcs(of: Int(vertex)) where blockOf[graph.arcTargets[arc]] == target {
      gain += Int(graph.arcWeights[arc])
    }
    for position in graph.nets(of: Int(vertex)) {
      let net = Int(graph.incidentNets[position])
      gain += netGain(net, from: home, to: target)
    }
    return gain
  }

  /// What exchanging two vertices of different blocks gains.
  mutating func swapGain(_ first: Int32, _ second: Int32) -> Int {
    let a = blockOf[first], b = blockOf[second]
    var gain = -homeWeights[first] - homeWeights[second]
    // An arc between the two stays cut.
    for arc in graph.arcs(of: Int(first)) {
      let target = graph.arcTargets[arc]
      if blockOf[target] == b, target != second { gain += Int(graph.arcWeights[arc]) }
    }
    for arc in graph.arcs(of: Int(second)) {
      let target = graph.arcTargets[arc]
      if blockOf[target] == a, target != first { gain += Int(graph.arcWeights[arc]) }
    }
    return graph.netCount == 0 ? gain : gain + netSwapGain(first, second, a, b)
  }

  /// A net of both vertices touches what it did.
  private mutating func netSwapGain(_ first: Int32, _ second: Int32, _ a: Int32, _ b: Int32) -> Int {
    stamp &+= 2
    if stamp < 2 {
      for net in 0..<stamps.count { stamps[net] = 0 }
      stamp = 2
    }
    var gain = 0
    for position in graph.nets(of: Int(second)) { stamps[graph.incidentNets[position]] = stamp }
    for position in graph.nets(of: Int(first)) {
      let net = Int(graph.incidentNets[position])
      if stamps[net] == stamp { stamps[net] = stamp + 1 } else { gain += netGain(net, from: a, to: b) }
    }
    for position in graph.nets(of: Int(second)) {
      let net = Int(graph.incidentNets[position])
      if stamps[net] == stamp { gain += netGain(net, from: b, to: a) }
    }
    return gain
  }

  private func netGain(_ net: Int, from home: Int32, to target: Int32) -> Int {
    let isLeft = netCounts.count(net, home) == 1
    let isNew = netCounts.count(net, target) == 0
    return isLeft == isNew ? 0 : isLeft ? Int(graph.netWeights[net]) : -Int(graph.netWeights[net])
  }

  /// Moves a vertex to another block.
  mutating func move(_ vertex: Int32, to target: Int32, gain: Int) {
    cost -= gain
    relocate(vertex, to: target)
  }

  /// Exchanges two vertices of different blocks.
  mutating func swap(_ first: Int32, _ second: Int32, gain: Int) {
    let a = blockOf[first], b = blockOf[second]
    cost -= gain
    relocate(first, to: b)
    relocate(second, to: a)
  }

  private mutating func relocate(_ vertex: Int32, to target: Int32) {
    let home = blockOf[vertex]
    let weight = Int(graph.vertexWeights[Int(vertex)])
    loads[home] -= weight
    loads[target] += weight
    members.remove(vertex, from: home)
    members.insert(vertex, into: target)
    blockOf[vertex] = target
    var homeWeight = 0
    for arc in graph.arcs(of: Int(vertex)) {
      let neighbor = graph.arcTargets[arc]
      let weight = Int(graph.arcWeights[arc])
      if blockOf[neighbor] == home {
        homeWeights[neighbor] -= weight
      } else if blockOf[neighbor] == target {
        homeWeights[neighbor] += weight
        homeWeight += weight
      }
    }
    homeWeights[vertex] = homeWeight
    for position in graph.nets(of: Int(vertex)) {
      let net = Int(graph.incidentNets[position])
      netCounts.remove(net, home)
      netCounts.add(net, target)
    }
  }
}
