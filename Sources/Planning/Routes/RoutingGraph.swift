internal import TopologyModel

/// The topology as routes see it: which computers have an address on each substrate.
///
/// An interface on several substrates has its address on the first, and only there can it be anybody's gateway.
struct RoutingGraph: Sendable, Equatable {
  /// Where the interfaces of each computer begin; one more than there are computers.
  let interfaceOffsets: [Int32]
  /// The substrate of each interface.
  let substrateOf: [Int32]
  /// The computer of each interface.
  let computerOf: [Int32]
  /// Where the members of each substrate begin in ``members``; one more than there are substrates.
  let memberOffsets: [Int32]
  /// The interfaces on the substrates, substrate by substrate, in topology order.
  let members: [Int32]
  /// For each substrate with one computer that has several interfaces: that computer's; negative for others.
  private let soleRouters: [Int32]

  /// - Complexity: O(interfaces + substrates).
  init(_ topology: Topology, incidence: Incidence) {
    interfaceOffsets = [0] + topology.computers.map { Int32($0.interfaces.upperBound) }
    substrateOf = topology.interfaces.map { Int32($0.substrate) }
    computerOf = incidence.owners
    var offsets: [Int32] = [0]
    var members: [Int32] = []
    offsets.reserveCapacity(topology.substrates.count + 1)
    members.reserveCapacity(topology.interfaces.count)
    for substrate in topology.substrates.indices {
      for interface in incidence.interfaces(on: substrate) where topology.interfaces[interface].substrate == substrate {
        members.append(Int32(interface))
      }
      offsets.append(Int32(members.count))
    }
    memberOffsets = offsets
    self.members = members
    soleRouters = topology.substrates.indices.map { substrate in
      var router: Int32 = -1
      for member in members[Int(offsets[substrate])..<Int(offsets[substrate + 1])] {
        let computer = incidence.computer(of: Int(member))
        guard topology.computers[computer].interfaces.count > 1 else { continue }
        if router >= 0, incidence.computer(of: Int(router)) != computer { return -1 }
        if router < 0 { router = member }
      }
      return router
    }
  }

  var computerCount: Int { interfaceOffsets.count - 1 }
  var substrateCount: Int { memberOffsets.count - 1 }

  /// The interfaces of a computer, in port order.
  func interfaces(of computer: Int) -> Range<Int> {
    Int(interfaceOffsets[computer])..<Int(interfaceOffsets[computer + 1])
  }

  /// The positions in ``members`` of a substrate's interfaces.
  func memberPositions(of substrate: Int) -> Range<Int> {
    Int(memberOffsets[substrate])..<Int(memberOffsets[substrate + 1])
  }

  /// The computer's own interface on the substrate of another one's.
  func ownInterface(of computer: Int, towards gateway: Int) -> Int? {
    interfaces(of: computer).first { substrateOf[$0] == substrateOf[gateway] }
  }

  /// For a computer that reaches all others through one neighbour: that neighbour's interface.
  ///
  /// `nil` for a computer that passes packets on (it has several interfaces), and where there isn't exactly one other
  /// computer on its substrate that does.
  func soleGateway(of computer: Int) -> Int? {
    let own = interfaces(of: computer)
    guard own.count == 1 else { return nil }
    let gateway = soleRouters[Int(substrateOf[own.lowerBound])]
    return gateway >= 0 ? Int(gateway) : nil
  }

  /// The connected component of each substrate, numbered in the order of their first substrates.
  func components() -> (of: [Int32], count: Int) {
    var component = [Int32](repeating: -1, count: substrateCount)
    var count: Int32 = 0
    var queue: [Int32] = []
    var isSeen = [Bool](repeating: false, count: computerCount)
    for first in 0..<substrateCount where component[first] < 0 {
      component[first] = count
      queue.append(Int32(first))
      while let substrate = queue.popLast() {
        for position in memberPositions(of: Int(substrate)) {
          let computer = Int(computerOf[Int(members[position])])
          guard !isSeen[computer] else { continue }
          isSeen[computer] = true
          for interface in interfaces(of: computer) where component[Int(substrateOf[interface])] < 0 {
            component[Int(substrateOf[interface])] = count
            queue.append(substrateOf[interface])
          }
        }
      }
      count += 1
    }
    return (component, Int(count))
  }
}
