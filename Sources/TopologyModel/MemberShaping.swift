/// How traffic between a computer and the middle of a substrate is shaped, in each direction.
///
/// A substrate is two half paths joined in its middle. Its latency *d* and loss *p* are those of the whole way
/// between two computers, so each half has *d*/2 and 1 − √(1 − *p*). An interface that says otherwise speaks of its
/// own half: its capacity, latency and loss from the computer outwards, and the `reverse_…` attributes inwards.
///
/// > Emulab keeps these figures per member as `delay`, `bandwidth`, `lossrate` and `rdelay`, `rbandwidth`,
/// > `rlossrate` (the r is from the network to the node).
public struct MemberShaping: Sendable, Equatable {
  /// One direction of a half path.
  public struct Direction: Sendable, Equatable {
    /// The delay in ms.
    public var milliseconds: Double
    /// The rate in kb/s; `nil` where nothing limits it.
    public var kilobitsPerSecond: Double?
    /// The part of the packets that is lost, 0 to 1.
    public var loss: Double

    /// A direction.
    public init(milliseconds: Double = 0, kilobitsPerSecond: Double? = nil, loss: Double = 0) {
      self.milliseconds = milliseconds
      self.kilobitsPerSecond = kilobitsPerSecond
      self.loss = loss
    }
  }

  /// From the computer to the substrate.
  public var outgoing: Direction
  /// From the substrate to the computer.
  public var incoming: Direction

  /// A shaping.
  public init(outgoing: Direction, incoming: Direction) {
    self.outgoing = outgoing
    self.incoming = incoming
  }

  /// Whether anything is delayed or lost; a rate alone doesn't count.
  public var delaysOrLoses: Bool {
    [outgoing, incoming].contains { $0.milliseconds > 0 || $0.loss > 0 }
  }

  /// The loss of each half of a path that loses `loss` in all.
  public static func halfLoss(of loss: Double) -> Double { 1 - (1 - loss).squareRoot() }
}

extension MemberShaping {
  /// The shaping of an interface on its (first) substrate.
  public init(_ interface: Interface, on substrate: Substrate) {
    outgoing = Direction(
      milliseconds: interface.latency?.milliseconds ?? (substrate.latency?.milliseconds ?? 0) / 2,
      kilobitsPerSecond: (interface.capacity ?? substrate.capacity)?.kilobitsPerSecond,
      loss: interface.attributes[AttributeName.loss].flatMap { Double($0) }
        ?? Self.halfLoss(of: substrate.attributes[AttributeName.loss].flatMap { Double($0) } ?? 0))
    // A rate of 0 says that there is no limit this way, although there is one the other way.
    let reverseRate = interface.attributes[AttributeName.reverseCapacity].flatMap { Double($0) }
    incoming = Direction(
      milliseconds: interface.attributes[AttributeName.reverseLatency].flatMap { Double($0) } ?? outgoing.milliseconds,
      kilobitsPerSecond: reverseRate == 0 ? nil : reverseRate ?? outgoing.kilobitsPerSecond,
      loss: interface.attributes[AttributeName.reverseLoss].flatMap { Double($0) } ?? outgoing.loss)
  }
}
