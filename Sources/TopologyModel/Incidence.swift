/// Which interfaces are on each substrate, and whose they are: the topology read from the substrates' side.
///
/// Members are in the order of the computers, and of a computer's ports: the order in which Containers hands out
/// addresses. Interfaces of elements that aren't computers don't occur.
public struct Incidence: Sendable, Equatable {
  private var offsets: [Int]
  private var members: [Int]
  /// The computer of each interface.
  public let owners: [Int32]

  /// Reads a topology from the substrates' side.
  ///
  /// - Complexity: O(interfaces + substrates).
  public init(_ topology: Topology) {
    var owners = [Int32](repeating: 0, count: topology.interfaces.count)
    for (index, computer) in topology.computers.enumerated() {
      for interface in computer.interfaces { owners[interface] = Int32(index) }
    }
    self.owners = owners
    var offsets = [Int](repeating: 0, count: topology.substrates.count + 1)
    for interface in topology.interfaces {
      offsets[interface.substrate + 1] += 1
      for substrate in interface.furtherSubstrates { offsets[substrate + 1] += 1 }
    }
    for substrate in topology.substrates.indices { offsets[substrate + 1] += offsets[substrate] }
    var next = offsets
    var members = [Int](repeating: 0, count: offsets.last ?? 0)
    for (index, interface) in topology.interfaces.enumerated() {
      members[next[interface.substrate]] = index
      next[interface.substrate] += 1
      for substrate in interface.furtherSubstrates {
        members[next[substrate]] = index
        next[substrate] += 1
      }
    }
    self.offsets = offsets
    self.members = members
  }

  /// The interfaces on a substrate: indices in ``Topology/interfaces``.
  public func interfaces(on substrate: Int) -> ArraySlice<Int> {
    members[offsets[substrate]..<offsets[substrate + 1]]
  }

  /// The computer of an interface.
  public func computer(of interface: Int) -> Int { Int(owners[interface]) }
}
