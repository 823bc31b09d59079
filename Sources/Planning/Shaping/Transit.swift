public import TopologyModel

/// What a computer that shapes its own traffic does to packets for some of its neighbours: the whole way, its own half
/// and theirs.
public struct Transit: Sendable, Equatable {
  /// The shaping.
  public var shaping: MemberShaping.Direction
  /// The neighbours' interfaces; `nil` for all that no other transit of the interface names.
  public var neighbours: [Int]?
}

extension Embedding {
  /// What the traffic of an interface goes through on its substrate, where the computer shapes it itself.
  ///
  /// The neighbours that most others are like aren't listed, so that a LAN of equal members takes one entry each.
  ///
  /// - Parameter interface: An index in ``Topology/interfaces``.
  /// - Returns: The transits, the unlisted neighbours' first; none where nothing is shaped.
  /// - Complexity: O(members · different shapings among them).
  public func transits(of interface: Int) -> [Transit] {
    let substrate = topology.interfaces[interface].substrate
    let own = MemberShaping(topology.interfaces[interface], on: topology.substrates[substrate]).outgoing
    var transits: [Transit] = []
    for neighbour in incidence.interfaces(on: substrate) where neighbour != interface {
      let theirs = MemberShaping(topology.interfaces[neighbour], on: topology.substrates[substrate]).incoming
      let whole = own.followed(by: theirs)
      if let index = transits.firstIndex(where: { $0.shaping == whole }) {
        transits[index].neighbours?.append(neighbour)
      } else {
        transits.append(Transit(shaping: whole, neighbours: [neighbour]))
      }
    }
    guard let most = transits.map({ $0.neighbours?.count ?? 0 }).max(),
      let usual = transits.firstIndex(where: { $0.neighbours?.count == most })
    else { return [] }
    var first = transits.remove(at: usual)
    first.neighbours = nil
    return transits.isEmpty && !first.shaping.isShaped ? [] : [first] + transits
  }
}

extension MemberShaping.Direction {
  /// Whether packets are delayed, lost or held back at all.
  public var isShaped: Bool { milliseconds > 0 || loss > 0 || kilobitsPerSecond != nil }

  /// What packets go through that go through this and then another.
  func followed(by other: Self) -> Self {
    Self(
      milliseconds: milliseconds + other.milliseconds,
      kilobitsPerSecond: [kilobitsPerSecond, other.kilobitsPerSecond].compactMap { $0 }.min(),
      loss: 1 - (1 - loss) * (1 - other.loss))
  }
}
